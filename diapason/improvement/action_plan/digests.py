"""Let chapters above add their lines to the weekly letter: who is told, under which heading, what, with its link."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

MOST: Final = 8
"""How many lines of one heading a letter holds; beyond, it says how many more there are."""


@dataclass(frozen=True)
class Line:
    """Hold one line: the person told (key), its words in the reader’s language when called, the address of its page.

    The words name the record by its number: what people wrote of an event is read in the application, not in a mail.
    """

    person: int
    say: Callable[[], str]
    address: str


@dataclass(frozen=True)
class Heading:
    """Hold what one chapter tells in the letter: its heading (message id), place, and who gives its lines.

    `lines(on, until)`: what is due until that Sunday; the number of its statements does not depend on how much.
    """

    title: str
    order: int
    lines: Callable[[date, date], Iterable[Line]]


_HEADINGS: dict[str, Heading] = {}


def register(title: str, order: int, lines: Callable[[date, date], Iterable[Line]]) -> None:
    """Add a heading to the weekly letter."""
    _HEADINGS[title] = Heading(title, order, lines)


def lines_of_the_week(on: date, until: date) -> dict[int, dict[str, list[Line]]]:
    """Return person → heading → lines, in the order of the headings; whoever has none is not there."""
    found: dict[int, dict[str, list[Line]]] = defaultdict(dict)
    for heading in sorted(_HEADINGS.values(), key=lambda one: one.order):
        for line in heading.lines(on, until):
            found[line.person].setdefault(heading.title, []).append(line)
    return found
