"""Count events for the page of figures: everything in one statement, grouped by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from diapason.context.network.models import Organization
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.improvement.quality_events.queries.spans import DaysBetween, MonthOf
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.ageing import BANDS, since
from diapason.improvement.quality_events.rules.durations import Closed, Sorted, sorted_rows
from diapason.kernel.calendars import region_of
from diapason.ui.together import ask_together

LATEST = 48
"""How many successive events a chart of single events shows."""


@dataclass(frozen=True)
class Asked:
    """Hold what the reader asks for: first and last day of whole months, today, and what narrows the events."""

    first: date
    last: date
    on: date
    category: str = ""
    kind: str = ""

    def about(self, path: str = "") -> Q:
        """Return the condition on kind and category."""
        wanted = {"category": self.category, "kind": self.kind}
        return Q(**{path + name: value for name, value in wanted.items() if value})

    def reported(self, path: str = "") -> Q:
        """Return the condition on events of that kind and category reported in the period."""
        return self.about(path) & Q(
            **{f"{path}reported_on__gte": self.first, f"{path}reported_on__lte": self.last}
        )


@dataclass(frozen=True)
class One:
    """Hold one event of a chart of successive events."""

    number: str
    reported_on: date
    ended_on: date
    region: str = ""


@dataclass(frozen=True)
class Figures:
    """Hold what the charts are drawn from; months are texts like "2026-11"."""

    monthly: dict[int, dict[str, int]]
    sorted: list[Sorted]
    closed: list[Closed]
    ages: dict[str, dict[str, int]]
    latest_sorted: list[One]
    latest_closed: list[One]

    @property
    def total(self) -> int:
        """Return how many events were reported in the period."""
        return sum(sum(months.values()) for months in self.monthly.values())

    @property
    def houses(self) -> int:
        """Return how many organizations reported at least one."""
        return len(self.monthly)


def figures_of(sight: Sight, asked: Asked) -> Figures:
    """Return the figures of a sight: one statement."""
    region, single = region_case(sight.houses), not sight.counts_only
    every = sight.rows.filter(asked.about()).order_by()
    rows = sight.rows.filter(asked.reported()).order_by()
    monthly, sorting, closing, ages, triaged, ended = ask_together(
        by_month(rows),
        by_sorting(rows, region),
        by_closing(every, asked),
        by_age(every.open(), asked.on),
        latest(every, "triaged_on", region) if single else every.none(),
        latest(every, "closed_on", region) if single else every.none(),
    )
    counts: dict[int, dict[str, int]] = {}
    for house, month, events in monthly:
        counts.setdefault(house, {})[month] = events
    bands: dict[str, dict[str, int]] = {}
    for band, state, events in ages:
        bands.setdefault(band, {})[state] = events
    return Figures(
        counts,
        sorted_rows(sorting, on=asked.on),
        [Closed(*row) for row in closing],
        bands,
        [One(*row) for row in triaged][::-1],
        [One(*row) for row in ended][::-1],
    )


def region_case(houses: Sequence[Organization]) -> Any:
    """Return the calendar of holidays that counts for an event, by the house that deals with it."""
    regions: dict[str, list[int]] = {}
    for house in houses:
        if region := region_of(house.department):
            regions.setdefault(region, []).append(house.pk)
    whens = [When(organization__in=keys, then=Value(region)) for region, keys in sorted(regions.items())]
    return Case(*whens, default=Value(""), output_field=CharField()) if whens else Value("", CharField())


def by_month(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return (organization, month, events)."""
    return (
        rows.values(month=MonthOf("reported_on"))
        .annotate(events=Count("pk"))
        .values_list("organization_id", "month", "events")
    )


def by_sorting(rows: QuerySet[Any], region: Any) -> QuerySet[Any, Any]:
    """Return (region, reported on, sorted on, events) of those sorted, and of those that still wait."""
    known = rows.filter(Q(triaged_on__isnull=False) | Q(state=moves.REPORTED))
    return (
        known.values(calendar=region)
        .annotate(events=Count("pk"))
        .values_list("calendar", "reported_on", "triaged_on", "events")
    )


def by_closing(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any, Any]:
    """Return (month reported, month closed, days, events) of events reported or closed in the period."""
    within = Q(reported_on__gte=asked.first) | Q(closed_on__gte=asked.first)
    return (
        rows.filter(within, reported_on__lte=asked.last)
        .values(
            month=MonthOf("reported_on"),
            ended=MonthOf("closed_on"),
            days=DaysBetween("closed_on", "reported_on"),
        )
        .annotate(events=Count("pk"))
        .values_list("month", "ended", "days", "events")
    )


def by_age(rows: QuerySet[Any], on: date) -> QuerySet[Any, Any]:
    """Return (band, state, events) of open events by how long ago they were reported."""
    whens = [When(reported_on__gte=since(band, on), then=Value(band.code)) for band in BANDS if band.days]
    band = Case(*whens, default=Value(BANDS[-1].code), output_field=CharField())
    return rows.values(band=band).annotate(events=Count("pk")).values_list("band", "state", "events")


def latest(rows: QuerySet[Any], day: str, region: Any) -> QuerySet[Any, Any]:
    """Return (number, reported on, ended on, region) of the last events that reached that day."""
    reached = rows.filter(**{f"{day}__isnull": False}).order_by(f"-{day}", "-number")
    return reached.annotate(calendar=region, ended=F(day)).values_list(
        "number", "reported_on", "ended", "calendar"
    )[:LATEST]
