"""Hold what an organization may answer to a lesson, and what each answer must say: one table, like that of lessons."""

from datetime import date
from typing import Final

from diapason.kernel.moves import Move, Moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

ASKED: Final = "asked"
ADOPTED: Final = "adopted"
DONE: Final = "done"
IN_PLACE: Final = "in_place"
NOT_APPLICABLE: Final = "not_applicable"
LATER: Final = "later"

STATES: Final = {
    ASKED: message("No answer yet"),
    ADOPTED: message("Adopted"),
    DONE: message("Adopted and carried out"),
    IN_PLACE: message("Already in place"),
    NOT_APPLICABLE: message("Not applicable"),
    LATER: message("Later"),
}
LOOKS: Final = {
    ASKED: "unk",
    ADOPTED: "run",
    DONE: "ok",
    IN_PLACE: "ok",
    NOT_APPLICABLE: "unk",
    LATER: "warn",
}
ANSWERED: Final = (ADOPTED, DONE, IN_PLACE, NOT_APPLICABLE, LATER)
TAKEN_UP: Final = (ADOPTED, DONE)
DAYS_TO_ANSWER: Final = 30
"""How long organizations usually have; the coordination may say otherwise."""
FEWEST: Final = 5
"""Below so many organizations that answered, nothing is told of how the others did (visibility charter)."""

MOVES: Final = Moves(
    STATES,
    Move("adopt", message("We adopt it"), (ASKED, LATER, IN_PLACE, NOT_APPLICABLE), ADOPTED),
    Move("in_place", message("Already in place"), (ASKED, LATER, ADOPTED, NOT_APPLICABLE), IN_PLACE),
    Move("later", message("Later"), (ASKED, LATER, ADOPTED), LATER),
    Move("refuse", message("Not applicable"), (ASKED, LATER, ADOPTED, IN_PLACE), NOT_APPLICABLE),
    Move("carry_out", message("Say it is carried out"), (ADOPTED,), DONE),
)
"""Every answer can be changed while nothing is carried out; what was answered before stays in the trail."""


def check(code: str, *, text: str, until: date | None, on: date) -> Verdict:
    """Tell whether an answer says what it must: how and by when, why, until when."""
    if code == "adopt" and not text.strip():
        return Verdict.no(message("Say how it is adopted."))
    if code == "adopt" and until is None:
        return Verdict.no(message("Say by when it is adopted."))
    if code == "refuse" and not text.strip():
        return Verdict.no(message("Say why it does not apply."))
    if code == "later" and not text.strip():
        return Verdict.no(message("Say why later."))
    if code == "later" and until is None:
        return Verdict.no(message("Say until when."))
    if code in ("adopt", "later") and until is not None and until < on:
        return Verdict.no(message("Name a day that is still to come."))
    if code == "carry_out" and (until is None or until > on):
        return Verdict.no(message("Say on which day it was carried out, not after today."))
    return Verdict.yes()
