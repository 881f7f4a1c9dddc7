"""Say what a move of an action needs to find, and the reason given while it is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from diapason.improvement.action_plan.rules import moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Standing:
    """Hold what the moves ask of an action: plain values; `who` is the person who wants to move it."""

    kind: str
    has_criterion: bool
    owner: str
    doers: frozenset[str]
    who: str
    on: date
    check_due_on: date | None = None
    plan_waits: bool = False


Check = Callable[[Standing], Verdict]


def _unless(wrong: bool, reason: str) -> Verdict:
    return Verdict.no(reason) if wrong else Verdict.yes()


NEEDS: Final[dict[str, Check]] = {
    "owner": lambda it: _unless(not it.owner, message("Say first who carries it.")),
    "criterion": lambda it: _unless(
        it.kind in moves.CHECKED_KINDS and not it.has_criterion,
        message("Fix its criterion of effectiveness first: a corrective action does not start without one."),
    ),
    "somebody_else": lambda it: _unless(
        it.who in it.doers, message("Its effectiveness is checked by somebody who did not carry it out.")
    ),
    "check_day": lambda it: _unless(
        it.check_due_on is not None and it.on < it.check_due_on,
        message("Too early: the day of the check was fixed beforehand."),
    ),
}
