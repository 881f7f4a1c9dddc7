"""Enter counts of inclusions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from diapason.audit_trail import bulk
from diapason.audit_trail.acts import act, record
from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.operation.enrolment import facts, permissions
from diapason.operation.enrolment.models import EnrolmentCount
from diapason.operation.enrolment.queries import counts_of_year
from diapason.operation.enrolment.rules import counts_are_sound


@act
def record_counts(
    *,
    study: Study,
    organization: Organization | None,
    year: int,
    counts: Mapping[int, int],
    source: str,
    by: Any,
    on: date,
) -> int:
    """Enter or correct the inclusions of a study in a year, by month (ISO 9001 §9.1.1); return their sum.

    `organization` None stands for the whole study. Months that are not given stay as they are.
    """
    permissions.may_record_enrolment(study, organization, by=by).require()
    counts_are_sound(year, counts, on=on).require()
    known = counts_of_year(study, organization, year)
    fresh = []
    for month, included in counts.items():
        row = known.get(month)
        if row is None:
            fresh.append(
                EnrolmentCount(
                    study=study,
                    organization=organization,
                    year=year,
                    month=month,
                    included=included,
                    source=source,
                )
            )
        elif (row.included, row.source) != (included, source):
            row.included, row.source, row.version = included, source, row.version + 1
            row.save()
    bulk.insert(EnrolmentCount, fresh)
    total = sum(counts.values())
    owner = organization.code if organization else study.owner_code
    record(
        facts.EnrolmentCountsRecorded(
            subject=study.subject, organization=owner, year=year, total=total, source=source
        ),
        by=by,
    )
    return total


@act
def take_over_counts(*, counts: Sequence[EnrolmentCount], source: str, by: Any, on: date) -> int:
    """Take over unsaved counts that nobody entered yet, in one go; return their sum. For automata only."""
    bulk.insert(EnrolmentCount, counts)
    total = sum(count.included for count in counts)
    record(
        facts.EnrolmentCountsTakenOver(
            subject="enrolment:all", counts=len(counts), total=total, source=source
        ),
        by=by,
    )
    return total
