"""Read how long sorting and closing take: medians by month, shares in time; never an average of durations."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from diapason.kernel.calendars import working_days_between
from diapason.kernel.dates import months_after


@dataclass(frozen=True)
class Sorted:
    """Hold how many events of a month were sorted after so many working days.

    `days` is None for those that wait; `waited` are then the working days gone by.
    """

    month: str
    days: int | None
    waited: int
    events: int

    def is_due(self, *, within: int) -> bool:
        """Tell whether it is known if they were sorted in time: they are sorted, or their time is over."""
        return self.days is not None or self.waited > within


def sorted_rows(rows: Iterable[tuple[str, date, date | None, int]], *, on: date) -> list[Sorted]:
    """Return the counts by month and working days out of (region, reported on, sorted on, events)."""
    found: Counter[tuple[int, int, int | None, int]] = Counter()
    for region, reported, done, events in rows:
        days = working_days_between(reported, done, region) if done else None
        waited = 0 if done else working_days_between(reported, on, region)
        found[reported.year, reported.month, days, waited] += events
    return [
        Sorted(f"{year}-{month:02d}", days, waited, events)
        for (year, month, days, waited), events in found.items()
    ]


class Closed(NamedTuple):
    """Hold how many events of a month were closed in another after so many calendar days (None: not closed)."""

    month: str
    closed_in: str | None
    days: int | None
    events: int


@dataclass(frozen=True)
class Share:
    """Hold how many of how many."""

    part: int = 0
    whole: int = 0


def months_between(first: date, last: date) -> list[str]:
    """Return the months from the first day to the last, both included."""
    months, day = [], first.replace(day=1)
    while day <= last:
        months.append(f"{day:%Y-%m}")
        day = months_after(day, 1)
    return months


def whole_months(count: int, on: date) -> tuple[date, date]:
    """Return first and last day of the last so many months that are over on that day."""
    begun = on.replace(day=1)
    return months_after(begun, -count), begun - timedelta(days=1)


def month_named(text: str) -> tuple[date, date] | None:
    """Return first and last day of a month written YYYY-MM, None for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first, months_after(first, 1) - timedelta(days=1)


def median_of(weighed: Iterable[tuple[int, int]]) -> float | None:
    """Return the median of values given as (value, how often), None without any."""
    rows = sorted((value, times) for value, times in weighed if times)
    total = sum(times for _, times in rows)
    if not total:
        return None
    return (_nth(rows, (total - 1) // 2) + _nth(rows, total // 2)) / 2


def _nth(rows: Sequence[tuple[int, int]], place: int) -> int:
    for value, times in rows:
        if place < times:
            return value
        place -= times
    raise IndexError(place)


def medians_to_sort(rows: Iterable[Sorted]) -> dict[str, float | None]:
    """Return month reported → median working days until sorted."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        if row.days is not None:
            found.setdefault(row.month, []).append((row.days, row.events))
    return {month: median_of(weighed) for month, weighed in found.items()}


def medians_to_close(rows: Iterable[Closed]) -> dict[str, float | None]:
    """Return month closed → median calendar days since the report."""
    found: dict[str, Counter[int]] = {}
    for _month, closed_in, days, events in rows:
        if closed_in is not None and days is not None:
            found.setdefault(closed_in, Counter())[days] += events
    return {month: median_of(weighed.items()) for month, weighed in found.items()}


def days_to_close(rows: Iterable[Closed], *, since: str) -> Counter[int]:
    """Return calendar days since the report → how many events closed from that month on."""
    found: Counter[int] = Counter()
    for _month, closed_in, days, events in rows:
        if closed_in is not None and days is not None and closed_in >= since:
            found[days] += events
    return found


def sorted_in_time(rows: Iterable[Sorted], *, within: int) -> dict[str, Share]:
    """Return month reported → share sorted within so many working days; what is not yet due is left out."""
    due = (row for row in rows if row.is_due(within=within))
    return _shares(((row.month, row.days, row.events) for row in due), within)


def closed_in_time(rows: Iterable[Closed], *, within: int, on: date) -> dict[str, Share]:
    """Return month reported → share closed within so many days; only months whose last event has had its time."""
    unripe = f"{on - timedelta(days=within - 1):%Y-%m}"
    return _shares(((month, days, events) for month, _, days, events in rows if month < unripe), within)


def _shares(rows: Iterable[tuple[str, int | None, int]], within: int) -> dict[str, Share]:
    """Return month → share done within so many days, out of (month, days or None, events)."""
    every: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for month, days, events in rows:
        every[month] += events
        if days is not None and days <= within:
            done[month] += events
    return {month: Share(done[month], events) for month, events in every.items()}


def whole(shares: Mapping[str, Share]) -> Share:
    """Return the share over all months."""
    return Share(sum(one.part for one in shares.values()), sum(one.whole for one in shares.values()))
