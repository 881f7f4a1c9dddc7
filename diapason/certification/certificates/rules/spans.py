"""Reckon with stretches of days of which the ends may be known as bounds only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
Stretch = tuple[date, date]
"""A first and a last day, both belonging to it; date.min and date.max stand for "open"."""


@dataclass(frozen=True)
class Span:
    """Hold when something is true: surely between the inner bounds, possibly between the outer ones.

    `possible_from` None: perhaps for ever before; `sure_from` None: never surely.
    `sure_until` None with a `sure_from`: surely that one day only; `possible_until` None: perhaps for ever after.
    """

    possible_from: date | None
    sure_from: date | None
    sure_until: date | None
    possible_until: date | None

    @property
    def sure(self) -> list[Stretch]:
        """Return the stretch that is sure, if there is one."""
        if self.sure_from is None:
            return []
        last = self.sure_until or self.sure_from
        return [(self.sure_from, last)] if last >= self.sure_from else []

    @property
    def possible(self) -> list[Stretch]:
        """Return the stretch that is possible."""
        first, last = self.possible_from or date.min, self.possible_until or date.max
        return [(first, last)] if last >= first else []


def next_day(day: date) -> date:
    """Return the day after, the last day of the calendar staying where it is."""
    return day if day == date.max else day + DAY


def day_before(day: date) -> date:
    """Return the day before, the first day of the calendar staying where it is."""
    return day if day == date.min else day - DAY


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same days as the fewest stretches, in order; neighbours are joined."""
    result: list[Stretch] = []
    for first, last in sorted(stretches):
        if result and first <= next_day(result[-1][1]):
            result[-1] = (result[-1][0], max(result[-1][1], last))
        else:
            result.append((first, last))
    return result


def without(stretches: Iterable[Stretch], holes: Iterable[Stretch]) -> list[Stretch]:
    """Return the days of `stretches` that lie in no hole."""
    left = merged(stretches)
    for first, last in merged(holes):
        kept: list[Stretch] = []
        for begin, end in left:
            if end < first or begin > last:
                kept.append((begin, end))
                continue
            if begin < first:
                kept.append((begin, day_before(first)))
            if end > last:
                kept.append((next_day(last), end))
        left = kept
    return left


def common(left: Iterable[Stretch], right: Iterable[Stretch]) -> list[Stretch]:
    """Return the days that lie in both."""
    others = merged(right)
    return [
        (max(begin, first), min(end, last))
        for begin, end in merged(left)
        for first, last in others
        if begin <= last and first <= end
    ]


def holding(stretches: Iterable[Stretch], day: date) -> Stretch | None:
    """Return the stretch that holds the day."""
    return next(((first, last) for first, last in stretches if first <= day <= last), None)
