"""Lay the counts of some months out as series: by study and category, and for all studies of a house together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from diapason.context.network.models import Organization
from diapason.improvement.deviation_sheets.models import DeviationCount
from diapason.improvement.deviation_sheets.rules.cells import Cell

Series = dict[str, list[Cell | None]]


@dataclass(frozen=True)
class HouseMonths:
    """Hold the months of all studies together: by category (deviations, sheets known) and of which major."""

    pairs: dict[str, list[tuple[int, int]]]
    majors: dict[str, list[int]]

    def all_categories(self) -> list[int | None]:
        """Return the deviations of each month whatever their category, None for a month not known."""
        known = zip(*self.pairs.values(), strict=True)
        return [
            sum(count for count, _ in month) if any(sheets for _, sheets in month) else None
            for month in known
        ]


def counts_of(organization: Organization, months: Sequence[date]) -> QuerySet[DeviationCount]:
    """Return the counts of a house over those months."""
    return DeviationCount.objects.filter(
        sheet__organization=organization, sheet__month__gte=months[0], sheet__month__lte=months[-1]
    )


def series_of_studies(
    organization: Organization, studies: Iterable[int], months: Sequence[date]
) -> dict[int, Series]:
    """Return study key → category → one cell a month, None where nothing is known; one statement."""
    rows = counts_of(organization, months).filter(sheet__study__in=list(studies))
    places = {month: place for place, month in enumerate(months)}
    found: dict[int, Series] = {}
    for study, month, category, count, major in rows.values_list(
        "sheet__study_id", "sheet__month", "category", "count", "major"
    ):
        line = found.setdefault(study, {}).setdefault(category, [None] * len(months))
        line[places[month]] = Cell(count, major)
    return found


def series_of_house(organization: Organization, months: Sequence[date]) -> HouseMonths:
    """Return the sums over all studies of a house; one statement."""
    rows = (
        counts_of(organization, months)
        .order_by()
        .values("sheet__month", "category")
        .annotate(deviations=Sum("count"), majors=Sum("major"), sheets=Count("pk"))
        .values_list("sheet__month", "category", "deviations", "majors", "sheets")
    )
    places = {month: place for place, month in enumerate(months)}
    pairs: dict[str, list[tuple[int, int]]] = {}
    majors: dict[str, list[int]] = {}
    for month, category, deviations, major, sheets in rows:
        pairs.setdefault(category, [(0, 0)] * len(months))[places[month]] = (deviations, sheets)
        majors.setdefault(category, [0] * len(months))[places[month]] = major
    return HouseMonths(pairs, majors)
