"""Say who may do what with an action, and when: the table of moves is the only source."""

from datetime import date
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.improvement.action_plan import gates
from diapason.improvement.action_plan.models import KIND, Action, CheckInvitation
from diapason.improvement.action_plan.rules import moves
from diapason.improvement.action_plan.rules.needs import NEEDS, Standing
from diapason.kernel.scope import EVERYWHERE, NOBODY, Scope
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

REASONS = {
    "own_action": message(
        "Only whoever carries the action, or the quality manager of %(organization)s, may say so."
    ),
    "plan_action": message("Only whoever keeps the plan of %(organization)s may do this."),
    "check_effectiveness": message(
        "Only the quality manager of %(organization)s, or of another organization who was asked, checks it."
    ),
}


def _is_routine(by: Any) -> bool:
    return isinstance(by, Automaton)


def scope_of(user: Any) -> Scope:
    """Return what the reader may do and see; nobody's scope for whoever is not signed in."""
    return getattr(user, "scope", NOBODY)


def held_for(ability: str, organization: Any, *, by: Any) -> bool:
    """Tell whether an ability holds for that house: held for the network, it opens the network's own plan only."""
    held = scope_of(by).where(ability)
    return bool(organization.is_network) if held == EVERYWHERE else organization.pk in held


def may_read_plans(*, by: Any) -> Verdict:
    """Tell whether this person reads the plan of at least one house."""
    if scope_of(by).may_somewhere("read_actions") or scope_of(by).form_of(KIND) == "named":
        return Verdict.yes()
    return Verdict.no(message("Your role does not read action plans; your own actions stand on your day."))


def carries(action: Action, by: Any) -> bool:
    """Tell whether this person carries the action now."""
    person = getattr(by, "person", None)
    return person is not None and person.pk in {action.delegate_id or action.owner_id}


def is_invited(action: Action, by: Any) -> bool:
    """Tell whether this person of another house was asked to check it."""
    person = getattr(by, "person", None)
    return (
        person is not None
        and CheckInvitation.objects.filter(action=action, person=person, ended_on=None).exists()
    )


def holds(action: Action, ability: str, *, by: Any) -> Verdict:
    """Tell whether this person holds the ability for the action; whoever carries it may move it."""
    if _is_routine(by) or held_for("plan_action", action.organization, by=by):
        return Verdict.yes() if ability != "check_effectiveness" else _checks(action, by)
    if ability == "own_action" and carries(action, by):
        return Verdict.yes()
    if ability == "check_effectiveness":
        return _checks(action, by)
    return Verdict.no(REASONS[ability], organization=action.organization.short_name)


def _checks(action: Action, by: Any) -> Verdict:
    if (
        _is_routine(by)
        or held_for("check_effectiveness", action.organization, by=by)
        or is_invited(action, by)
    ):
        return Verdict.yes()
    return Verdict.no(REASONS["check_effectiveness"], organization=action.organization.short_name)


def may_move(action: Action, code: str, *, by: Any, on: date) -> Verdict:
    """Tell whether a move of the table may be made by this person on that day."""
    move = moves.MOVES[code]
    allowed = holds(action, move.ability, by=by)
    if action.state not in move.sources:
        return allowed & Verdict.no(
            message("Not in this state: %(state)s."), state=moves.STATES[action.state]
        )
    if code.startswith("find_") and not action.is_checked_kind:
        return allowed & Verdict.no(message("Its kind asks for no check of effectiveness."))
    if code == "start":
        allowed = allowed & gates.may_start(action.origin_kind, action.origin_key, action.kind)
    standing = standing_of(action, by=by, on=on)
    for need in move.needs:
        allowed = allowed & NEEDS[need](standing)
    return allowed


def standing_of(action: Action, *, by: Any, on: date) -> Standing:
    """Return the action as the needs ask for it; owner and delegate are loaded with it."""
    doers = frozenset(person.identifier for person in (action.owner, action.delegate) if person is not None)
    return Standing(
        kind=action.kind,
        has_criterion=bool(action.criterion_kind),
        owner=action.owner.identifier if action.owner is not None else "",
        doers=doers,
        who=getattr(by, "trail_name", ""),
        on=on,
        check_due_on=action.check_due_on,
    )


def may_plan(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person plans actions for that organization."""
    if _is_routine(by) or held_for("plan_action", organization, by=by):
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
    """Tell whether the action may be handed over: by whoever carries it or keeps the plan."""
    return may_ask_extension(action, by=by)


def may_invite(action: Action, *, by: Any) -> Verdict:
    """Tell whether somebody of another house may be asked to check it: a check is still to come."""
    allowed = holds(action, "plan_action", by=by)
    if action.is_ended or not action.is_checked_kind:
        return allowed & Verdict.no(message("No check of effectiveness is to come."))
    return allowed
