"""Store certification bodies, certificates with their scope, and the audits of their cycles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.certification.certificates.rules import validity
from diapason.kernel.dates import PartialDate
from diapason.ui.languages import in_language

ANY_SITE = Coalesce("site", Value(0), output_field=models.BigIntegerField())
"""Stand for the site in a uniqueness rule, 0 for "the organization as a whole"."""


class CertificationBody(Recorded):
    """Be a body that certifies (« organisme certificateur »), with its own words for audits."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    website = models.CharField(_("website"), max_length=200, blank=True)
    surveillance_fr = models.CharField(max_length=60, blank=True)
    surveillance_en = models.CharField(max_length=60, blank=True)
    recertification_fr = models.CharField(max_length=60, blank=True)
    recertification_en = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"certification-body:{self.code}"


class BodyGrade(Recorded):
    """Be a grade of finding in a body's vocabulary, with the days its contract gives to answer."""

    class Severity(models.TextChoices):
        """Say what a grade amounts to, whatever the body calls it."""

        MAJOR = "major", _("Major nonconformity")
        MINOR = "minor", _("Minor nonconformity")
        IMPROVEMENT = "improvement", _("Opportunity for improvement")
        STRENGTH = "strength", _("Strength")

    body = models.ForeignKey(CertificationBody, models.PROTECT, related_name="grades")
    code = models.CharField(max_length=30)
    label_fr = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    severity = models.CharField(max_length=12, choices=Severity)
    answer_days = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="body_grade_once")]

    @property
    def label(self) -> str:
        """Return what the body calls it, in the reader's language."""
        return in_language(self.label_fr, self.label_en)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Find certificates."""

    def visible_to(self, user: Any) -> CertificateQuerySet:
        """Return all of them to whoever is signed in: certificates are public facts."""
        return self if getattr(user, "is_authenticated", False) else self.none()

    def with_history(self) -> CertificateQuerySet:
        """Return them with what decides their state loaded (2 queries more)."""
        return self.prefetch_related("suspensions", "successors")

    def in_state(self, state: str, on: date) -> CertificateQuerySet:
        """Return those in one of validity.STATES on that day, told by the database alone."""
        successors = Certificate.objects.filter(previous=OuterRef("pk")).annotate(
            starts=Coalesce("effective_on", "decision_latest")
        )
        paused = Suspension.objects.filter(certificate=OuterRef("pk"), starts_on__lte=on)
        paused = paused.filter(Q(ends_on=None) | Q(ends_on__gte=on))
        withdrawn = Q(withdrawn_on__isnull=False, withdrawn_on__lte=on)
        replaced = ~withdrawn & Q(was_replaced=True)
        lapsed = ~withdrawn & Q(was_replaced=False) & Q(expires_on__isnull=False, expires_on__lt=on)
        running = ~withdrawn & Q(was_replaced=False) & (Q(expires_on=None) | Q(expires_on__gte=on))
        seen = (
            Q(expires_on__isnull=False)
            | Q(withdrawn_on__isnull=False)
            | Q(confirmed_on__gte=on)
            | Q(sure_from=on)
        )
        sure = Q(sure_from__isnull=False, sure_from__lte=on) & seen
        not_yet = Q(first_possible__isnull=False, first_possible__gt=on)
        conditions = {
            validity.WITHDRAWN: withdrawn,
            validity.REPLACED: replaced,
            validity.LAPSED: lapsed,
            validity.VALID: running & sure & Q(is_paused=False),
            validity.SUSPENDED: running & sure & Q(is_paused=True),
            validity.NOT_YET: running & ~sure & not_yet,
            validity.NOT_KNOWN: running & ~sure & ~not_yet,
        }
        return self.annotate(
            sure_from=Coalesce("effective_on", "decision_latest"),
            first_possible=Coalesce("effective_on", "decision_earliest"),
            was_replaced=Exists(successors.filter(starts__lte=on)),
            is_paused=Exists(paused),
        ).filter(conditions[state])


class Certificate(Recorded):
    """Be one cycle of a certificate: holder, body, edition, scope, and the dates between which it holds."""

    class Model(models.TextChoices):
        """Say whether it covers one organization, or several sites by sampling (IAF MD 1)."""

        SINGLE = "single", _("One organization")
        MULTI_SITE = "multi_site", _("Several sites, sampled")

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    number = models.CharField(_("number given by the body"), max_length=60, blank=True)
    holder = models.ForeignKey("network.Organization", models.PROTECT, related_name="certificates")
    body = models.ForeignKey(
        CertificationBody, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    edition = models.ForeignKey("standards.Edition", models.PROTECT, null=True, blank=True, related_name="+")
    model = models.CharField(_("model"), max_length=12, choices=Model, default=Model.SINGLE)
    cycle = models.PositiveSmallIntegerField(_("cycle"), null=True, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    decision_earliest = models.DateField(null=True, blank=True)
    decision_latest = models.DateField(_("decided on"), null=True, blank=True)
    decision_wording = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField(_("takes effect on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)
    personnel = models.PositiveIntegerField(_("effective number of personnel"), null=True, blank=True)
    scope_fr = models.CharField(_("scope as worded"), max_length=400, blank=True)
    scope_en = models.CharField(max_length=400, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    collected_on = models.DateField(_("collected on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["holder__sort_key", "-reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("effective_on")),
                name="certificate_expires_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(decision_earliest=None)
                | Q(decision_latest=None)
                | Q(decision_latest__gte=F("decision_earliest")),
                name="certificate_decision_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("certificates:certificate", args=[self.reference])

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"certificate:{self.reference}"

    @property
    def decision(self) -> PartialDate:
        """Return the day of the decision, perhaps by bounds."""
        return PartialDate(self.decision_earliest, self.decision_latest, self.decision_wording)

    @property
    def scope_text(self) -> str:
        """Return the scope as the certificate words it."""
        return in_language(self.scope_fr, self.scope_en)

    @property
    def starts_on(self) -> date | None:
        """Return the first day on which it surely holds."""
        return self.effective_on or self.decision_latest

    @property
    def dates(self) -> validity.Dates:
        """Return the dates that decide its state; suspensions and successors should be loaded."""
        starts = [s.starts_on for s in self.successors.all() if s.starts_on]
        return validity.Dates(
            decision=self.decision,
            effective_on=self.effective_on,
            expires_on=self.expires_on,
            withdrawn_on=self.withdrawn_on,
            successor_from=min(starts, default=None),
            confirmed_on=self.confirmed_on,
            suspensions=tuple((s.starts_on, s.ends_on or date.max) for s in self.suspensions.all()),
        )

    def state_on(self, day: date) -> str:
        """Return its state on that day, one of validity.STATES."""
        return validity.state_on(self.dates, day)


class ScopeCell(Recorded):
    """Be one square of a certificate's scope: an activity of an organization, at one of its sites or as a whole."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="cells")
    organization = models.ForeignKey("network.Organization", models.PROTECT, related_name="+")
    site = models.ForeignKey("network.Site", models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.CharField(max_length=30)
    covered_from = models.DateField(null=True, blank=True)
    covered_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organization__sort_key", "site__code", "activity"]
        constraints = [
            models.UniqueConstraint(
                "certificate", "organization", ANY_SITE, "activity", name="scope_cell_once"
            )
        ]


class Suspension(Recorded):
    """Be a stretch during which a certificate is suspended, both days included; without an end it lasts."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="suspensions")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["starts_on"]


class DeclaredActivity(Recorded):
    """Say that an organization does an activity at a site, or that it does not: what certificates ought to cover."""

    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="declared_activities"
    )
    site = models.ForeignKey("network.Site", models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.CharField(_("activity"), max_length=30)
    performed = models.BooleanField(_("performed"), default=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["organization__sort_key", "site__code", "activity"]
        constraints = [
            models.UniqueConstraint("organization", ANY_SITE, "activity", name="declared_activity_once")
        ]


class CertificationAudit(Recorded):
    """Be one audit of a certification cycle, planned, then held (ISO/IEC 17021-1 § 9)."""

    class Kind(models.TextChoices):
        """Say which audit of the cycle it is."""

        STAGE1 = "stage1", _("Stage 1 audit")
        STAGE2 = "stage2", _("Stage 2 audit")
        SURVEILLANCE = "surveillance", _("Surveillance audit")
        RECERTIFICATION = "recertification", _("Recertification audit")
        SPECIAL = "special", _("Special audit")
        TRANSITION = "transition", _("Transition audit")

    class Result(models.TextChoices):
        """Say how it ended."""

        FAVOURABLE = "favourable", _("favourable")
        MINOR = "minor", _("minor nonconformities to treat")
        MAJOR = "major", _("major nonconformities to clear")
        UNFAVOURABLE = "unfavourable", _("unfavourable")

    reference = models.CharField(max_length=40, unique=True, editable=False)
    organization = models.ForeignKey(
        "network.Organization", models.PROTECT, related_name="certification_audits"
    )
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, blank=True, related_name="audits")
    body = models.ForeignKey(CertificationBody, models.PROTECT, null=True, blank=True, related_name="audits")
    edition = models.ForeignKey("standards.Edition", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("audit"), max_length=16, choices=Kind)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    held_from = models.DateField(_("held from"), null=True, blank=True)
    held_until = models.DateField(_("last day"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=14, choices=Result, blank=True)
    majors_verified_on = models.DateField(_("major nonconformities verified on"), null=True, blank=True)
    days_quoted = models.DecimalField(_("days quoted"), max_digits=5, decimal_places=1, null=True, blank=True)
    days_computed = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        ordering = ["organization__sort_key", "-reference"]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"certification-audit:{self.reference}"

    @property
    def day(self) -> date | None:
        """Return the last day on which it was held, else the day planned."""
        return self.held_until or self.held_from or self.planned_on

    @property
    def majors_open(self) -> bool:
        """Tell whether its major nonconformities still have to be verified."""
        return self.result == self.Result.MAJOR and self.majors_verified_on is None


class AuditedSite(Recorded):
    """Say that an audit visits a site, and whether it was drawn at random (IAF MD 1)."""

    audit = models.ForeignKey(CertificationAudit, models.PROTECT, related_name="visited")
    site = models.ForeignKey("network.Site", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["site__code"]
        constraints = [models.UniqueConstraint(fields=["audit", "site"], name="audited_site_once")]
