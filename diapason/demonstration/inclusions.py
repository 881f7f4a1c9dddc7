"""Invent the counts of inclusions: 5,000 in the studies of R&D in 2017, and each sponsor's last three years."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from diapason.audit_trail.open_act import Automaton
from diapason.context.network.models import Organization
from diapason.context.studies.models import Study, StudyStatus
from diapason.demonstration.invention import draw, shares
from diapason.demonstration.network import SOURCE
from diapason.operation.enrolment.acts import take_over_counts
from diapason.operation.enrolment.models import EnrolmentCount

FIRST_YEAR, FIRST_TOTAL, GROWTH = 2017, 5_000, 0.035
QUARTERS = (3, 6, 9, 12)
DENSE_YEARS = 3
MOST = 300
"""Studies of which the inclusions of a year are told, at most."""


def count(*, today: date, by: Automaton) -> None:
    """Hand the invented counts over to the enrolment chapter, a year an act."""
    central = Organization.objects.get(kind=Organization.Kind.CENTRAL_FUNCTION)
    for year in range(FIRST_YEAR, today.year):
        of_central = list(_open_in(year).filter(sponsor=central)[:MOST])
        rows = _rows(year, of_central, round(FIRST_TOTAL * (1 + GROWTH) ** (year - FIRST_YEAR)))
        if year >= today.year - DENSE_YEARS:
            others = list(_open_in(year).filter(sponsor__isnull=False).exclude(sponsor=central)[:MOST])
            rows += _rows(year, others, 14 * len(others))
        take_over_counts(counts=rows, source=SOURCE, by=by, on=date(year + 1, 1, 20))


def _open_in(year: int) -> QuerySet[Study]:
    """Return the studies open to inclusion on some day of the year."""
    recruiting = StudyStatus.objects.filter(
        Q(until_on=None) | Q(until_on__gt=date(year, 1, 1)),
        study=OuterRef("pk"),
        status="recruiting",
        since_on__lte=date(year, 12, 31),
    )
    return Study.objects.filter(Exists(recruiting)).order_by("pk")


def _rows(year: int, studies: list[Study], total: int) -> list[EnrolmentCount]:
    """Return the inclusions of these studies in a year, by quarter."""
    chance = draw(f"inclusions {year} {len(studies)}")
    return [
        EnrolmentCount(study=study, year=year, month=month, included=included, source=SOURCE)
        for study, amount in zip(studies, shares(chance, total, len(studies)), strict=True)
        for month, included in zip(QUARTERS, shares(chance, amount, len(QUARTERS)), strict=True)
    ]
