"""Run what follows from a fact, at the end of the outermost act (ISO 9001 §4.4.1 b).

The one table of interactions registers here at start-up; this module knows no chapter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from diapason.kernel.facts import Fact

LONGEST_CHAIN = 5


@dataclass(frozen=True)
class Reaction:
    """Hold one row of the table: when this fact, that function, and whether it must succeed."""

    when: type[Fact]
    then: Callable[..., Any]
    must: bool
    clause: str = ""


_registered: list[Reaction] = []


def replace(rows: list[Reaction]) -> None:
    """Set the rows of the table, in their order."""
    _registered[:] = rows


def rows() -> tuple[Reaction, ...]:
    """Return the rows in force."""
    return tuple(_registered)


def following(fact: Fact) -> list[Reaction]:
    """Return the rows that a fact sets off, in table order."""
    return [reaction for reaction in _registered if isinstance(fact, reaction.when)]
