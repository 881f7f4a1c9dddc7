"""End an invitation to check: by the house that asked, or by whoever was asked (ISO 9001 § 9.1, § 10.2.1 d)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.acts.planning import about
from diapason.improvement.action_plan.acts.telling import Notice, tell
from diapason.improvement.action_plan.facts.carrying import CheckDeclined, CheckerReleased
from diapason.improvement.action_plan.models import CheckInvitation
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def _ended(invitation: CheckInvitation, reason: str, on: date) -> CheckInvitation:
    if not reason.strip():
        Verdict.no(message("Say why.")).require()
    fresh = reread(invitation)
    if fresh.ended_on is not None:
        Verdict.no(message("This invitation has ended already.")).require()
    fresh.ended_on = on
    fresh.save(update_fields=["ended_on"])
    return fresh


@act
def release_checker(
    *, invitation: CheckInvitation, reason: str, by: Any, on: date, notices: Sequence[Notice] = ()
) -> CheckInvitation:
    """End an invitation to check, with the reason: the one invited no longer sees the action, and is told."""
    action = invitation.action
    permissions.may_release(action, by=by).require()
    fresh = _ended(invitation, reason, on)
    record(CheckerReleased(**about(action), reason=reason), by=by)
    tell(notices, action, by=by)
    return fresh


@act
def decline_check(
    *, invitation: CheckInvitation, reason: str, by: Any, on: date, notices: Sequence[Notice] = ()
) -> CheckInvitation:
    """Decline to check, with the reason: those who keep the plan are told, and ask somebody else."""
    action = invitation.action
    permissions.may_decline(action, by=by).require()
    if invitation.person_id != by.person.pk:
        Verdict.no(message("This invitation is for somebody else.")).require()
    fresh = _ended(invitation, reason, on)
    record(CheckDeclined(**about(action), reason=reason), by=by)
    tell(notices, action, by=by)
    return fresh
