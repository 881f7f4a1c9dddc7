"""Hold what belongs to a study: identifiers, statuses, investigator sites, sources and revisions."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext

from diapason.audit_trail.models import Recorded
from diapason.context.studies.models.study import SPONSOR_KINDS, Study, choices
from diapason.context.studies.rules import vocabulary
from diapason.context.studies.rules.countries import country_name
from diapason.context.studies.rules.differences import FIELD_LABELS
from diapason.context.studies.rules.identifiers import LABELS, OTHER, SPONSOR_CODE
from diapason.kernel.dates import PartialDate
from diapason.ui import wording


class StudyIdentifier(Recorded):
    """Hold one number of a study; of a checked kind, two studies cannot bear the same one undisputed."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=16, choices=choices(LABELS))
    value = models.CharField(max_length=60)
    is_disputed = models.BooleanField(default=False, help_text="another study bears the same number")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["value"], name="study_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(is_disputed=False) & ~Q(kind__in=[SPONSOR_CODE, OTHER]),
                name="study_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.value


class StudyStatus(Recorded):
    """Hold one status, counted from `since_on` (None: always) until before `until_on` (None: still)."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="statuses", db_index=False)
    status = models.CharField(max_length=24, choices=choices(vocabulary.STATUS_LABELS))
    since_earliest = models.DateField(null=True, blank=True)
    since_latest = models.DateField(null=True, blank=True)
    since_wording = models.CharField(max_length=80, blank=True)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = [models.F("since_on").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["study", "status", "since_on", "until_on"], name="study_status_days")]

    @property
    def since(self) -> PartialDate:
        """Return the date from which it holds, as far as it is known."""
        return PartialDate(self.since_earliest, self.since_latest, self.since_wording)

    @property
    def state(self) -> str:
        """Return how it is drawn."""
        return vocabulary.STATES.get(self.status, "unk")


class InvestigatorSite(Recorded):
    """Be a place of a study: a member's site, or a place outside the network (« centre investigateur »)."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="investigator_sites", db_index=False)
    organization = models.ForeignKey(
        "network.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="investigator_sites",
        db_index=False,
    )
    site = models.ForeignKey(
        "network.Site",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="investigator_sites",
        db_index=False,
    )
    place = models.ForeignKey(
        "network.OutsidePlace",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="investigator_sites",
        db_index=False,
    )
    country = models.CharField(max_length=80, blank=True)
    is_abroad = models.BooleanField(default=False)
    status = models.CharField(max_length=24, blank=True, choices=choices(vocabulary.STATUS_LABELS))
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    listings = models.PositiveSmallIntegerField(default=1, help_text="lines of the source that it stands for")
    is_listed = models.BooleanField(default=True, help_text="the source still names it")

    class Meta:
        indexes = [
            models.Index(
                fields=["organization", "study"],
                name="site_of_organization",
                condition=Q(organization__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["study", "place"], name="study_place_once"),
            models.UniqueConstraint(
                fields=["study", "site"], condition=Q(site__isnull=False), name="study_site_once"
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False, organization__isnull=True, site__isnull=True)
                | Q(place__isnull=True, organization__isnull=False),
                name="site_is_inside_or_outside",
            ),
        ]

    def __str__(self) -> str:
        return str(self.site or self.organization or self.place)

    @property
    def country_said(self) -> str:
        """Return the country in the reader's language."""
        return (
            country_name(self.country, get_language() or "fr")
            if self.country
            else gettext("country not known")
        )

    @property
    def state(self) -> str:
        """Return how its status is drawn."""
        return vocabulary.STATES.get(self.status, "unk")


class StudySource(Recorded):
    """Hold where a study was read: the register, the number there, what it said (as a digest) and when."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="sources")
    register = models.CharField(max_length=40)
    identifier = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    version_on = models.DateField(null=True, blank=True)
    data_on = models.DateField(null=True, blank=True)
    import_number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "identifier"], name="study_source_once")]


class StudyRevision(Recorded):
    """Hold what a newer version of a source changed, field by field, for a person to read."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="revisions")
    on = models.DateField()
    register = models.CharField(max_length=40)
    version_on = models.DateField(null=True, blank=True)
    data_on = models.DateField(null=True, blank=True)
    import_number = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return the changes with their labels in the reader's language."""
        return [
            {
                **change,
                "label": _label(change),
                "old_said": _said(change["field"], change["old"]),
                "new_said": _said(change["field"], change["new"]),
            }
            for change in self.changes
        ]


_VOCABULARIES: dict[str, dict[str, str]] = {
    "status": vocabulary.STATUS_LABELS,
    "phase": vocabulary.PHASE_LABELS,
    "kind": vocabulary.KIND_LABELS,
    "category": vocabulary.CATEGORY_LABELS,
    "sponsor_kind": SPONSOR_KINDS,
}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def _label(change: dict[str, Any]) -> str:
    label = FIELD_LABELS[change["field"]]
    return gettext(label)


def _said(field: str, value: Any) -> str:
    if field in _VOCABULARIES:
        return gettext(_VOCABULARIES[field].get(value, value))
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return wording.day(date.fromisoformat(value))
    if isinstance(value, str) and (month := _ISO_MONTH.fullmatch(value)):
        return wording.partial_date(PartialDate.month(int(month[1]), int(month[2])))
    return wording.shown(value) if isinstance(value, bool | int) else str(value or "")
