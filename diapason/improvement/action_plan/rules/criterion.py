"""Read a criterion of effectiveness against a series of figures, without over-reading few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Final

from diapason.kernel.dates import months_after
from diapason.kernel.words import message

INDICATOR: Final = "indicator"
RECURRENCE: Final = "recurrence"
RE_AUDIT: Final = "re_audit"
SAMPLE: Final = "sample"
KINDS: Final = {
    INDICATOR: message("An indicator and a target"),
    RECURRENCE: message("How often it comes back"),
    RE_AUDIT: message("A new audit of the point"),
    SAMPLE: message("A check of a sample"),
}
MEASURED: Final = (INDICATOR, RECURRENCE)
OPERATORS: Final = {"<=": le, "<": lt, ">=": ge, ">": gt}

EFFECTIVE: Final = "effective"
NOT_EFFECTIVE: Final = "not_effective"
TOO_FEW: Final = "too_few"


@dataclass(frozen=True)
class Point:
    """Hold one period of a series: its first day, its figure (None: not known), how many cases it rests on."""

    start: date
    value: Decimal | None
    cases: int | None = None


@dataclass(frozen=True)
class Target:
    """Hold what was fixed beforehand: compare each of `periods` consecutive periods with `value`."""

    operator: str
    value: Decimal
    periods: int = 1

    def is_met_by(self, figure: Decimal) -> bool:
        """Tell whether one figure meets it."""
        return bool(OPERATORS[self.operator](figure, self.value))


@dataclass(frozen=True)
class Reading:
    """Hold what a series says: the proposed answer, how many whole periods were read and how many met the target."""

    answer: str
    read: int
    met: int


def whole_periods_after(points: Sequence[Point], after: date, until: date, months: int = 1) -> list[Point]:
    """Return the periods (of so many months) that began after the action was done and ended before the reading."""
    return [point for point in points if point.start > after and months_after(point.start, months) <= until]


def read(target: Target, points: Sequence[Point], *, after: date, until: date, months: int = 1) -> Reading:
    """Return what the periods after `after` say; fewer known ones than asked for is too few, never a failure."""
    known = [point for point in whole_periods_after(points, after, until, months) if point.value is not None]
    last = known[-target.periods :]
    met = sum(1 for point in last if point.value is not None and target.is_met_by(point.value))
    if len(last) < target.periods:
        return Reading(TOO_FEW, len(last), met)
    return Reading(EFFECTIVE if met == len(last) else NOT_EFFECTIVE, len(last), met)
