"""Store programmes with their partners, waves, milestones, mentoring and experience passed on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.kernel.dates import PartialDate
from diapason.kernel.scope import EVERYWHERE, Scope
from diapason.ui.languages import in_language


class Programme(Recorded):
    """Be a programme of the network: towards a first certification, or towards another edition of the standard."""

    class Kind(models.TextChoices):
        """Say what the programme leads to."""

        CERTIFICATION = "certification", _("First certification")
        EDITION_CHANGE = "edition_change", _("Change of edition")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    purpose_fr = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    starts_earliest = models.DateField(null=True, blank=True)
    starts_latest = models.DateField(null=True, blank=True)
    starts_wording = models.CharField(max_length=200, blank=True)
    limit_on = models.DateField(_("limit"), null=True, blank=True)
    limit_source = models.CharField(max_length=300, blank=True)
    from_edition = models.ForeignKey(
        "standards.Edition", models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_edition = models.ForeignKey(
        "standards.Edition", models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_latest", "code"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programme:programme", args=[self.code])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"programme:{self.code}"

    @property
    def title(self) -> str:
        """Return its title in the reader's language."""
        return in_language(self.title_fr, self.title_en)

    @property
    def purpose(self) -> str:
        """Return what it is for, in the reader's language."""
        return in_language(self.purpose_fr, self.purpose_en)

    @property
    def starts(self) -> PartialDate:
        """Return when it began, perhaps by bounds."""
        return PartialDate(self.starts_earliest, self.starts_latest, self.starts_wording)

    @property
    def is_edition_change(self) -> bool:
        """Tell whether it carries a change of edition."""
        return self.kind == self.Kind.EDITION_CHANGE


class ProgrammePartner(Recorded):
    """Say that a partner supports a programme; partners have no access to data."""

    class Contribution(models.TextChoices):
        """Say how a partner supports."""

        FUNDING = "funding", _("co-funding")
        SUPPORT = "support", _("support")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="partners")
    partner = models.ForeignKey("network.Partner", models.PROTECT, related_name="+")
    contribution = models.CharField(max_length=10, choices=Contribution)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["partner__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "partner"], name="programme_partner_once")
        ]


class Wave(Recorded):
    """Be a group of organizations that go through a programme together."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField(_("number"))
    title_fr = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="wave_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Return its title in the reader's language."""
        return in_language(self.title_fr, self.title_en)


class WaveMember(Recorded):
    """Say that an organization belongs to a wave."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organization__sort_key"]
        constraints = [models.UniqueConstraint(fields=["wave", "organization"], name="wave_member_once")]


def everything_shown(scope: Scope) -> bool:
    """Tell whether milestones of every organization are shown with their names to this person."""
    return scope.where("manage_programme") == EVERYWHERE or scope.form_of("programme") == "named"


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Find milestones."""

    def visible_to(self, user: Any) -> MilestoneQuerySet:
        """Return one's own, and those of others as far as the visibility charter names them."""
        if everything_shown(user.scope):
            return self
        return self.filter(Q(organization__in=user.scope.organizations))


class Milestone(Recorded):
    """Be one step of an organization in a programme, planned, then held."""

    class Kind(models.TextChoices):
        """Say which step it is."""

        ENGAGEMENT = "engagement", _("Commitment of the management")
        SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
        TRAINING = "training", _("Training of the team")
        INTERNAL_AUDIT = "internal_audit", _("Internal audit")
        MOCK_AUDIT = "mock_audit", _("Mock audit")
        STAGE1 = "stage1", _("Stage 1 audit")
        STAGE2 = "stage2", _("Stage 2 audit")
        TRANSITION_AUDIT = "transition_audit", _("Transition audit")
        DECISION = "decision", _("Certification decision")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="milestones")
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="milestones")
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["organization__sort_key", "planned_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organization", "kind"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False), name="milestone_has_a_date"
            ),
        ]

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"milestone:{self.programme.code}.{self.organization.code}.{self.kind}"

    def is_late(self, on: date) -> bool:
        """Tell whether the planned day went by without it."""
        return self.held_on is None and self.planned_on is not None and self.planned_on < on


class SharedQuerySet(models.QuerySet[Any]):
    """Find what members share with each other."""

    def visible_to(self, user: Any) -> SharedQuerySet:
        """Return all of it to members and to those who work for all of them, nothing to others."""
        scope: Scope = user.scope
        return self if scope.organizations or scope.network_wide else self.none()


class Experience(Recorded):
    """Be what an experienced organization passes on to those that prepare (ISO 9001 § 7.1.6)."""

    class Topic(models.TextChoices):
        """Say what it helps with."""

        START = "start", _("Getting started")
        PROCESSES = "processes", _("Processes and their owners")
        DOCUMENTS = "documents", _("Documents")
        TEAM = "team", _("Team and training")
        INDICATORS = "indicators", _("Indicators")
        AUDIT = "audit", _("The day of the audit")
        EDITION = "edition", _("Change of edition")

    reference = models.CharField(max_length=40, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="experiences")
    from_organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="+")
    to_wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="experiences")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    shared_on = models.DateField(_("shared on"))

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_on", "-reference"]

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"experience:{self.reference}"


class Mentoring(Recorded):
    """Be the help of one organization to another during its preparation (« parrainage »)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="mentorings")
    mentor = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="+", verbose_name=_("mentor")
    )
    candidate = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="+", verbose_name=_("candidate")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "mentor", "candidate"], name="mentoring_once"),
            models.CheckConstraint(condition=~Q(mentor=models.F("candidate")), name="mentoring_of_another"),
        ]
