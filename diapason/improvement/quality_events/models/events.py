"""Hold the events themselves, and apart from them who declared them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.catalogue import ExtraField, Kind, Words, read_words
from diapason.kernel.dates import PartialDate
from diapason.kernel.languages import Bilingual
from diapason.kernel.scope import EVERYWHERE, NOBODY, Scope
from diapason.kernel.words import message
from diapason.ui import wording

KIND = "quality_event"
"""Name this kind of object in the visibility charter."""


METHODS = {
    "five_whys": message("Five whys"),
    "ishikawa": message("Ishikawa"),
    "orion": "ORION",
    "alarm": "ALARM",
}
"""How causes are looked for: the two usual drawings, and the two French hospital methods of a CREX."""


def words() -> Words:
    """Return the catalogue of the chapter, read once a process."""
    return read_words(settings.DIAPASON["catalogue"] / "quality_event_kinds")


def said(text: Bilingual) -> str:
    """Return a text of the catalogue in the active language."""
    return text.text(get_language() or "fr")


class QualityEventQuerySet(models.QuerySet["QualityEvent"]):
    """Find events."""

    def visible_to(self, user: Any) -> QualityEventQuerySet:
        """Keep one's own reports and those of the houses where this person reads events."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if not scope.person or scope.form_of(KIND) == "named":  # joined by |, an empty condition would narrow
            return self.read_by(scope)
        mine = Declarer.objects.filter(event=OuterRef("pk"), person__identifier=scope.person)
        return self.filter(self.readable(scope) | Q(Exists(mine)))

    def read_by(self, scope: Scope) -> QualityEventQuerySet:
        """Keep those of the houses where this person reads events."""
        return self.filter(self.readable(scope))

    @staticmethod
    def readable(scope: Scope) -> Q:
        """Return the condition on the houses: held for the network, an ability opens only the network's own events."""
        return reduce(or_, QualityEventQuerySet.ways_to_read(scope))

    @staticmethod
    def ways_to_read(scope: Scope) -> list[Q]:
        """Return the conditions of which an event meets one at least that this person reads; each has its index."""
        if scope.form_of(KIND) == "named":
            return [Q()]
        held = scope.where("read_events")
        if held == EVERYWHERE:
            return [Q(organization__kind="network")]
        return [Q(organization__in=held), Q(place__in=held)]

    def declared_by(self, user: Any) -> QualityEventQuerySet:
        """Keep the reports of this person; anonymous ones are nobody's."""
        return self.filter(declarer__person=user.person)

    def open(self) -> QualityEventQuerySet:
        """Keep those still to be dealt with."""
        return self.filter(state__in=moves.OPEN)

    def ended(self) -> QualityEventQuerySet:
        """Keep those dealt with."""
        return self.filter(state__in=moves.ENDED)

    def counted(self) -> QualityEventQuerySet:
        """Keep those that count in figures: neither joined to another, nor without further action, nor elsewhere."""
        left_out = Q(state=moves.MERGED), Q(state=moves.DISMISSED), Q(state=moves.ROUTED)
        return self.filter(*(~each for each in left_out))  # each alone: SQLite looks a list up row by row


