"""Read and write one cell of a sheet: "5", or "5/1" for five deviations of which one is major; empty is not known."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from diapason.kernel.dates import months_after

MOST: Final = 9999
WRITTEN: Final = re.compile(r"(\d{1,4})(?:\s*/\s*(\d{1,4}))?")


class BadCount(ValueError):
    """Say that a cell holds no count."""


@dataclass(frozen=True)
class Cell:
    """Hold a count of deviations and how many of them are major."""

    count: int
    major: int = 0

    def __str__(self) -> str:
        return f"{self.count}/{self.major}" if self.major else str(self.count)

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.count + other.count, self.major + other.major)


def read_cell(text: str) -> Cell | None:
    """Return what a cell says, None when it is empty; BadCount when it says no count."""
    written = " ".join(text.split())
    if not written:
        return None
    found = WRITTEN.fullmatch(written)
    if found is None:
        raise BadCount(written)
    cell = Cell(int(found[1]), int(found[2] or 0))
    if cell.major > cell.count:
        raise BadCount(written)
    return cell


def month_of(text: str) -> date | None:
    """Return the first day of a month written "2026-10", None when it is no month."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def months_until(month: date, number: int) -> list[date]:
    """Return so many months, the oldest first, the last one being `month`."""
    return [months_after(month.replace(day=1), place - number + 1) for place in range(number)]
