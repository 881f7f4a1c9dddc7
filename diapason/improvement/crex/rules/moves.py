"""Hold the states of a meeting and the moves between them: the one table behind screen, permission and trail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from diapason.kernel.moves import Move, Moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

PLANNED: Final = "planned"
HELD: Final = "held"
CLOSED: Final = "closed"
CANCELLED: Final = "cancelled"

STATES: Final = {
    PLANNED: message("Meeting planned"),
    HELD: message("Minutes to be written"),
    CLOSED: message("Minutes closed"),
    CANCELLED: message("Did not take place"),
}
LOOKS: Final = {PLANNED: "run", HELD: "warn", CLOSED: "ok", CANCELLED: "unk"}


MOVES: Final = Moves(
    STATES,
    Move(
        "hold", message("Say that it was held"), (PLANNED,), HELD, "run_crex", ("day_come", "event", "pilot")
    ),
    Move(
        "close",
        message("Close the minutes"),
        (HELD,),
        CLOSED,
        "run_crex",
        ("attendance", "quality", "analysis", "minutes"),
    ),
    Move("cancel", message("Say that it did not take place"), (PLANNED,), CANCELLED, "run_crex"),
    Move("reopen", message("Open the minutes again"), (CLOSED,), HELD, "run_crex"),
)


@dataclass(frozen=True)
class Standing:
    """Hold what stands behind a meeting."""

    held_on: date
    on: date
    has_event: bool = False
    has_pilot: bool = False
    people: int = 0
    fewest: int = 0
    quality: int = 0
    steps: int = 0
    has_minutes: bool = False


def _unless(wrong: bool, reason: str, **parameters: object) -> Verdict:
    return Verdict.no(reason, **parameters) if wrong else Verdict.yes()


NEEDS: Final[dict[str, Callable[[Standing], Verdict]]] = {
    "day_come": lambda it: _unless(it.held_on > it.on, message("Its day has not come yet.")),
    "event": lambda it: _unless(not it.has_event, message("No event is chosen yet.")),
    "pilot": lambda it: _unless(not it.has_pilot, message("Nobody leads the analysis yet.")),
    "attendance": lambda it: _unless(
        it.people < it.fewest, message("Say who attended: at least %(fewest)s people."), fewest=it.fewest
    ),
    "quality": lambda it: _unless(not it.quality, message("Nobody of quality attended.")),
    "analysis": lambda it: _unless(not it.steps, message("The analysis is not written down yet.")),
    "minutes": lambda it: _unless(not it.has_minutes, message("Write down what the committee retains.")),
}