class QualityEvent(Recorded):
    """Be something reported: nonconformity, deviation, complaint, incident, suggestion, strength, external finding."""

    CONFIDENTIAL = (
        "title", "description", "where_text", "occurred_wording", "process", "document", "extra", "severity_reason",
        "breach_reason", "external_number", "correction", "analysis", "conclusion",
    )  # fmt: skip

    class Consequence(models.TextChoices):
        """Say how serious it looked to the declarer, in three words."""

        NONE = "none", _("without consequence")
        ANNOYING = "annoying", _("annoying")
        SERIOUS = "serious", _("serious")

    class Level(models.TextChoices):
        """Say who may know the declarer's name."""

        NAMED = "named", _("named")
        CONFIDENTIAL = "confidential", _("confidential: the quality manager alone sees the name")
        ANONYMOUS = "anonymous", _("anonymous")

    class Breach(models.TextChoices):
        """Say what was answered to the question of a serious breach."""

        NOT_ASKED = "", _("not asked")
        NO = "no", _("no")
        SUSPECTED = "suspected", _("suspected")
        CONFIRMED = "confirmed", _("confirmed")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="quality_events", verbose_name=_("dealt with by")
    )
    place = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="+", verbose_name=_("happened at")
    )
    site = models.ForeignKey("network.Site", models.PROTECT, null=True, blank=True, related_name="+")
    study = models.ForeignKey(
        "studies.Study", models.PROTECT, null=True, blank=True, related_name="quality_events"
    )
    where_text = models.CharField(_("where"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("what happened"))
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    category = models.CharField(_("category"), max_length=30, blank=True)
    consequence = models.CharField(_("consequence"), max_length=10, choices=Consequence)
    level = models.CharField(_("who may know the name"), max_length=12, choices=Level)
    origin = models.CharField(
        _("origin"), max_length=120, blank=True, help_text="subject of the record that it comes from"
    )
    receipt_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    sent_key = models.CharField(
        max_length=36,
        blank=True,
        editable=False,
        help_text="made by the form: sent twice, entered once",
    )
    occurred_earliest = models.DateField(_("occurred from"), null=True, blank=True)
    occurred_latest = models.DateField(_("occurred until"), null=True, blank=True)
    occurred_wording = models.CharField(_("occurred"), max_length=80, blank=True)
    aware_on = models.DateField(_("aware on"), null=True, blank=True)
    reported_on = models.DateField(_("reported on"))
    reported_at = models.DateTimeField(
        _("reported at"), null=True, blank=True, help_text="none when anonymous"
    )
    process = models.CharField(_("process"), max_length=120, blank=True)
    document = models.CharField(_("document and version"), max_length=160, blank=True)
    extra = models.JSONField(_("further answers"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=16, default=moves.REPORTED, choices=list(moves.STATES.items())
    )
    severity = models.CharField(_("severity"), max_length=12, blank=True)
    severity_reason = models.TextField(_("why this severity"), blank=True)
    repeated = models.BooleanField(_("came back"), default=False)
    breach = models.CharField(_("serious breach"), max_length=10, choices=Breach, blank=True)
    breach_reason = models.TextField(_("why"), blank=True)
    analysis_asked = models.BooleanField(_("causes are looked for"), default=False)
    approval_asked = models.BooleanField(_("the plan needs an approval"), default=False)
    triaged_on = models.DateField(_("sorted on"), null=True, blank=True)
    channel = models.CharField(_("dealt with in"), max_length=30, blank=True)
    external_number = models.CharField(_("number in the other tool"), max_length=60, blank=True)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("joined to")
    )
    correction = models.TextField(_("correction"), blank=True)
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    method = models.CharField(_("method of analysis"), max_length=12, blank=True)
    analysis = models.TextField(_("analysis"), blank=True)
    plan_author = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author of the plan"),
    )
    conclusion = models.TextField(_("conclusion"), blank=True)
    helps_others = models.BooleanField(_("would help others"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)

    objects = QualityEventQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_on", "-number"]
        indexes = [
            models.Index(fields=["organization", "state", "-reported_on", "-number"], name="event_board"),
            models.Index(fields=["organization", "-reported_on", "-number"], name="event_list"),
            models.Index(
                fields=["organization", "category", "-reported_on", "-number"], name="event_category"
            ),
            models.Index(fields=["place", "-reported_on", "-number"], name="event_place"),
            models.Index(fields=["study", "-reported_on"], name="event_study"),
            models.Index(fields=["state", "-reported_on", "-number"], name="event_state"),
            models.Index(fields=["origin"], name="event_origin"),
            models.Index(fields=["-reported_on", "-number"], name="event_recent"),
            models.Index(fields=["organization", "closed_on"], name="event_closed"),
            models.Index(
                fields=[
                    "reported_on",
                    "organization",
                    "state",
                    "triaged_on",
                    "closed_on",
                    "category",
                    "kind",
                ],
                name="event_figures",
            ),
            models.Index(
                fields=["closed_on", "reported_on", "organization", "state", "category", "kind"],
                name="event_ending",
                condition=Q(closed_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sent_key"], condition=~Q(sent_key=""), name="report_entered_once"
            ),
            models.CheckConstraint(
                condition=~Q(level="anonymous") | Q(reported_at=None), name="anonymous_has_no_hour"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="closed_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("quality_events:event", args=[self.number])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"quality_event:{self.number}"

    @property
    def occurred(self) -> PartialDate:
        """Return when it happened, as exactly as it is known."""
        return PartialDate(self.occurred_earliest, self.occurred_latest, self.occurred_wording)

    @property
    def known_kind(self) -> Kind | None:
        """Return its kind as the catalogue has it today, None while it is not sorted."""
        return words().kinds.get(self.kind)

    @property
    def kind_name(self) -> str:
        """Return the name of its kind."""
        kind = self.known_kind
        return said(kind.name) if kind else self.kind

    @property
    def category_name(self) -> str:
        """Return the name of its category."""
        category = words().categories.get(self.category)
        return said(category.name) if category else self.category

    @property
    def severity_name(self) -> str:
        """Return the name of its severity."""
        return next((said(one.name) for one in words().sorting.severities if one.code == self.severity), "")

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return gettext(moves.STATES[self.state])

    @property
    def state_look(self) -> str:
        """Return how its state is coloured: ok, warn, bad, run, unk."""
        return moves.LOOKS[self.state]

    @property
    def channel_name(self) -> str:
        """Return where it is dealt with."""
        channel = words().channels.get(self.channel)
        return said(channel.name) if channel else self.channel

    @property
    def method_name(self) -> str:
        """Return how its causes were looked for."""
        return gettext(METHODS.get(self.method, ""))

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Return the further answers that its kind asks for, as (question, answer) in words."""
        kind = self.known_kind
        asked = kind.fields if kind else ()
        return [
            (said(one.label), _answer(one, self.extra[one.code])) for one in asked if one.code in self.extra
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state in moves.OPEN

    def age(self, *, on: date) -> int:
        """Return the days since it was reported, until it was closed."""
        return ((self.closed_on or on) - self.reported_on).days


def _answer(asked: ExtraField, value: Any) -> str:
    """Return a further answer in words of the active language."""
    if asked.type == "yes_no":
        return gettext("yes") if value == "yes" else gettext("no")
    if asked.type == "date":
        return wording.day(date.fromisoformat(str(value)))
    return next((said(name) for code, name in asked.choices if code == value), str(value))


class Declarer(Recorded):
    """Say who declared an event; no row for an anonymous one. The trail holds a commitment only."""

    PERSONAL = ("person",)

    event = models.OneToOneField(QualityEvent, models.PROTECT, related_name="declarer")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "event"], name="declarer_event")]

    def __str__(self) -> str:
        return str(self.event_id)
