"""Take over newer versions of studies from a register, a hundred at a time, keeping what changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.context.studies import facts, permissions
from diapason.context.studies.acts import rows
from diapason.context.studies.acts.changing import Changing
from diapason.context.studies.acts.registering import MOST
from diapason.context.studies.models import (
    InvestigatorSite,
    Study,
    StudyIdentifier,
    StudyRevision,
    StudySource,
    StudyStatus,
)
from diapason.context.studies.rules.drafts import StudyDraft

SITE_COLUMNS = ["status", "closed_on", "listings", "is_listed", "version"]
STATUS_COLUMNS = [
    "since_earliest",
    "since_latest",
    "since_wording",
    "since_on",
    "until_on",
    "status",
    "version",
]
SOURCE_COLUMNS = ["digest", "version_on", "data_on", "import_number", "version"]


@act
def take_over_versions(*, drafts: Sequence[tuple[int, StudyDraft]], by: Any, on: date) -> list[Study]:
    """Take over newer versions of up to a hundred studies, given as (key of the row, draft).

    What a person corrected stays; sites that the register no longer names stay, marked; the status is
    continued, not replaced; every change is kept as a revision to read, besides the trail.
    """
    if len(drafts) > MOST:
        raise ValueError(f"{len(drafts)} studies in one act, at most {MOST}")
    permissions.may_register_study(None, by=by).require()
    places = rows.places_of(draft for _, draft in drafts)
    known = _known([pk for pk, _ in drafts])
    changed = [Changing(*[*known[pk], draft, places, on]) for pk, draft in drafts]
    for each in changed:
        each.apply()
    _write(changed)
    for each in changed:
        record(_fact(each), by=by)
    return [each.study for each in changed]


def _known(keys: Sequence[int]) -> dict[int, Any]:
    """Return key → (study, identifiers, statuses, sites, sources): five queries for the whole batch."""
    studies = Study.objects.select_related("holder", "sponsor", "lead").in_bulk(list(keys))
    parts: tuple[type[Any], ...] = (StudyIdentifier, StudyStatus, InvestigatorSite, StudySource)
    grouped: list[dict[int, list[Any]]] = []
    for model in parts:
        found: dict[int, list[Any]] = defaultdict(list)
        queryset = model.objects.filter(study_id__in=keys)
        for row in queryset.select_related("place", "site") if model is InvestigatorSite else queryset:
            found[row.study_id].append(row)
        grouped.append(found)
    return {pk: (study, *(found[pk] for found in grouped)) for pk, study in studies.items()}


def _write(changed: Sequence[Changing]) -> None:
    for each in changed:
        each.study.save()
    fresh = [(each.study, tuple(each.new_identifiers)) for each in changed]
    StudyIdentifier.objects.bulk_create(rows.identifiers_of(fresh))
    _save(StudyStatus, (each.statuses for each in changed), STATUS_COLUMNS)
    StudyStatus.objects.filter(pk__in=[row.pk for each in changed for row in each.dropped_statuses]).delete()
    _save(InvestigatorSite, (each.touched_sites for each in changed), SITE_COLUMNS)
    _save(StudySource, ([each.source] for each in changed), SOURCE_COLUMNS)
    StudyRevision.objects.bulk_create([each.revision for each in changed if each.revision.changes])


def _save(model: type[Any], groups: Iterable[Iterable[Any]], columns: list[str]) -> None:
    everything = [row for group in groups for row in group]
    model.objects.bulk_create([row for row in everything if row.pk is None])
    model.objects.bulk_update([row for row in everything if row.pk is not None], columns)


def _fact(each: Changing) -> facts.StudyVersionTakenOver:
    return facts.StudyVersionTakenOver(
        subject=each.study.subject,
        organization=each.study.owner_code,
        register=each.source.register,
        version_on=rows.iso(each.source.version_on),
        fields=[change["field"] for change in each.revision.changes],
    )
