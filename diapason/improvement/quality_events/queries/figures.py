"""Count events for the page of figures: everything in one statement.

The database brings what happened on each day as one text (see `Gathered`): a row a day, in the order of an index.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from diapason.context.network.models import Organization
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.improvement.quality_events.queries.spans import Gathered, tokens
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.ageing import band_of
from diapason.improvement.quality_events.rules.durations import Closed, Sorted, sorted_rows
from diapason.kernel.calendars import region_of
from diapason.ui.together import ask_together

LATEST = 48
"""How many successive events a chart of single events shows."""
APART, EARLY = 1_000_000, 100_000
"""Month and days stand in one number, which counts faster than a pair: months so far apart, days from so far below."""


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
    by_region = by_calendar(sight.rows.filter(asked.reported()).order_by(), sight.houses)
    closing, ages, triaged, ended, *reported = ask_together(
        by_closing(every, asked),
        by_age(every.open()),
        latest(every, "triaged_on", region) if single else every.none(),
        latest(every, "closed_on", region) if single else every.none(),
        *(by_day(rows) for _region, rows in by_region),
    )
    days = [
        (region, *day) for (region, _rows), found in zip(by_region, reported, strict=True) for day in found
    ]
    monthly = counts_of(days)
    return Figures(
        monthly,
        sorted_rows(sorting_of(days), on=asked.on),
        closed_rows(closing, monthly),
        ages_of(ages, asked.on),
        [One(*row) for row in triaged][::-1],
        [One(*row) for row in ended][::-1],
    )


def regions_of(houses: Sequence[Organization]) -> dict[str, list[int]]:
    """Return the calendars of holidays that are not that of the whole country, with the houses that go by them."""
    regions: dict[str, list[int]] = {}
    for house in houses:
        if region := region_of(house.department):
            regions.setdefault(region, []).append(house.pk)
    return dict(sorted(regions.items()))


def region_case(houses: Sequence[Organization]) -> Any:
    """Return the calendar of holidays that counts for an event, by the house that deals with it."""
    whens = [When(organization__in=keys, then=Value(region)) for region, keys in regions_of(houses).items()]
    return Case(*whens, default=Value(""), output_field=CharField()) if whens else Value("", CharField())


def by_calendar(rows: QuerySet[Any], houses: Sequence[Organization]) -> list[tuple[str, QuerySet[Any]]]:
    """Return the rows by the calendar of holidays that counts for them."""
    regions = regions_of(houses)
    special = [key for keys in regions.values() for key in keys]
    usual = rows.exclude(organization__in=special) if special else rows
    return [("", usual), *((name, rows.filter(organization__in=keys)) for name, keys in regions.items())]


def by_day(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return (reported on, organization of each event, day on which each was sorted, how many wait)."""
    return (
        rows.values("reported_on")
        .annotate(
            houses=Gathered("organization_id"),
            done=Gathered("triaged_on"),
            waiting=Count("pk", filter=Q(triaged_on=None, state=moves.REPORTED)),
        )
        .values_list("reported_on", "houses", "done", "waiting")
    )


def counts_of(days: Iterable[tuple[str, date, str, str | None, int]]) -> dict[int, dict[str, int]]:
    """Return organization → month → events."""
    found: dict[str, Counter[str]] = {}
    for _region, reported, houses, _done, _waiting in days:
        found.setdefault(reported.isoformat()[:7], Counter()).update(tokens(houses))
    counts: dict[int, dict[str, int]] = {}
    for month in sorted(found):
        for house, events in found[month].items():
            counts.setdefault(int(house), {})[month] = events
    return counts


def sorting_of(
    days: Iterable[tuple[str, date, str, str | None, int]],
) -> list[tuple[str, date, date | None, int]]:
    """Return (region, reported on, sorted on, events) of those sorted, and of those that still wait."""
    found: list[tuple[str, date, date | None, int]] = []
    known: dict[str, date] = {}
    for region, reported, _houses, done, waiting in days:
        for text, events in Counter(tokens(done)).items():
            day = known.get(text) or known.setdefault(text, date.fromisoformat(text))
            found.append((region, reported, day, events))
        if waiting:
            found.append((region, reported, None, waiting))
    return found


def by_closing(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any, Any]:
    """Return (closed on, day on which each was reported) of the events closed since the first day."""
    return (
        rows.filter(closed_on__gte=asked.first, reported_on__lte=asked.last)
        .values("closed_on")
        .annotate(reported=Gathered("reported_on"))
        .values_list("closed_on", "reported")
    )


def closed_rows(rows: Iterable[tuple[date, str]], counts: dict[int, dict[str, int]]) -> list[Closed]:
    """Return the closed events by month reported, month closed and days; then those not closed, by month reported."""
    begun: dict[str, int] = {}
    months: dict[int, str] = {}
    found: dict[str, Counter[int]] = {}
    for closed, text in rows:
        days, ordinal = text.split(","), closed.toordinal()
        for day in set(days) - begun.keys():
            month = int(day[:4] + day[5:7])
            begun[day], months[month] = month * APART + EARLY - date.fromisoformat(day).toordinal(), day[:7]
        found.setdefault(closed.isoformat()[:7], Counter()).update([begun[day] + ordinal for day in days])
    closings = [
        Closed(months[both // APART], ended, both % APART - EARLY, events)
        for ended, counted in found.items()
        for both, events in counted.items()
    ]
    left = Counter(dict.fromkeys(months.values(), 0))
    for house in counts.values():
        left.update(house)
    for one in closings:
        left[one.month] -= one.events
    return closings + [Closed(month, None, None, events) for month, events in left.items() if events > 0]


def by_age(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return (state, reported on, events)."""
    counted = rows.values("state", "reported_on").annotate(events=Count("pk"))
    return counted.values_list("state", "reported_on", "events")


def ages_of(rows: Iterable[tuple[str, date, int]], on: date) -> dict[str, dict[str, int]]:
    """Return band → state → events, by how long ago they were reported."""
    found: dict[str, dict[str, int]] = {}
    for state, reported, events in rows:
        states = found.setdefault(band_of(reported, on).code, {})
        states[state] = states.get(state, 0) + events
    return found


def latest(rows: QuerySet[Any], day: str, region: Any) -> QuerySet[Any, Any]:
    """Return (number, reported on, ended on, region) of the last events that reached that day."""
    reached = rows.filter(**{f"{day}__isnull": False}).order_by(f"-{day}", "-number")
    return reached.annotate(calendar=region, ended=F(day)).values_list(
        "number", "reported_on", "ended", "calendar"
    )[:LATEST]
