"""Handle dates that are known in part, and periods."""

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class PartialDate:
    """Hold a date of which perhaps only bounds are known ("by April 2018").

    `earliest` and `latest` are inclusive bounds, either may be None; `wording` is the source's own words.
    """

    earliest: date | None
    latest: date | None
    wording: str = ""

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")

    @classmethod
    def day(cls, value: date) -> "PartialDate":
        """Return the date that is known to the day."""
        return cls(value, value)

    @classmethod
    def month(cls, year: int, month: int, wording: str = "") -> "PartialDate":
        """Return a date known to the month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), wording)

    @classmethod
    def year(cls, year: int, wording: str = "") -> "PartialDate":
        """Return a date known to the year."""
        return cls(date(year, 1, 1), date(year, 12, 31), wording)

    @classmethod
    def by(cls, latest: date, wording: str = "") -> "PartialDate":
        """Return a date of which only the upper bound is known."""
        return cls(None, latest, wording)

    @property
    def is_known(self) -> bool:
        """Tell whether at least one bound is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def is_exact(self) -> bool:
        """Tell whether the day itself is known."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def precision(self) -> str:
        """Return "day", "month", "year", "by", "from", "between" or "unknown"."""
        first, last = self.earliest, self.latest
        if first is None or last is None:
            return "by" if last else "from" if first else "unknown"
        if first == last:
            return "day"
        if first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
            return "year"
        whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        return "month" if whole and (first.year, first.month) == (last.year, last.month) else "between"


@dataclass(frozen=True, order=True)
class Period:
    """Hold a stretch of days; both ends belong to it, an end of None is open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"{self.end} is before {self.start}")

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return the calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def contains(self, day: date) -> bool:
        """Tell whether `day` belongs to the period."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two periods share a day."""
        return (other.end is None or self.start <= other.end) and (
            self.end is None or other.start <= self.end
        )


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later (negative: earlier), the last day of the month when it is shorter."""
    position = day.year * 12 + day.month - 1 + months
    year, month = position // 12, position % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
