"""Hold communiqués and what each chose from a frozen edition."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.kernel.dates import PartialDate
from diapason.kernel.scope import NOBODY, Scope
from diapason.ui.languages import in_language


class CommuniqueQuerySet(models.QuerySet["Communique"]):
    """Find communiqués."""

    def visible_to(self, user: Any) -> CommuniqueQuerySet:
        """Return what was issued; drafts only for those who write them."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if scope.may("freeze_edition"):
            return self
        return self.filter(state__in=[Communique.State.PROVISIONAL, Communique.State.FINAL])


def state_said(code: str) -> str:
    """Return what a state is called in the active language."""
    return str(dict(Communique.State.choices).get(code, code))


class Communique(Recorded):
    """Be a communiqué, or the network's fact sheet, in French and in English."""

    class Kind(models.TextChoices):
        """Say which of the two it is."""

        COMMUNIQUE = "communique", _("Communiqué")
        FACT_SHEET = "fact_sheet", _("Fact sheet of the network")

    class State(models.TextChoices):
        """Say how far it is."""

        DRAFT = "draft", _("draft")
        PROVISIONAL = "provisional", _("provisional")
        FINAL = "final", _("final")
        WITHDRAWN = "withdrawn", _("taken back")

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    edition = models.ForeignKey("indicators.FrozenEdition", models.PROTECT, related_name="communiques")
    title_fr = models.CharField(_("title in French"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    opening_fr = models.TextField(_("opening in French"), blank=True)
    opening_en = models.TextField(_("opening in English"), blank=True)
    contact_fr = models.CharField(_("contact in French"), max_length=300, blank=True)
    contact_en = models.CharField(_("contact in English"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    drafted_on = models.DateField()
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = CommuniqueQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_on", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(dated_on__isnull=False) | Q(state="withdrawn"),
                name="issued_has_a_date",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("communiques:communique", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"communique:{self.number}"

    @property
    def title(self) -> str:
        """Return the title in the active language."""
        return in_language(self.title_fr, self.title_en)

    @property
    def opening(self) -> str:
        """Return the opening in the active language."""
        return in_language(self.opening_fr, self.opening_en)

    @property
    def contact(self) -> str:
        """Return whom to ask, a function rather than a person."""
        return in_language(self.contact_fr, self.contact_en)

    @property
    def is_draft(self) -> bool:
        """Tell whether its content may still change."""
        return self.state == self.State.DRAFT

    @property
    def look(self) -> str:
        """Return how its state is drawn."""
        return {"final": "ok", "provisional": "warn", "withdrawn": "unk"}.get(self.state, "run")


class ChosenFigure(Recorded):
    """Be a figure of the edition that the communiqué shows, at its place."""

    communique = models.ForeignKey(Communique, models.PROTECT, related_name="chosen_figures")
    figure = models.ForeignKey("indicators.EditionFigure", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["communique", "figure"], name="chosen_figure_once")]


class ChosenMilestone(Recorded):
    """Be a milestone as the certificates gave it when it was chosen."""

    communique = models.ForeignKey(Communique, models.PROTECT, related_name="chosen_milestones")
    key = models.CharField(max_length=80)
    about = models.CharField(max_length=120, blank=True, help_text="subject of the record behind it")
    text_fr = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["communique", "key"], name="chosen_milestone_once")]

    @property
    def text(self) -> str:
        """Return what happened, in the active language."""
        return in_language(self.text_fr, self.text_en)

    @property
    def when(self) -> PartialDate:
        """Return when, as far as it is known."""
        return PartialDate(self.earliest, self.latest)


class ChosenClaim(Recorded):
    """Be a claim that the communiqué repeats as a claim, with its source."""

    communique = models.ForeignKey(Communique, models.PROTECT, related_name="chosen_claims")
    claim = models.ForeignKey("indicators.Claim", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["communique", "claim"], name="chosen_claim_once")]
