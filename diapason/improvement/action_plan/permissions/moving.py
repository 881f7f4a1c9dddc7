"""Say who may move an action, and when: the table of moves is the only source."""

from datetime import date
from typing import Any

from diapason.improvement.action_plan import gates
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.permissions.holding import holds
from diapason.improvement.action_plan.rules import moves
from diapason.improvement.action_plan.rules.needs import NEEDS, Standing
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_move(action: Action, code: str, *, by: Any, on: date) -> Verdict:
    """Tell whether a move of the table may be made by this person on that day."""
    move = moves.MOVES[code]
    allowed = holds(action, move.ability, by=by) & moves.MOVES.may_start(code, action.state)
    if not allowed:
        return allowed
    if code.startswith("find_") and not action.is_checked_kind:
        return Verdict.no(message("Its kind asks for no check of effectiveness."))
    if code == "start":
        allowed = allowed & gates.may_start(action.origin_kind, action.origin_key, action.kind)
    standing = standing_of(action, by=by, on=on)
    for need in move.needs:
        allowed = allowed & NEEDS[need](standing)
    return allowed


def standing_of(action: Action, *, by: Any, on: date) -> Standing:
    """Return the action as the needs ask for it; owner, delegate and who carried it out are loaded with it."""
    people = (action.owner, action.delegate, action.done_by)
    doers = frozenset(person.identifier for person in people if person is not None)
    return Standing(
        kind=action.kind,
        has_criterion=bool(action.criterion_kind),
        owner=action.owner.identifier if action.owner is not None else "",
        doers=doers,
        who=getattr(by, "trail_name", ""),
        on=on,
        check_due_on=action.check_due_on,
    )
