"""Answer questions about inclusions; each is one query.

Where a month has both a count of the whole study and counts by organization, the sum over a study is the
count of the whole study: two sources are never added up.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.kernel.dates import Period
from diapason.operation.enrolment.models import EnrolmentCount
from diapason.ui.asking import Asking, asks


def in_period(period: Period) -> QuerySet[EnrolmentCount]:
    """Return the counts of the months that begin within the period."""
    rows = EnrolmentCount.objects.alias(position=F("year") * 12 + F("month"))
    rows = rows.filter(position__gte=period.start.year * 12 + period.start.month, year__gte=period.start.year)
    if period.end is None:
        return rows
    return rows.filter(position__lte=period.end.year * 12 + period.end.month, year__lte=period.end.year)


def without_doubles(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the counts so that each month of a study counts once: in all where that is known, else by organization."""
    whole = EnrolmentCount.objects.filter(
        study=OuterRef("study"), year=OuterRef("year"), month=OuterRef("month"), organization=None
    )
    return rows.filter(Q(organization=None) | ~Exists(whole))


def with_sponsor(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the counts, each with the `sponsor` of its study.

    Looked up from the counts of the period: a join may begin with every study that the sponsor ever had.
    """
    of_study = Study.objects.filter(pk=OuterRef("study")).order_by().values("sponsor")
    return rows.annotate(sponsor=Subquery(of_study))


def inclusions(
    period: Period, *, sponsor: Organization | None = None, organization: Organization | None = None
) -> int:
    """Return the participants included in the period: at an organization, else in members' studies."""
    rows: QuerySet[Any] = in_period(period)
    if organization is not None:
        rows = rows.filter(organization=organization)
    else:
        rows = with_sponsor(without_doubles(rows))
        rows = rows.filter(sponsor=sponsor.pk) if sponsor else rows.filter(sponsor__isnull=False)
    return int(rows.aggregate(total=Sum("included"))["total"] or 0)


def inclusions_by_sponsor(period: Period) -> dict[int, int]:
    """Return sponsoring member (id) → participants included in its studies in the period."""
    rows = with_sponsor(without_doubles(in_period(period))).filter(sponsor__isnull=False).order_by()
    return dict(rows.values_list("sponsor").annotate(total=Sum("included")))


def inclusions_by_organization(period: Period) -> dict[int, int]:
    """Return member (id) → participants included there in the period, whoever sponsors."""
    rows = in_period(period).filter(organization__isnull=False).order_by()
    return dict(rows.values_list("organization").annotate(total=Sum("included")))


def studies_counted(period: Period, studies: Iterable[Any]) -> int:
    """Return how many of these studies have at least one count in the period: the completeness of a sum."""
    return in_period(period).filter(study__in=studies).order_by().values("study").distinct().count()


@asks
def months_of(study: Study, organizations: Iterable[int] | None = None) -> Asking[list[tuple[int, int, int]]]:
    """Return (year, month, included) of a study in order, in all or at these organizations only."""
    rows = EnrolmentCount.objects.filter(study=study)
    rows = without_doubles(rows) if organizations is None else rows.filter(organization__in=organizations)
    totals = rows.order_by("year", "month").values_list("year", "month").annotate(total=Sum("included"))
    (found,) = yield [totals]
    return list(found)


def counts_of_year(study: Study, organization: Organization | None, year: int) -> dict[int, EnrolmentCount]:
    """Return month → count of a study at an organization (None: in all)."""
    rows = EnrolmentCount.objects.filter(study=study, organization=organization, year=year)
    return {row.month: row for row in rows}
