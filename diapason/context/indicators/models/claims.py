"""Hold the claims: ranks and shares that the records cannot compute."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.ui.languages import in_language


class Claim(Recorded):
    """Be a sentence that the network says of itself, with source, method, owner and review date."""

    class Verdict(models.TextChoices):
        """Say what the last review decided."""

        NOT_REVIEWED = "", _("not reviewed yet")
        KEPT = "kept", _("kept")
        REVISED = "revised", _("to be reworded")
        WITHDRAWN = "withdrawn", _("taken back")

    code = models.CharField(max_length=60, unique=True)
    theme = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField(default=0)
    sentence_fr = models.TextField(_("sentence in French"))
    sentence_en = models.TextField(_("sentence in English"))
    source_fr = models.CharField(_("source in French"), max_length=300)
    source_en = models.CharField(_("source in English"), max_length=300)
    method_fr = models.TextField(_("method in French"))
    method_en = models.TextField(_("method in English"))
    owner_fr = models.CharField(_("owner in French"), max_length=120)
    owner_en = models.CharField(_("owner in English"), max_length=120)
    stated_on = models.DateField(_("stated on"))
    review_by = models.DateField(_("to be reviewed by"))
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    verdict_reason = models.TextField(_("reason"), blank=True)
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        """Return the page of the claim."""
        return reverse("indicators:claim", args=[self.code])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"claim:{self.code}"

    @property
    def sentence(self) -> str:
        """Return the sentence in the active language."""
        return in_language(self.sentence_fr, self.sentence_en)

    @property
    def source(self) -> str:
        """Return where it was said."""
        return in_language(self.source_fr, self.source_en)

    @property
    def method(self) -> str:
        """Return what it rests on."""
        return in_language(self.method_fr, self.method_en)

    @property
    def owner(self) -> str:
        """Return who answers for it."""
        return in_language(self.owner_fr, self.owner_en)

    def is_due(self, *, on: date) -> bool:
        """Tell whether its review is late."""
        return self.verdict != self.Verdict.WITHDRAWN and self.review_by < on
