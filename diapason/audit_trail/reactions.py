"""Run what follows from a fact, at the end of the outermost act (ISO 9001 §4.4.1 b).

The one table of interactions registers here at start-up; this module knows no chapter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from diapason.kernel.facts import Fact, every_fact

LONGEST_CHAIN = 5
Deferral = Callable[[str, int, int], object]


@dataclass(frozen=True)
class Reaction:
    """Hold one row of the table: when this fact, that function(fact=, by=), and whether it must succeed.

    A row that must succeed runs within the act and cancels it when it fails; any other becomes a job.
    """

    when: type[Fact]
    then: Callable[..., Any]
    must: bool
    clause: str = ""

    @property
    def name(self) -> str:
        """Return the name by which a job finds the row again."""
        return f"{self.when.__name__}.{self.then.__name__}"


_registered: list[Reaction] = []
_deferral: list[Deferral] = []


def defer_with(function: Deferral) -> None:
    """Set how a row becomes a job: function(row name, entry number, position of the fact)."""
    _deferral[:] = [function]


def deferred(reaction: Reaction, number: int, position: int) -> None:
    """Hand a row over to the jobs."""
    for function in _deferral:
        function(reaction.name, number, position)


def named(name: str) -> Reaction | None:
    """Return the row of that name, or None when the table no longer has it."""
    return next((reaction for reaction in _registered if reaction.name == name), None)


def rebuilt(stated: dict[str, Any]) -> Fact:
    """Return the fact that a statement holds; dates stay ISO texts. Raises KeyError for an unknown fact."""
    kind = every_fact()[stated["name"]]
    return kind(subject=stated["subject"], organization=stated["organization"], **stated["values"])


def replace(rows: list[Reaction]) -> None:
    """Set the rows of the table, in their order."""
    _registered[:] = rows


def rows() -> tuple[Reaction, ...]:
    """Return the rows in force."""
    return tuple(_registered)


def following(fact: Fact) -> list[Reaction]:
    """Return the rows that a fact sets off, in table order."""
    return [reaction for reaction in _registered if isinstance(fact, reaction.when)]
