"""Give the shape of a row of the table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from diapason.audit_trail.reactions import Reaction
from diapason.kernel.facts import Fact


@dataclass(frozen=True)
class When:
    """Say: when this fact is recorded, then that function(fact=, by=) follows, for that clause.

    `must` rows run within the act and cancel it when they fail; the others become jobs. `happens` and
    `follows` are message ids that say both ends in plain words.
    """

    fact: type[Fact]
    then: Callable[..., Any]
    clause: str
    happens: str
    follows: str
    must: bool = False

    @property
    def reaction(self) -> Reaction:
        """Return the row as the trail runs it."""
        return Reaction(when=self.fact, then=self.then, must=self.must, clause=self.clause)
