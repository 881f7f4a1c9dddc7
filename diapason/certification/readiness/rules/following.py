"""Say what an action of the plan means for the gap that asked for it (ISO 9001 §6.1, §10.2)."""

from dataclasses import dataclass
from datetime import date

from diapason.improvement.action_plan.rules import moves


@dataclass(frozen=True)
class Followed:
    """Hold by when something is done about a gap, and since when it is done; `unproven`: done, its check to come."""

    due_on: date | None = None
    done_on: date | None = None
    unproven: bool = False


def followed(
    kind: str, state: str, due_on: date | None, done_on: date | None, check_due_on: date | None
) -> Followed:
    """Return what an action says of its gap.

    One whose effectiveness is still to be checked is not the end of it: its day is then the day of the check. One
    given up, or found not effective, leaves the gap without an action.
    """
    if state in (moves.CANCELLED, moves.NOT_EFFECTIVE):
        return Followed()
    if state in moves.ACTIVE:
        return Followed(due_on)
    if state == moves.DONE and kind in moves.CHECKED_KINDS:
        return Followed(check_due_on or due_on, unproven=True)
    return Followed(due_on, done_on)
