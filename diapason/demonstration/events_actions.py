"""Invent the actions that the invented events asked for."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as states
from diapason.improvement.action_plan.rules.criterion import Point, whole_periods_after
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.queries.recurrence import MONTHS
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.dates import months_after

CHECK_AFTER = timedelta(days=92)
LONGEST = 3
"""How many months in a row a check reads at most."""
MOST_A_MONTH = 4
"""Beyond, nobody would call it mended: a sample judged the action."""


def actions_for(house: Any) -> Iterator[Action]:
    """Return the actions of the events of a house that came so far, as they would stand today."""
    chance, text = house.chance, house.words
    counts = Counter((one.category, one.reported_on.replace(day=1)) for one in house.events)
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
            action = _lived(house, event, _planned(house, event, title, min(opened, house.today)))
            if action.done_on is not None and action.checked_on is not None:
                points = _figures(counts, event.category, action.opened_on, action.checked_on)
                _judge(
                    action, points, whole_periods_after(points, action.done_on, action.checked_on)[-LONGEST:]
                )
            yield action


def _planned(house: Any, event: QualityEvent, title: str, opened: date) -> Action:
    due = opened + timedelta(days=house.chance.choice((30, 45, 60)))
    owner = house.chance.choice(house.people) if house.people else None
    return Action(
        origin_kind="quality_event", origin_key=event.number, origin_label=event.title, kind=states.CORRECTIVE,
        title=title, owner=owner, opened_on=opened, due_on=due, first_due_on=due,
        criterion_kind="recurrence", criterion_text="Moins de deux fois par mois, trois mois de suite",
        target_operator="<", target_value=Decimal(2), target_periods=3, check_due_on=due + CHECK_AFTER,
    )  # fmt: skip


def _figures(counts: Counter[tuple[str, date]], category: str, opened: date, checked: date) -> list[Point]:
    """Return how often it came back each whole month until the check, as the screen of the action reads it."""
    month = months_after(opened.replace(day=1), -MONTHS)
    points: list[Point] = []
    while category and month < checked.replace(day=1):
        found = counts[category, month]
        if points or found:
            points.append(Point(month, Decimal(found), found))
        month = months_after(month, 1)
    return points


def _judge(action: Action, points: list[Point], after: list[Point]) -> None:
    """Give the check the figures that it read, and the action a criterion that they keep; else a sample judged it.

    `after`: those of the points that begin after the action was done.
    """
    below = max(2, *(int(point.value or 0) + 1 for point in after)) if after else 0
    if not after or below > MOST_A_MONTH:
        action.criterion_kind, action.criterion_text = "sample", "Dix dossiers tirés au sort, tous conformes"
        action.target_operator, action.target_value, action.target_periods = "", None, 1
        return
    lasting = f"{len(after)} mois de suite" if len(after) > 1 else "le mois suivant"
    action.criterion_text = f"Moins de {below} fois par mois, {lasting}"
    action.target_value, action.target_periods = Decimal(below), len(after)
    action.check_figures = [{"start": point.start.isoformat(), "value": str(point.value)} for point in points]


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
