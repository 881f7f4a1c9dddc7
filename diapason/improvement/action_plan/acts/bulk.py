"""Enter many actions at once, wherever they come from: demonstration network, first set-up."""

from collections.abc import Sequence
from typing import Any

from diapason.audit_trail.acts import act, record, take_numbers
from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization
from diapason.improvement.action_plan.facts import planning as facts
from diapason.improvement.action_plan.facts.seeding import ActionSeeded
from diapason.improvement.action_plan.models import Action


@act
def enter_many(*, organization: Organization, actions: Sequence[Action], by: Any) -> None:
    """Enter unsaved actions of one organization, numbered in the order of their days; for automata only."""
    for year in sorted({action.opened_on.year for action in actions}):
        of_year = sorted((a for a in actions if a.opened_on.year == year), key=lambda a: a.opened_on)
        numbers = take_numbers("AC", organization.code, year, len(of_year))
        for action, number in zip(of_year, numbers, strict=True):
            action.number, action.organization = number, organization
            action.is_waiting = not action.is_ended
    insert(Action, actions)
    code = organization.code
    record(
        facts.ActionsTakenOver(subject=f"organization:{code}", organization=code, count=len(actions)), by=by
    )
    for action in actions:
        record(ActionSeeded(subject=action.subject, organization=code, to_state=action.state), by=by)
