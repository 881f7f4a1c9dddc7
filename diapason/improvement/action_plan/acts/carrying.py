"""Carry actions out and judge them: the only place where their state changes (ISO 9001 § 10.2.1 c, d)."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.acts.planning import about
from diapason.improvement.action_plan.facts import carrying as facts
from diapason.improvement.action_plan.models import Action, CheckInvitation
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def _begin(
    action: Action, code: str, *, version: int | None, by: Any, on: date
) -> tuple[Action, dict[str, str]]:
    """Return the action under the lock, its state already changed, and what the fact says of the move."""
    fresh = reread(action, version)
    permissions.may_move(fresh, code, by=by, on=on).require()
    states = moves.MOVES.make(fresh, code) | {"origin": fresh.origin}
    fresh.is_waiting = not fresh.is_ended
    return fresh, {**about(fresh), **states}


def _say(text: str, reason: str) -> None:
    if not text.strip():
        Verdict.no(reason).require()


@act
def start_action(*, action: Action, version: int | None, by: Any, on: date) -> Action:
    """Start an action; a corrective one only with its criterion."""
    fresh, said = _begin(action, "start", version=version, by=by, on=on)
    fresh.started_on = on
    fresh.save(update_fields=["state", "is_waiting", "started_on"])
    record(facts.ActionStarted(**said), by=by)
    return fresh


@act
def finish_action(
    *,
    action: Action,
    result: str,
    evidence: str,
    version: int | None,
    by: Any,
    on: date,
    done_on: date | None = None,
) -> Action:
    """Say that an action was carried out, what was done and what proves it."""
    fresh, said = _begin(action, "finish", version=version, by=by, on=on)
    _say(result, message("Say what was done."))
    day = done_on or on
    if day > on or (fresh.started_on is not None and day < fresh.started_on):
        Verdict.no(message("It was done between its start and today.")).require()
    fresh.done_on, fresh.result, fresh.evidence = day, result, evidence
    fresh.done_by = fresh.delegate or fresh.owner  # it stays, whoever carries the action later
    fresh.save(update_fields=["state", "is_waiting", "done_on", "done_by", "result", "evidence"])
    record(facts.ActionFinished(**said, result=result), by=by)
    return fresh


@act
def resume_action(*, action: Action, reason: str, version: int | None, by: Any, on: date) -> Action:
    """Take up again an action that was said to be done."""
    fresh, said = _begin(action, "resume", version=version, by=by, on=on)
    _say(reason, message("Say why."))
    fresh.done_on = None
    fresh.save(update_fields=["state", "is_waiting", "done_on"])
    record(facts.ActionResumed(**said, reason=reason), by=by)
    return fresh


@act
def cancel_action(*, action: Action, reason: str, version: int | None, by: Any, on: date) -> Action:
    """Give an action up, and say why."""
    fresh, said = _begin(action, "cancel", version=version, by=by, on=on)
    _say(reason, message("Say why it is given up."))
    fresh.cancelled_reason = reason
    fresh.save(update_fields=["state", "is_waiting", "cancelled_reason"])
    record(facts.ActionCancelled(**said, reason=reason), by=by)
    return fresh


@act
def check_effectiveness(
    *,
    action: Action,
    effective: bool,
    comment: str,
    figures: list[dict[str, Any]],
    version: int | None,
    by: Any,
    on: date,
) -> Action:
    """Judge an action by the criterion fixed beforehand; the figures read stay as they were (ISO 9001 § 10.2.1 d)."""
    code = "find_effective" if effective else "find_not_effective"
    fresh, said = _begin(action, code, version=version, by=by, on=on)
    _say(comment, message("Say what the check found."))
    fresh.checked_on, fresh.check_comment, fresh.check_figures = on, comment, figures
    fresh.checker = getattr(by, "person", None)
    fresh.save(
        update_fields=["state", "is_waiting", "checked_on", "check_comment", "check_figures", "checker"]
    )
    for invitation in CheckInvitation.objects.filter(action=fresh, ended_on=None):
        invitation.version += 1
        invitation.ended_on = on
        invitation.save(update_fields=["ended_on"])
    fact = facts.ActionFoundEffective if effective else facts.ActionFoundNotEffective
    record(fact(**said, comment=comment), by=by)
    return fresh
