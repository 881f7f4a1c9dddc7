"""Correct a study by hand, record its status, hide it or show it."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.context.network.models import Organization
from diapason.context.studies import facts, permissions
from diapason.context.studies.acts import rows
from diapason.context.studies.models import Study
from diapason.context.studies.rules.history import StatusDraft
from diapason.context.studies.rules.vocabulary import Status
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

CORRECTABLE = frozenset(
    {"title_fr", "title_en", "acronym", "sponsor", "sponsor_name", "sponsor_kind", "lead", "kind", "category",
     "phase", "is_therapeutic", "planned_enrolment", "actual_enrolment", "funding", "conditions"}
)  # fmt: skip


@act
def correct_study(
    *, study: Study, changes: dict[str, Any], reason: str, version: int | None, by: Any, on: date
) -> Study:
    """Correct a study (« rectifier »), the former values staying in the trail (ISO 9001 §7.5.3.2).

    What is corrected is held: a later import keeps off these fields and says so.
    """
    permissions.may_correct_study(study, by=by).require()
    if not reason.strip():
        Verdict.no(message("A correction needs its reason.")).require()
    study = reread(study, version)
    differing = {name: value for name, value in changes.items() if getattr(study, name) != value}
    unknown = set(differing) - CORRECTABLE - set(rows.DATES)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} cannot be corrected")
    for name, value in differing.items():
        study.set_dates(name, value) if name in rows.DATES else setattr(study, name, value)
    if differing:
        study.held_fields = sorted({*study.held_fields, *differing})
    study.save()
    record(facts.StudyCorrected(subject=study.subject, organization=study.owner_code, reason=reason), by=by)
    return study


@act
def record_status(
    *, study: Study, status: str, since: PartialDate, version: int | None, by: Any, on: date
) -> Study:
    """Record that a study reached another status, from a date known at least in part (ISO 9001 §8.5.2)."""
    permissions.may_correct_study(study, by=by).require()
    study = reread(study, version)
    known = list(study.statuses.all())
    drafts = [StatusDraft(row.status, row.since) for row in known]
    fresh = rows.statuses_of(study, [*drafts, StatusDraft(Status(status), since)], "")
    for position, row in enumerate(fresh):
        if position < len(known):
            row.pk, row.version = known[position].pk, known[position].version + 1
            row.source = known[position].source if row.status == known[position].status else ""
        row.save()
    for row in known[len(fresh) :]:
        row.delete()
    study.held_fields = sorted({*study.held_fields, "status"})
    study.save()
    record(
        facts.StudyStatusRecorded(
            subject=study.subject,
            organization=study.owner_code,
            status=status,
            since=rows.iso(since.earliest or since.latest),
        ),
        by=by,
    )
    return study


@act
def set_confidentiality(
    *,
    study: Study,
    holder: Organization | None,
    is_confidential: bool,
    reason: str,
    version: int | None,
    by: Any,
    on: date,
) -> Study:
    """Hide a study outside the organization that holds it, or show it again (« étude confidentielle »)."""
    permissions.may_set_confidentiality(study, holder or study.holder, by=by).require()
    if is_confidential and study.is_public:
        Verdict.no(message("A study of a public register cannot be hidden.")).require()
    study = reread(study, version)
    study.is_confidential = is_confidential
    study.holder = (holder or study.holder) if is_confidential else None
    study.save()
    owner = holder or study.holder
    record(
        facts.StudyConfidentialitySet(
            subject=study.subject,
            organization=owner.code if owner else "",
            is_confidential=is_confidential,
            reason=reason,
        ),
        by=by,
    )
    return study
