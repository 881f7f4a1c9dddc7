"""Hold the actions, what happened to their dates, and who was asked to check them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.network.models import Organization
from diapason.context.people.models import Person
from diapason.improvement.action_plan.rules import criterion, moves
from diapason.improvement.action_plan.rules.criterion import Target
from diapason.kernel.scope import EVERYWHERE, NOBODY, Scope

KIND = "action"
"""Name this kind of object in the visibility charter."""


class ActionQuerySet(models.QuerySet["Action"]):
    """Find actions."""

    def visible_to(self, user: Any) -> ActionQuerySet:
        """Keep those of one's houses, one's own, and those one is invited to check."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if not scope.person or scope.form_of(KIND) == "named":
            return self.of_houses(scope)
        return self.filter(self.readable(scope) | self.near(scope))

    @staticmethod
    def near(scope: Scope) -> Q:
        """Return the condition on what a person carries, stands in for, or is invited to check.

        A union, each part by its own index: the database reads the whole table for the same written with OR.
        """
        person = Person.objects.filter(identifier=scope.person).values("pk")[:1]
        mine = Action.objects.order_by().values("pk")
        invited = CheckInvitation.objects.filter(person=person, ended_on=None).order_by().values("action")
        return Q(pk__in=mine.filter(owner=person).union(mine.filter(delegate=person), invited))

    def of_houses(self, scope: Scope) -> ActionQuerySet:
        """Keep those of the houses where this person reads the plan."""
        return self.filter(self.readable(scope))

    @staticmethod
    def readable(scope: Scope) -> Q:
        """Return the condition on the houses: held for the network, the ability opens only the network's own."""
        if scope.form_of(KIND) == "named":
            return Q()
        held = scope.where("read_actions")
        if held == EVERYWHERE:
            return Q(organization=Organization.objects.filter(kind="network").values("pk")[:1])
        return Q(organization__in=held)

    def near_to(self, scope: Scope) -> ActionQuerySet:
        """Keep what this person carries, stands in for, or is invited to check, wherever it belongs."""
        return self.filter(self.near(scope))

    def carried_by(self, person: Any) -> ActionQuerySet:
        """Keep those that this person carries, or stands in for."""
        mine = Action.objects.order_by().values("pk")
        return self.filter(
            pk__in=mine.filter(owner=person, delegate=None).union(mine.filter(delegate=person))
        )

    def active(self) -> ActionQuerySet:
        """Keep those planned or under way."""
        return self.filter(state__in=moves.ACTIVE)

    def late(self, *, on: date) -> ActionQuerySet:
        """Keep those active whose day has passed."""
        return self.active().filter(due_on__lt=on)

    def to_check(self, *, on: date) -> ActionQuerySet:
        """Keep those done whose check is due."""
        return self.filter(state=moves.DONE, kind__in=moves.CHECKED_KINDS, check_due_on__lte=on)


