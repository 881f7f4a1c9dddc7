"""Check and add up monthly counts of inclusions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

EARLIEST_YEAR: Final = 1980
MOST: Final = 100_000


def counts_are_sound(year: int, counts: Mapping[int, int], *, on: date) -> Verdict:
    """Tell whether these counts by month can be: known months, nothing negative, nothing in the future."""
    if not EARLIEST_YEAR <= year <= on.year:
        return Verdict.no(message("Inclusions cannot be counted for %(year)s."), year=str(year))
    for month, included in counts.items():
        if not 1 <= month <= 12:
            return Verdict.no(message("A year has twelve months."))
        if not 0 <= included <= MOST:
            return Verdict.no(message("A month’s inclusions lie between 0 and %(most)s."), most=MOST)
        if included and (year, month) > (on.year, on.month):
            return Verdict.no(message("A month still to come has no inclusions yet."))
    return Verdict.yes()


def cumulated(months: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return (year, month, inclusions so far) in order; months without a count are left out."""
    total, found = 0, []
    for year, month, included in sorted(months):
        total += included
        found.append((year, month, total))
    return found
