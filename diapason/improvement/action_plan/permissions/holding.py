"""Say who holds an ability for an action: at home, by carrying it, or invited to check it."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.improvement.action_plan.models import KIND, Action, CheckInvitation
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


def may_read_files(user: Any, key: str) -> bool:
    """Tell whether this person may read the files kept with an action: whoever sees the action."""
    return bool(Action.objects.visible_to(user).filter(number=key).exists())


def is_routine(by: Any) -> bool:
    """Tell whether the program itself acts."""
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
    return person is not None and any(one.person_id == person.pk for one in asked_of(action))


def asked_of(action: Action) -> list[CheckInvitation]:
    """Return the invitations to check it that stand; those loaded with the action as `asked_now` when they were."""
    loaded: list[CheckInvitation] | None = getattr(action, "asked_now", None)
    if loaded is not None:
        return loaded
    return list(CheckInvitation.objects.filter(action=action, ended_on=None).select_related("person"))


def holds(action: Action, ability: str, *, by: Any) -> Verdict:
    """Tell whether this person holds the ability for the action; whoever carries it may move it."""
    if is_routine(by) or held_for("plan_action", action.organization, by=by):
        return Verdict.yes() if ability != "check_effectiveness" else _checks(action, by)
    if ability == "own_action" and carries(action, by):
        return Verdict.yes()
    if ability == "check_effectiveness":
        return _checks(action, by)
    return Verdict.no(REASONS[ability], organization=action.organization.short_name)


def _checks(action: Action, by: Any) -> Verdict:
    if (
        is_routine(by)
        or held_for("check_effectiveness", action.organization, by=by)
        or is_invited(action, by)
    ):
        return Verdict.yes()
    return Verdict.no(REASONS["check_effectiveness"], organization=action.organization.short_name)
