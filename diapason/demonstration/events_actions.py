"""Invent the actions that the invented events asked for."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as states
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.rules import moves

CHECK_AFTER = timedelta(days=92)


def actions_for(house: Any) -> Iterator[Action]:
    """Return the actions of the events of a house that came so far, as they would stand today."""
    chance, text = house.chance, house.words
    for event in house.events:
        if event.state not in (
            moves.IN_ACTION,
            moves.PROVEN,
            moves.CLOSED,
            moves.PLAN_SUBMITTED,
            moves.ANALYSED,
        ):
            continue
        if not event.analysis_asked:
            continue
        titles = text["actions"][event.category or "other"]
        opened = event.triaged_on + timedelta(days=20)
        for title in titles if chance.random() < 0.3 else titles[:1]:
            yield _lived(house, event, _planned(house, event, title, min(opened, house.today)))


def _planned(house: Any, event: QualityEvent, title: str, opened: date) -> Action:
    due = opened + timedelta(days=house.chance.choice((30, 45, 60)))
    owner = house.chance.choice(house.people) if house.people else None
    return Action(
        origin_kind="quality_event", origin_key=event.number, origin_label=event.title, kind=states.CORRECTIVE,
        title=title, owner=owner, opened_on=opened, due_on=due, first_due_on=due,
        criterion_kind="recurrence", criterion_text="Moins de deux fois par mois, trois mois de suite",
        target_operator="<", target_value=Decimal(2), target_periods=3, check_due_on=due + CHECK_AFTER,
    )  # fmt: skip


def _lived(house: Any, event: QualityEvent, action: Action) -> Action:
    """Let the action go as far as its event allows by today."""
    today, chance = house.today, house.chance
    if event.state in (moves.PROVEN, moves.CLOSED):
        end = event.closed_on or today
        action.started_on = action.opened_on + timedelta(days=3)
        action.done_on = min(action.due_on, end - timedelta(days=40))
        action.done_on = max(action.done_on, action.started_on)
        action.check_due_on = max(action.done_on, end - timedelta(days=8))
        action.state, action.checked_on = states.EFFECTIVE, max(action.check_due_on, action.done_on)
        action.result, action.check_comment = "Mis en place et présenté à l’équipe.", "Le critère est tenu."
        others = [person for person in house.people if person.pk != action.owner_id]
        action.checker = others[0] if others else None
    elif event.state == moves.IN_ACTION:
        action.started_on, action.state = min(action.opened_on + timedelta(days=3), today), states.STARTED
        if action.due_on <= today and chance.random() < 0.7:
            action.done_on, action.state = action.due_on, states.DONE
            action.result = "Mis en place et présenté à l’équipe."
    return action
