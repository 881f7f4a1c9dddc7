"""Hold sheets, counts and proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.studies.models import Study
from diapason.improvement.deviation_sheets.rules.catalogue import (
    LogWords,
    SheetRules,
    read_log_words,
    read_rules,
)
from diapason.improvement.deviation_sheets.rules.cells import Cell
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.models.events import said
from diapason.kernel.scope import NOBODY, Scope

KEEP, READ, DECIDE = "keep_deviation_sheet", "read_events", "analyse_event"


def rules() -> SheetRules:
    """Return the rules of the catalogue."""
    return read_rules(settings.DIAPASON["catalogue"] / "quality_event_kinds")


def log_words() -> LogWords:
    """Return how sponsors' logs name things."""
    return read_log_words(settings.DIAPASON["catalogue"] / "quality_event_kinds")


def category_name(code: str) -> str:
    """Return the name of a shared category in the active language."""
    found = words().categories.get(code)
    return said(found.name) if found else code


def month_name(month: date) -> str:
    """Return a month in words, in the active language."""
    return formats.date_format(month, "F Y")


def readable(user: Any) -> Q:
    """Return the condition on the houses: where this person keeps sheets or reads events; nowhere else."""
    scope: Scope = getattr(user, "scope", NOBODY)
    return Q(organization__in=scope.where(KEEP) | scope.where(READ))


class SheetQuerySet(models.QuerySet["DeviationSheet"]):
    """Find sheets."""

    def visible_to(self, user: Any) -> SheetQuerySet:
        """Keep those of one's houses, of studies that one may know of."""
        return self.filter(readable(user), study__in=Study.objects.visible_to(user))


class DeviationSheet(Recorded):
    """Be what is known of the deviations of one study in one month at one organization."""

    CONFIDENTIAL = ("log_system", "log_code", "log_link")

    key = models.CharField(max_length=80, unique=True, editable=False)
    study = models.ForeignKey("studies.Study", models.PROTECT, related_name="deviation_sheets")
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="deviation_sheets")
    month = models.DateField(_("month"))
    log_system = models.CharField(_("sponsor’s log kept in"), max_length=80, blank=True)
    log_code = models.CharField(_("reference in the sponsor’s log"), max_length=80, blank=True)
    log_link = models.URLField(_("link to the sponsor’s log"), blank=True)
    filled_on = models.DateField(_("filled on"))

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "study", "month"], name="deviation_sheet_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="deviation_month_is_a_month"),
        ]
        indexes = [models.Index(fields=["organization", "month"], name="deviation_sheet_month")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("deviation_sheets:sheet", args=[self.key])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"deviation_sheet:{self.key}"

    @property
    def month_name(self) -> str:
        """Return its month in words."""
        return month_name(self.month)


class DeviationCount(Recorded):
    """Be how many deviations of one category a sheet counts; no row: not known."""

    sheet = models.ForeignKey(DeviationSheet, models.PROTECT, related_name="counts")
    category = models.CharField(_("category"), max_length=30)
    count = models.PositiveSmallIntegerField(_("deviations"))
    major = models.PositiveSmallIntegerField(_("of which major"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "category"], name="deviation_count_once"),
            models.CheckConstraint(condition=Q(major__lte=F("count")), name="deviation_major_within"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.cell}"

    @property
    def cell(self) -> Cell:
        """Return it as a cell."""
        return Cell(self.count, self.major)


class ProposalQuerySet(models.QuerySet["DeviationProposal"]):
    """Find proposals."""

    def visible_to(self, user: Any) -> ProposalQuerySet:
        """Keep those of one's houses, of studies that one may know of."""
        known = Q(study=None) | Q(study__in=Study.objects.visible_to(user))
        return self.filter(readable(user), known)

    def waiting(self) -> ProposalQuerySet:
        """Keep those that nobody decided yet."""
        return self.filter(state=DeviationProposal.State.PROPOSED)


class DeviationProposal(Recorded):
    """Be an event that a rule proposes; a person opens it, or says why there is none."""

    CONFIDENTIAL = ("reason",)

    class State(models.TextChoices):
        """Say what became of it."""

        PROPOSED = "proposed", _("To be decided")
        OPENED = "opened", _("Event opened")
        DECLINED = "declined", _("No event")
        WITHDRAWN = "withdrawn", _("Counts corrected")

    LOOKS = {"proposed": "warn", "opened": "ok", "declined": "unk", "withdrawn": "unk"}

    number = models.CharField(max_length=40, unique=True, editable=False)
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="+")
    study = models.ForeignKey(
        "studies.Study", models.PROTECT, null=True, blank=True, related_name="deviation_proposals"
    )
    month = models.DateField(_("month"))
    category = models.CharField(_("category"), max_length=30)
    rule = models.CharField(_("rule"), max_length=30)
    figure = models.PositiveSmallIntegerField(_("figure"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    proposed_on = models.DateField(_("proposed on"))
    event = models.ForeignKey(
        "quality_events.QualityEvent", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("why no event"), max_length=400, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "number"]
        indexes = [models.Index(fields=["organization", "state", "-month"], name="deviation_proposed")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="deviation_declined_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="opened") | Q(event__isnull=False), name="deviation_opened_has_event"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("deviation_sheets:proposal", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"deviation_proposal:{self.number}"

    @property
    def origin(self) -> str:
        """Return what an event opened from it names as its origin: the sheet, or the month of all studies."""
        study = self.study.key if self.study else ""
        return f"deviation_sheet:{sheet_key(self.organization.code, study, self.month)}"

    @property
    def rule_name(self) -> str:
        """Return what the rule is called."""
        found = rules().rules.get(self.rule)
        return said(found.name) if found else self.rule

    @property
    def rule_why(self) -> str:
        """Return why the rule proposes an event."""
        found = rules().rules.get(self.rule)
        return said(found.why) if found else ""

    @property
    def category_name(self) -> str:
        """Return the name of its category."""
        return category_name(self.category)

    @property
    def month_name(self) -> str:
        """Return its month in words."""
        return month_name(self.month)

    @property
    def state_look(self) -> str:
        """Return how its state is coloured."""
        return self.LOOKS[self.state]

    @property
    def is_waiting(self) -> bool:
        """Tell whether nobody decided yet."""
        return self.state == self.State.PROPOSED


def sheet_key(organization: str, study: str, month: date) -> str:
    """Return the key of a sheet; without a study, that of the month of all studies."""
    return f"{organization}_{study}_{month:%Y-%m}"
