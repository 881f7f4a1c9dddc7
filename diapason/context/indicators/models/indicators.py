"""Hold indicators and the versions of their definitions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.indicators.rules.declarations import KINDS
from diapason.kernel.words import message
from diapason.ui.languages import in_language

BETTER = {"higher": message("higher is better"), "lower": message("lower is better")}
"""Say which way an indicator should go; one that is neutral says nothing."""


class Indicator(Recorded):
    """Be something that the network measures, named by its meaning."""

    code = models.CharField(max_length=60, unique=True)
    theme = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField(default=0)
    family = models.CharField(max_length=40, blank=True, help_text="readings of one question, never mixed")
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the indicator."""
        return reverse("indicators:indicator", args=[self.code])

    @property
    def name(self) -> str:
        """Return the name in the active language."""
        return in_language(self.name_fr, self.name_en)

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"indicator:{self.code}"


class IndicatorDefinition(Recorded):
    """Be one version of what an indicator means; kept with the figures made by it."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    revision = models.PositiveSmallIntegerField(_("version"))
    is_current = models.BooleanField(default=True)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    short_name_fr = models.CharField(max_length=120)
    short_name_en = models.CharField(max_length=120)
    why_fr = models.TextField()
    why_en = models.TextField()
    numerator_fr = models.TextField()
    numerator_en = models.TextField()
    denominator_fr = models.TextField(blank=True)
    denominator_en = models.TextField(blank=True)
    unit_fr = models.CharField(max_length=60)
    unit_en = models.CharField(max_length=60)
    sentence_fr = models.CharField(max_length=200)
    sentence_en = models.CharField(max_length=200)
    reading_fr = models.TextField(blank=True)
    reading_en = models.TextField(blank=True)
    defined_by_fr = models.CharField(max_length=200)
    defined_by_en = models.CharField(max_length=200)
    checked_by = models.CharField(
        _("checked by"), max_length=200, blank=True, help_text=_("function, not a person")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    next_review = models.DateField(_("next review"), null=True, blank=True)
    moment = models.CharField(max_length=20)
    direction = models.CharField(max_length=10)
    aggregation = models.CharField(max_length=10)
    expected_from = models.CharField(max_length=10)
    computed_by = models.CharField(
        max_length=80, blank=True, help_text="registered function; empty when declared"
    )
    small_below = models.PositiveIntegerField(default=0)
    clause = models.CharField(max_length=80)
    content_hash = models.CharField(max_length=64)
    loaded_on = models.DateField()

    class Meta:
        ordering = ["indicator__order", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "revision"], name="definition_revision_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(is_current=True), name="one_current_definition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} v{self.revision}"

    @property
    def short_name(self) -> str:
        """Return the few words that stand under the number."""
        return in_language(self.short_name_fr, self.short_name_en)

    @property
    def why(self) -> str:
        """Return why it matters."""
        return in_language(self.why_fr, self.why_en)

    @property
    def numerator(self) -> str:
        """Return what is counted."""
        return in_language(self.numerator_fr, self.numerator_en)

    @property
    def denominator(self) -> str:
        """Return what it is compared with, "" for a plain count."""
        return in_language(self.denominator_fr, self.denominator_en)

    @property
    def unit(self) -> str:
        """Return the unit."""
        return in_language(self.unit_fr, self.unit_en)

    @property
    def direction_said(self) -> str:
        """Return which way is better, "" where neither is."""
        return gettext(BETTER[self.direction]) if self.direction in BETTER else ""

    @property
    def sentence(self) -> str:
        """Return the sentence in which the value is told, with {value}."""
        return in_language(self.sentence_fr, self.sentence_en)

    @property
    def reading(self) -> str:
        """Return how we understood a source that leaves a doubt."""
        return in_language(self.reading_fr, self.reading_en)

    @property
    def defined_by(self) -> str:
        """Return who defined it."""
        return in_language(self.defined_by_fr, self.defined_by_en)

    @property
    def is_declared(self) -> bool:
        """Tell whether its values are declared, no record existing to compute them from."""
        return not self.computed_by

    def is_due_for_review(self, *, on: date) -> bool:
        """Tell whether nobody checked it, or the check has run out."""
        return self.checked_on is None or (self.next_review is not None and self.next_review < on)


class PublishedWording(Recorded):
    """Say under which words a source outside publishes an indicator."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="wordings")
    scope = models.CharField(max_length=20)
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "text"], name="wording_points_once")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.text}"
