"""Be the one table of states and moves of a kind of record: it drives screen, permission, act and trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Move:
    """Hold one move: its name, where it starts and ends, the ability it asks for and what must be there first.

    An automatic move follows from something else and is offered to nobody.
    """

    code: str
    label: str
    sources: tuple[str, ...]
    target: str
    ability: str = ""
    needs: tuple[str, ...] = ()
    automatic: bool = False


class Moves(dict[str, Move]):
    """Hold moves by their codes, in the order in which screens offer them; `states` are code → name (message id).

    Raises ValueError for a code that stands twice and for a move from or to a state that there is not.
    """

    def __init__(self, states: Mapping[str, str], *moves: Move) -> None:
        super().__init__((move.code, move) for move in moves)
        self.states = states
        if len(self) != len(moves):
            raise ValueError("a code stands twice")
        for move in moves:
            for state in (*move.sources, move.target):
                if state not in states:
                    raise ValueError(f"{move.code}: there is no state {state}")

    def starting_from(self, state: str) -> tuple[Move, ...]:
        """Return the moves that a person may make from a state."""
        return tuple(move for move in self.values() if state in move.sources and not move.automatic)

    def may_start(self, code: str, state: str) -> Verdict:
        """Tell whether a move starts from a state; raises KeyError when there is no such move."""
        if state in self[code].sources:
            return Verdict.yes()
        return Verdict.no(message("Not in this state: %(state)s."), state=self.states[state])

    def make(self, record: Any, code: str) -> dict[str, str]:
        """Change the state of a record as the move says, whether it may or not; return both states for the fact."""
        states = {"from_state": str(record.state), "to_state": self[code].target}
        record.state = self[code].target
        return states
