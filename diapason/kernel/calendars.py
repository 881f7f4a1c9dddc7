"""Count calendar days, working days and hours, and say by which source a term runs.

Regulatory clocks run in calendar days, rules of the house in working days (Monday to Friday without the public
holidays of the region). Holidays are those of the `holidays` package, read when first asked for.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from diapason.kernel.words import message

Unit = Literal["hours", "calendar", "working"]
UNIT_LABELS: Final[dict[str, str]] = {
    "hours": message("hours"),
    "calendar": message("calendar days"),
    "working": message("working days"),
}
REGIONS: Final[dict[str, str]] = {
    **dict.fromkeys(("57", "67", "68"), "57"),
    **{code: code for code in ("971", "972", "973", "974", "976")},
    "975": "PM",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
"""Department → its name in the holidays package, where days differ from those of the whole country.

In Alsace-Moselle the order of 16 August 1892 makes Good Friday a holiday where a Protestant church stands; the
package, and so these terms, count it everywhere there.
"""
FIRST_YEAR: Final = 1947
LAST_YEAR: Final = 2100
SATURDAY: Final = 5
WEEK: Final = 7


def region_of(department: str) -> str:
    """Return the calendar of holidays of a French department code, "" for that of the whole country."""
    return REGIONS.get(department.strip().upper(), "")


@lru_cache(maxsize=256)
def _holidays(year: int, region: str) -> frozenset[date]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no public holidays are known for {year}")
    from holidays import country_holidays

    return frozenset(country_holidays("FR", subdiv=region or None, years=year))


@lru_cache(maxsize=256)
def _holidays_on_weekdays(year: int, region: str) -> tuple[date, ...]:
    return tuple(sorted(day for day in _holidays(year, region) if day.weekday() < SATURDAY))


def is_holiday(day: date, region: str = "") -> bool:
    """Tell whether `day` is a public holiday of `region` (see `region_of`); ValueError outside 1947 to 2100."""
    return day in _holidays(day.year, region)


def is_working_day(day: date, region: str = "") -> bool:
    """Tell whether `day` is a Monday to Friday and no public holiday of `region`."""
    return day.weekday() < SATURDAY and not is_holiday(day, region)


def calendar_days_after(day: date, count: int) -> date:
    """Return the day `count` calendar days after `day` (which itself is not counted); negative: before."""
    return day + timedelta(days=count)


def working_days_after(day: date, count: int, region: str = "") -> date:
    """Return the `count`-th working day after `day`, which itself is not counted; negative: before.

    Zero gives `day` itself, or the next working day when it is none. ValueError outside 1947 to 2100.
    """
    step = timedelta(days=-1 if count < 0 else 1)
    if count == 0:
        while not is_working_day(day, region):
            day += step
        return day
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, region)
    return day


def working_days_between(first: date, last: date, region: str = "") -> int:
    """Return how many working days lie after `first`, up to and with `last` (negative when `last` is earlier).

    So `working_days_between(day, working_days_after(day, n)) == n`. ValueError outside 1947 to 2100.
    """
    if last < first:
        return -working_days_between(last, first, region)
    return _working_days_until(last, region) - _working_days_until(first, region)


@lru_cache(maxsize=16_384)  # figures ask for the same days of a few years again and again
def _working_days_until(day: date, region: str) -> int:
    """Return a count that grows by one on each working day; holidays are summed year by year."""
    weeks, rest = divmod(day.toordinal() - 1, WEEK)  # day 1 of the calendar is a Monday
    weekdays = weeks * SATURDAY + min(rest + 1, SATURDAY)
    held = bisect_right(_holidays_on_weekdays(day.year, region), day)
    return weekdays - held - _holidays_before(day.year, region)


@lru_cache(maxsize=512)
def _holidays_before(year: int, region: str) -> int:
    return sum(len(_holidays_on_weekdays(each, region)) for each in range(FIRST_YEAR, year))


@dataclass(frozen=True)
class Deadline:
    """Hold a term: from when, how many of which unit, by which source, and until when.

    `due_on` is the last day that is still in time. `due_at` is set for terms in hours only (an aware moment).
    `source` names the text that commands the term; `region` the calendar used for working days.
    """

    start: date | datetime
    count: int
    unit: Unit
    due_on: date
    source: str
    due_at: datetime | None = None
    region: str = ""

    @classmethod
    def in_hours(cls, start: datetime, count: int, source: str) -> "Deadline":
        """Return the term `count` hours after the aware moment `start` (ValueError for one without a zone)."""
        if start.tzinfo is None:
            raise ValueError("a term in hours starts at a moment with a zone")
        due = (start.astimezone(tz=UTC) + timedelta(hours=count)).astimezone(start.tzinfo)
        return cls(start, count, "hours", due.date(), source, due_at=due)

    @classmethod
    def in_calendar_days(cls, start: date, count: int, source: str) -> "Deadline":
        """Return the term `count` calendar days after `start`; the last day may be a Sunday or a holiday."""
        return cls(start, count, "calendar", calendar_days_after(start, count), source)

    @classmethod
    def in_working_days(cls, start: date, count: int, source: str, region: str = "") -> "Deadline":
        """Return the term `count` working days after `start` in the calendar of `region`."""
        due = working_days_after(start, count, region)
        return cls(start, count, "working", due, source, region=region)

    @property
    def unit_label(self) -> str:
        """Return the message id of the unit ("working days")."""
        return UNIT_LABELS[self.unit]

    def is_missed(self, now: date | datetime) -> bool:
        """Tell whether the term is over: after the last day, or after the moment when both have an hour."""
        if isinstance(now, datetime):
            if self.due_at is not None:
                return now > self.due_at
            now = now.date()
        return now > self.due_on

    def days_left(self, on: date) -> int:
        """Return the calendar days until the last day: 0 on that day, negative afterwards."""
        return (self.due_on - on).days
