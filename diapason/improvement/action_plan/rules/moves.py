"""Hold the states of an action and the moves between them: the one table behind screen, permission and trail."""

from typing import Final

from diapason.kernel.moves import Move, Moves
from diapason.kernel.words import message

PLANNED: Final = "planned"
STARTED: Final = "started"
DONE: Final = "done"
EFFECTIVE: Final = "effective"
NOT_EFFECTIVE: Final = "not_effective"
CANCELLED: Final = "cancelled"

STATES: Final = {
    PLANNED: message("Scheduled"),
    STARTED: message("Under way"),
    DONE: message("Done"),
    EFFECTIVE: message("Effective"),
    NOT_EFFECTIVE: message("Not effective"),
    CANCELLED: message("Given up"),
}
LOOKS: Final = {
    PLANNED: "unk",
    STARTED: "run",
    DONE: "warn",
    EFFECTIVE: "ok",
    NOT_EFFECTIVE: "bad",
    CANCELLED: "unk",
}
ACTIVE: Final = (PLANNED, STARTED)
ENDED: Final = (EFFECTIVE, NOT_EFFECTIVE, CANCELLED)

CORRECTION: Final = "correction"
CORRECTIVE: Final = "corrective"
IMPROVEMENT: Final = "improvement"
PREVENTION: Final = "prevention"
KINDS: Final = {
    CORRECTION: message("Correction"),
    CORRECTIVE: message("Corrective action"),
    IMPROVEMENT: message("Improvement"),
    PREVENTION: message("Preventive action"),
}
CHECKED_KINDS: Final = (CORRECTIVE, PREVENTION)
"""Kinds whose effectiveness is checked: done is not the end of them."""


MOVES: Final = Moves(
    STATES,
    Move("start", message("Start the action"), (PLANNED,), STARTED, "own_action", ("criterion", "owner")),
    Move("finish", message("Say it is done"), (STARTED,), DONE, "own_action"),
    Move(
        "find_effective",
        message("Effective"),
        (DONE,),
        EFFECTIVE,
        "check_effectiveness",
        ("criterion", "somebody_else", "check_day"),
    ),
    Move(
        "find_not_effective",
        message("Not effective"),
        (DONE,),
        NOT_EFFECTIVE,
        "check_effectiveness",
        ("criterion", "somebody_else"),
    ),
    Move("cancel", message("Give it up"), (PLANNED, STARTED), CANCELLED, "plan_action"),
    Move("resume", message("Take it up again"), (DONE,), STARTED, "plan_action"),
)


def is_ended(kind: str, state: str) -> bool:
    """Tell whether nothing more is expected: checked where its kind is checked, done otherwise."""
    return state in ENDED or (state == DONE and kind not in CHECKED_KINDS)
