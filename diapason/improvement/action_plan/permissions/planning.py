"""Say who may plan, correct, hand over, extend and replace actions, and ask others to check them."""

from typing import Any

from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.permissions.holding import (
    REASONS,
    asked_of,
    held_for,
    holds,
    is_invited,
    is_routine,
)
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_plan(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person plans actions for that organization."""
    if is_routine(by) or held_for("plan_action", organization, by=by):
        return Verdict.yes()
    return Verdict.no(REASONS["plan_action"], organization=organization.short_name)


def may_plan_somewhere(*, by: Any) -> Verdict:
    """Tell whether this person plans actions for at least one organization."""
    if by.scope.may_somewhere("plan_action"):
        return Verdict.yes()
    return Verdict.no(message("Only quality managers and process owners plan actions."))


def may_amend(action: Action, *, by: Any) -> Verdict:
    """Tell whether what is written of the action may be corrected: it is not ended."""
    allowed = holds(action, "plan_action", by=by)
    if action.is_ended:
        return allowed & Verdict.no(message("The action is ended."))
    return allowed


def may_attach(action: Action, *, by: Any) -> Verdict:
    """Tell whether a file that proves something may be added: until the action is judged or given up."""
    allowed = holds(action, "own_action", by=by)
    if action.state in moves.ENDED:
        return allowed & Verdict.no(message("The action is ended."))
    return allowed


def may_replace(action: Action, *, by: Any) -> Verdict:
    """Tell whether another action may take the place of this one: it was found not effective, and none does yet."""
    allowed = holds(action, "plan_action", by=by)
    if action.state != moves.NOT_EFFECTIVE:
        return allowed & Verdict.no(message("Only an action found not effective is replaced by another."))
    successor = next(iter(action.replaced_by.all()), None)
    if successor is not None:
        return allowed & Verdict.no(message("It is replaced by %(number)s already."), number=successor.number)
    return allowed


def may_fix_criterion(action: Action, *, by: Any) -> Verdict:
    """Tell whether the criterion may be fixed: the action has not started (it is fixed beforehand)."""
    allowed = holds(action, "plan_action", by=by)
    if action.state != moves.PLANNED:
        return allowed & Verdict.no(message("The criterion was fixed before the action started; it stays."))
    return allowed


def may_ask_extension(action: Action, *, by: Any) -> Verdict:
    """Tell whether more time may be asked for: the action is planned or under way."""
    allowed = holds(action, "own_action", by=by)
    if action.state not in moves.ACTIVE:
        return allowed & Verdict.no(message("Only an action planned or under way gets more time."))
    return allowed


def may_delegate(action: Action, *, by: Any) -> Verdict:
    """Tell whether the action may be handed over: by its owner, who takes it back too, or whoever keeps the plan."""
    person = getattr(by, "person", None)
    if person is not None and person.pk == action.owner_id and action.state in moves.ACTIVE:
        return Verdict.yes()
    return may_ask_extension(action, by=by)


def may_invite(action: Action, *, by: Any) -> Verdict:
    """Tell whether somebody of another house may be asked to check it: a check is still to come."""
    allowed = holds(action, "plan_action", by=by)
    if action.is_ended or not action.is_checked_kind:
        return allowed & Verdict.no(message("No check of effectiveness is to come."))
    return allowed


def may_release(action: Action, *, by: Any) -> Verdict:
    """Tell whether an invitation to check may be ended: some stands, and this person keeps the plan that asked."""
    allowed = holds(action, "plan_action", by=by)
    if allowed and not asked_of(action):
        return Verdict.no(message("Nobody of another organization is asked to check it."))
    return allowed


def may_decline(action: Action, *, by: Any) -> Verdict:
    """Tell whether this person was asked to check, and may decline."""
    if is_invited(action, by):
        return Verdict.yes()
    return Verdict.no(message("You are not asked to check it."))
