"""Hold the tables of the network."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diapason.audit_trail.models import Recorded
from diapason.context.network.rules import sort_key
from diapason.kernel.scope import EVERYWHERE, Scope
from diapason.ui.languages import in_language
from diapason.ui.links import address


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Find organizations."""

    def members(self) -> OrganizationQuerySet:
        """Return the members: centres and central functions."""
        return self.exclude(kind=Organization.Kind.NETWORK)

    def centres(self) -> OrganizationQuerySet:
        """Return the establishments, the central functions left out."""
        return self.filter(kind=Organization.Kind.CENTRE)

    def open_on(self, day: date) -> OrganizationQuerySet:
        """Return those that exist on that day; an unknown opening counts as long ago."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day)).filter(
            Q(closed_on=None) | Q(closed_on__gt=day)
        )

    def where(self, scope: Scope, ability: str) -> OrganizationQuerySet:
        """Return those for which the scope holds the ability."""
        held = scope.where(ability)
        return self if held == EVERYWHERE else self.filter(pk__in=held)

    def own(self, scope: Scope) -> OrganizationQuerySet:
        """Return those to which the person belongs."""
        return self.filter(pk__in=scope.organizations)


class Organization(Recorded):
    """Be the network, one of its members, or a central function of it (« organisme »)."""

    class Kind(models.TextChoices):
        """Say what it is: the network itself, an establishment, or a central function such as R&D."""

        NETWORK = "network", _("Network")
        CENTRE = "centre", _("Establishment")
        CENTRAL_FUNCTION = "central_function", _("Central function")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    is_sponsor = models.BooleanField(_("sponsors studies"), default=False)
    is_investigator = models.BooleanField(_("takes part in studies as an investigator"), default=False)
    city = models.CharField(_("city"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=3, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    finess_ej = models.CharField("FINESS EJ", max_length=9, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    source = models.CharField(_("source"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, db_index=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="network"), name="one_network"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="organization_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the sort key made from the short name."""
        self.sort_key = sort_key(self.short_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return address("network:organization", self.code)

    @property
    def is_network(self) -> bool:
        """Tell whether it is the network itself."""
        return self.kind == self.Kind.NETWORK

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"organization:{self.code}"


class FormerName(Recorded):
    """Hold a name that an organization bore until a day."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    until = models.DateField(_("until"))

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.name


class Site(Recorded):
    """Be a place of an organization (« site »)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sites")
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    city = models.CharField(_("city"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=3, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_line = models.CharField(max_length=100, blank=True)
    finess_et = models.CharField("FINESS ET", max_length=9, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    is_hospital_site = models.BooleanField(_("hospital site"), default=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["organization__sort_key", "code"]

    def __str__(self) -> str:
        return self.name


class Grouping(Recorded):
    """Be one way to group organizations: a region, an interregion, a wave…; several hold at once."""

    kind = models.CharField(_("kind"), max_length=40)
    code = models.CharField(_("code"), max_length=40)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    members = models.ManyToManyField(Organization, through="GroupingMembership", related_name="groupings")

    class Meta:
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="grouping_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return its name in the reader's language."""
        return in_language(self.name_fr, self.name_en)


class GroupingMembership(Recorded):
    """Say that an organization belongs to a grouping during a period."""

    grouping = models.ForeignKey(Grouping, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)


class Partner(Recorded):
    """Be an outside body: a funder, an industrial or academic sponsor, an authority."""

    class Kind(models.TextChoices):
        """Say what kind of body it is."""

        FUNDER = "funder", _("Funder")
        INDUSTRY = "industry", _("Industry")
        ACADEMIC = "academic", _("Academic")
        AUTHORITY = "authority", _("Authority")
        PATIENTS = "patients", _("Patients’ association")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    is_funder = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the sort key made from the name."""
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class OutsidePlace(Recorded):
    """Be a place outside the network where studies take place, without being a member."""

    name = models.CharField(max_length=300)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    finess = models.CharField(max_length=9, blank=True)
    key = models.CharField(
        max_length=64, unique=True, help_text="digest of the folded name, city and country"
    )

    def __str__(self) -> str:
        return self.name


class VisibilityRule(Recorded):
    """Open one kind of object to one audience, in one form, by a dated decision (visibility charter)."""

    class Form(models.TextChoices):
        """Say in which form other organizations' objects are shown."""

        NONE = "none", _("not shown")
        AGGREGATED = "aggregated", _("minimum, median and maximum")
        CODED = "coded", _("under a code")
        NAMED = "named", _("by name")

    class Audience(models.TextChoices):
        """Say who looks."""

        ORGANIZATION = "organization", _("members of the other establishments")
        QUALITY_MANAGERS = "quality_managers", _("quality managers of the network")
        STEERING = "steering", _("steering committee")
        CERTIFIER = "certifier", _("certification auditors")
        FUNDER = "funder", _("funders")
        PUBLIC = "public", _("public")

    object_kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=20, choices=Audience)
    form = models.CharField(max_length=12, choices=Form)
    decided_on = models.DateField(_("decided on"))
    decision = models.CharField(
        _("decision"), max_length=300, help_text=_("body and reference of the decision")
    )

    class Meta:
        ordering = ["object_kind", "audience"]
        constraints = [models.UniqueConstraint(fields=["object_kind", "audience"], name="one_rule_each")]

    def __str__(self) -> str:
        return f"{self.object_kind} / {self.audience}"

    @property
    def subject(self) -> str:
        """Return how the trail names it."""
        return f"visibility-rule:{self.object_kind}.{self.audience}"