class Action(Recorded):
    """Be something to be done, by somebody, by a day; a corrective one with the criterion that will judge it."""

    CONFIDENTIAL = (
        "origin_label",
        "title",
        "description",
        "result",
        "evidence",
        "criterion_text",
        "check_comment",
        "check_figures",
        "cancelled_reason",
        "external_system",
        "external_code",
        "external_link",
    )

    class Priority(models.TextChoices):
        """Say how much it matters."""

        LOW = "low", _("low")
        NORMAL = "normal", _("normal")
        HIGH = "high", _("high")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="actions", verbose_name=_("organization")
    )
    origin_kind = models.CharField(_("comes from"), max_length=40, blank=True)
    origin_key = models.CharField(_("reference of its origin"), max_length=80, blank=True)
    origin_label = models.CharField(_("origin in words"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=[(code, _(name)) for code, name in moves.KINDS.items()]
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what is to be done"), blank=True)
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("carried by")
    )
    delegate = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed to")
    )
    delegated_until = models.DateField(_("handed over until"), null=True, blank=True)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority, default=Priority.NORMAL)
    state = models.CharField(
        _("state"),
        max_length=16,
        default=moves.PLANNED,
        choices=[(code, _(name)) for code, name in moves.STATES.items()],
    )
    is_waiting = models.BooleanField(
        default=True, help_text="something is still expected of it: lists begin with these"
    )
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(_("first due on"))
    started_on = models.DateField(_("started on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("carried out by"),
    )
    result = models.TextField(_("what was done"), blank=True)
    evidence = models.TextField(_("what proves it"), blank=True)
    criterion_kind = models.CharField(
        _("criterion"),
        max_length=12,
        blank=True,
        choices=[(code, _(name)) for code, name in criterion.KINDS.items()],
    )
    criterion_text = models.TextField(_("criterion in words"), blank=True)
    indicator = models.ForeignKey(
        "indicators.Indicator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indicator"),
    )
    target_operator = models.CharField(_("compared by"), max_length=2, blank=True)
    target_value = models.DecimalField(_("target"), max_digits=14, decimal_places=4, null=True, blank=True)
    target_periods = models.PositiveSmallIntegerField(_("months in a row"), default=1)
    check_due_on = models.DateField(_("to be checked on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checker = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    check_comment = models.TextField(_("what the check found"), blank=True)
    check_figures = models.JSONField(_("figures at the check"), default=list, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    cancelled_reason = models.TextField(_("why it was given up"), blank=True)
    external_system = models.CharField(_("kept in"), max_length=60, blank=True)
    external_code = models.CharField(_("code there"), max_length=60, blank=True)
    external_link = models.CharField(_("link there"), max_length=300, blank=True)

    asked_now: list[CheckInvitation]
    """The invitations to check that stand, where a page loaded them."""

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "number"]
        indexes = [
            models.Index(fields=["organization", "state", "due_on", "number"], name="action_board"),
            models.Index(fields=["organization", "-is_waiting", "due_on", "number"], name="action_list"),
            models.Index(fields=["owner", "state", "due_on"], name="action_owner"),
            models.Index(fields=["delegate", "state", "due_on"], name="action_delegate"),
            models.Index(fields=["origin_kind", "origin_key"], name="action_origin"),
            models.Index(fields=["state", "due_on", "number"], name="action_state"),
            models.Index(fields=["state", "check_due_on"], name="action_check"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="started", kind__in=moves.CHECKED_KINDS, criterion_kind=""),
                name="action_starts_with_criterion",
            ),
            models.CheckConstraint(
                condition=Q(is_waiting=True, state__in=moves.ACTIVE)
                | Q(is_waiting=True, state=moves.DONE, kind__in=moves.CHECKED_KINDS)
                | Q(is_waiting=False, state__in=moves.ENDED)
                | Q(is_waiting=False, state=moves.DONE) & ~Q(kind__in=moves.CHECKED_KINDS),
                name="action_waits_until_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["effective", "not_effective"]) | Q(checked_on__isnull=False),
                name="action_judged_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("action_plan:action", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"action:{self.number}"

    @property
    def origin(self) -> str:
        """Return the subject of what asked for it, "" for one's own initiative."""
        return f"{self.origin_kind}:{self.origin_key}" if self.origin_kind else ""

    @property
    def origin_name(self) -> str:
        """Return what asked for it as lists show it: its number, its words where its key is a path and no number."""
        return self.origin_label or self.origin_key if "/" in self.origin_key else self.origin_key

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return gettext(moves.STATES[self.state])

    @property
    def state_look(self) -> str:
        """Return how its state is coloured; what needs no check is well when it is done."""
        return "ok" if self.is_ended and self.state == moves.DONE else moves.LOOKS[self.state]

    @property
    def kind_name(self) -> str:
        """Return its kind in words."""
        return gettext(moves.KINDS[self.kind])

    @property
    def is_checked_kind(self) -> bool:
        """Tell whether its effectiveness is checked."""
        return self.kind in moves.CHECKED_KINDS

    @property
    def is_active(self) -> bool:
        """Tell whether it is planned or under way."""
        return self.state in moves.ACTIVE

    @property
    def is_ended(self) -> bool:
        """Tell whether nothing more is expected of it."""
        return moves.is_ended(self.kind, self.state)

    @property
    def target(self) -> Target | None:
        """Return the figure fixed beforehand, None when the criterion is not a figure."""
        if self.target_value is None or self.criterion_kind not in criterion.MEASURED:
            return None
        return Target(self.target_operator, self.target_value, self.target_periods)

    def is_late(self, *, on: date) -> bool:
        """Tell whether its day has passed without it being done."""
        return self.state in moves.ACTIVE and self.due_on < on


class Extension(Recorded):
    """Be more time asked for, with the reason; granted or refused by whoever plans."""

    CONFIDENTIAL = ("reason", "decision")

    action = models.ForeignKey(Action, models.PROTECT, related_name="extensions")
    asked_on = models.DateField(_("asked on"))
    from_day = models.DateField(_("instead of"))
    to_day = models.DateField(_("new day"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    decision = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(decided_on=None), name="one_extension_asked"
            ),
            models.CheckConstraint(condition=Q(to_day__gt=models.F("from_day")), name="extension_later"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.to_day}"


class CheckInvitation(Recorded):
    """Be the invitation of somebody from another house to check one action (entraide)."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="invitations")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    invited_on = models.DateField(_("invited on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "person"], condition=Q(ended_on=None), name="invited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id}"


class Reminder(Recorded):
    """Be a reminder that was sent, so that none is sent twice."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=20)
    due_on = models.DateField(help_text="the day of which it reminded")
    sent_on = models.DateField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "step", "due_on", "person"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.step}"
