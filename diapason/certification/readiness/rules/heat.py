"""Gather clauses under the columns of the view by clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """Hold one column: its heading, the clauses under it, whether it is opened clause by clause."""

    heading: str
    clauses: tuple[str, ...]
    opened: bool = False


def columns_of(numbers: Sequence[str], declared: Iterable[str], opened: Iterable[str] = ()) -> list[Column]:
    """Return the columns in the order of the clauses; an opened one is replaced by its own clauses.

    Without declared columns each chapter is one. A clause under no declared column stands under its chapter.
    """
    known, open_now = set(declared), set(opened)
    gathered: dict[str, list[str]] = {}
    for number in numbers:
        gathered.setdefault(heading_of(number, known), []).append(number)
    columns: list[Column] = []
    for heading, clauses in gathered.items():
        if heading in open_now and len(clauses) > 1:
            columns += [Column(number, (number,), opened=True) for number in clauses]
        else:
            columns.append(Column(heading, tuple(clauses)))
    return columns


def heading_of(number: str, declared: set[str]) -> str:
    """Return the longest declared number that the clause begins with, its chapter when there is none."""
    candidate = number
    while candidate:
        if candidate in declared:
            return candidate
        candidate = candidate.rpartition(".")[0]
    chapter = number.partition(".")[0]
    return chapter if chapter.isdigit() or len(chapter) == 1 else chapter[0]
