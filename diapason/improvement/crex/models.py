"""Hold the meetings of learning committees and who attended."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.improvement.crex.rules import moves
from diapason.improvement.crex.rules.catalogue import Crex, Method, read_crex
from diapason.improvement.quality_events.models.events import said
from diapason.kernel.scope import NOBODY, Scope

RUN, READ = "run_crex", "analyse_event"


def crex() -> Crex:
    """Return what the catalogue says of learning committees."""
    return read_crex(settings.DIAPASON["catalogue"] / "quality_event_kinds")


def readable(user: Any) -> frozenset[int]:
    """Return the houses whose minutes this person reads: where one works on events; auditors' roles do not."""
    scope: Scope = getattr(user, "scope", NOBODY)
    return scope.where(RUN) | scope.where(READ)


class MeetingQuerySet(models.QuerySet["CrexMeeting"]):
    """Find meetings."""

    def visible_to(self, user: Any) -> MeetingQuerySet:
        """Keep those of the houses where one works on events, and those that one attended or leads."""
        scope: Scope = getattr(user, "scope", NOBODY)
        known = Q(organization__in=readable(user))
        if not scope.person or not scope.may_somewhere("report_event"):
            return self.filter(known)
        there = CrexAttendance.objects.filter(meeting=OuterRef("pk"), person__identifier=scope.person)
        own = Q(organization__in=scope.organizations)
        return self.filter(known | own & (Q(Exists(there)) | Q(pilot__identifier=scope.person)))


class CrexMeeting(Recorded):
    """Be one meeting: an event chosen, an analysis, minutes."""

    CONFIDENTIAL = ("place", "choice_reason", "analysis", "minutes", "reason")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="crex_meetings")
    held_on = models.DateField(_("held on"))
    duration = models.PositiveSmallIntegerField(_("minutes planned"), default=60)
    place = models.CharField(_("place"), max_length=120, blank=True)
    state = models.CharField(
        _("state"),
        max_length=12,
        default=moves.PLANNED,
        choices=[(code, _(name)) for code, name in moves.STATES.items()],
    )
    event = models.ForeignKey(
        "quality_events.QualityEvent", models.PROTECT, null=True, blank=True, related_name="crex_meetings"
    )
    choice_reason = models.CharField(_("why this event"), max_length=300, blank=True)
    choice_score = models.PositiveSmallIntegerField(_("frequency × gravity"), null=True, blank=True)
    pilot = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("led by")
    )
    method = models.CharField(_("method"), max_length=12, blank=True)
    analysis = models.JSONField(_("analysis"), default=dict, blank=True)
    minutes = models.TextField(_("what the committee retains"), blank=True)
    next_on = models.DateField(_("next meeting"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-number"]
        indexes = [
            models.Index(fields=["organization", "-held_on", "-number"], name="crex_list"),
            models.Index(fields=["event"], name="crex_event"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["held", "closed"]) | Q(event__isnull=False, pilot__isnull=False),
                name="crex_held_on_an_event",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="crex_closed_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("crex:meeting", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"crex:{self.number}"

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return gettext(moves.STATES[self.state])

    @property
    def state_look(self) -> str:
        """Return how its state is coloured."""
        return moves.LOOKS[self.state]

    @property
    def known_method(self) -> Method | None:
        """Return its method as the catalogue has it today."""
        return crex().methods.get(self.method)

    @property
    def method_name(self) -> str:
        """Return the name of its method."""
        return said(self.known_method.name) if self.known_method else self.method

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Return the parts of the analysis that hold something, as (name, text), in the order of the method."""
        known = self.known_method.steps if self.known_method else ()
        return [(said(step.name), self.analysis[step.code]) for step in known if self.analysis.get(step.code)]

    @property
    def is_ended(self) -> bool:
        """Tell whether nothing more is written of it."""
        return self.state in (moves.CLOSED, moves.CANCELLED)


class CrexAttendance(Recorded):
    """Be who attended: a number of one trade, or one person of the house by name."""

    PERSONAL = ("person",)

    meeting = models.ForeignKey(CrexMeeting, models.PROTECT, related_name="attendance")
    trade = models.CharField(_("trade"), max_length=20)
    count = models.PositiveSmallIntegerField(_("people"), default=1)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="crex_somebody_attended"),
            models.CheckConstraint(condition=Q(person=None) | Q(count=1), name="crex_a_person_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.trade}: {self.count}"

    @property
    def trade_name(self) -> str:
        """Return the trade in words."""
        name = crex().trades.get(self.trade)
        return said(name) if name else self.trade
