"""Find who is to be reminded of what this week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from diapason.context.mailing.models import OutgoingMessage
from diapason.context.people.models import Account, Person, RoleAssignment
from diapason.improvement.action_plan.digests import Line, lines_of_the_week
from diapason.improvement.action_plan.models import Action, CheckInvitation, Reminder
from diapason.improvement.action_plan.rules import moves
from diapason.improvement.action_plan.rules.reminders import (
    KEEPER,
    OWNER,
    STAND_IN,
    Ladder,
    Step,
    reached,
    read_ladder,
    week_of,
)


@dataclass(frozen=True)
class Due:
    """Hold one line of a letter: the action, the day that is due, the step reached, whether it is a check."""

    action: Action
    due_on: date
    step: Step
    is_check: bool = False


def ladder() -> Ladder:
    """Return the ladder of the catalogue, read once a process."""
    return read_ladder(settings.DIAPASON["catalogue"] / "action_plan")


class Rungs:
    """Know who stands on each rung for an action: three statements for any number of actions."""

    def __init__(self, actions: Sequence[Action], keepers: Sequence[str], on: date) -> None:
        self.on = on
        owners = {action.owner_id for action in actions}
        held = RoleAssignment.objects.in_force(on=on)
        self.stand_ins: dict[Any, set[int]] = defaultdict(set)
        for owner, person in held.filter(stands_in_for__in=owners).values_list("stands_in_for", "person"):
            self.stand_ins[owner].add(person)
        self.keepers: dict[Any, set[int]] = defaultdict(set)
        houses = {action.organization_id for action in actions}
        rows = held.filter(role__in=keepers, organization__in=houses)
        for house, person in rows.values_list("organization", "person"):
            self.keepers[house].add(person)
        self.invited: dict[Any, set[int]] = defaultdict(set)
        asked = CheckInvitation.objects.filter(action__in=[action.pk for action in actions], ended_on=None)
        for action, person in asked.values_list("action", "person"):
            self.invited[action].add(person)

    def of(self, due: Due) -> set[int]:
        """Return the persons whom a step reaches; an action without owner is the keeper's from the first step."""
        action = due.action
        if due.is_check:
            return self._checkers(action)
        delegate = action.delegate_id if self._is_delegated(action) else None
        found: set[int | None] = set()
        for rung in due.step.to:
            if rung == OWNER and delegate is None:
                found.add(action.owner_id)
            elif rung == STAND_IN:
                found |= {delegate} if delegate else self.stand_ins[action.owner_id]
            elif rung == KEEPER:
                found |= self.keepers[action.organization_id]
        known = {person for person in found if person is not None}
        return known or self.keepers[action.organization_id]

    def _is_delegated(self, action: Action) -> bool:
        return action.delegate_id is not None and (
            action.delegated_until is None or action.delegated_until >= self.on
        )

    def _checkers(self, action: Action) -> set[int]:
        """Return who may check it; when nobody else is there, the keepers: they ask another house."""
        keepers = self.keepers[action.organization_id]
        doers = {action.owner_id, action.delegate_id, action.done_by_id}
        return self.invited[action.pk] or (keepers - doers) or keepers


@dataclass(frozen=True)
class Digest:
    """Hold what one letter tells: the actions and checks, and under each heading what other chapters add."""

    dues: list[Due]
    more: Mapping[str, Sequence[Line]]

    @property
    def size(self) -> int:
        """Return how many lines there are."""
        return len(self.dues) + sum(len(lines) for lines in self.more.values())


def due_this_week(*, on: date, kind: str) -> dict[Account, Digest]:
    """Return account → what is due until Sunday and is to be told; nobody who had a letter this week.

    A step of the ladder is told once; what other chapters add is told each week while it waits. The number of
    statements does not depend on how many actions there are. `kind`: that of the letters in the outbox.
    """
    monday, sunday = week_of(on)
    dues = _dues_of_persons(sunday, on)
    more = lines_of_the_week(on, sunday)
    served = set(Reminder.objects.filter(sent_on__gte=monday).values_list("person", flat=True))
    rows = Account.objects.filter(person__in={*dues, *more} - served, is_active=True)
    written = OutgoingMessage.objects.filter(kind=kind, queued_at__gte=_begins(monday))
    accounts = rows.exclude(email__in=written.values("recipient")).order_by("person__identifier")
    return {
        account: Digest(dues.get(account.person_id, []), more.get(account.person_id, {}))
        for account in accounts
    }


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _dues_of_persons(sunday: date, on: date) -> dict[int, list[Due]]:
    """Return person → actions and checks whose step was reached by Sunday and not told yet."""
    known = ladder()
    lines = list(_lines(known, sunday))
    rungs = Rungs([due.action for due in lines], known.keepers, on)
    rows = Reminder.objects.filter(action__in=[due.action.pk for due in lines])
    told = set(rows.values_list("action", "step", "due_on", "person"))
    found: dict[int, list[Due]] = defaultdict(list)
    for due in lines:
        for person in rungs.of(due):
            if (due.action.pk, due.step.code, due.due_on, person) not in told:
                found[person].append(due)
    return found


def _lines(known: Ladder, sunday: date) -> Iterable[Due]:
    rows = Action.objects.select_related("organization").order_by("due_on", "number")
    for action in rows.filter(state__in=moves.ACTIVE, due_on__lte=sunday + known.ahead):
        step = reached(known.steps, action.due_on, until=sunday)
        if step is not None:
            yield Due(action, action.due_on, step)
    checks = rows.filter(state=moves.DONE, kind__in=moves.CHECKED_KINDS, check_due_on__lte=sunday)
    for action in checks.order_by("check_due_on", "number"):
        if action.check_due_on is None:
            continue
        step = reached(known.checks, action.check_due_on, until=sunday)
        if step is not None:
            yield Due(action, action.check_due_on, step, is_check=True)


def carried_by_reader(due: Due, person: Person) -> bool:
    """Tell whether the reader carries the action, rather than keeps the plan."""
    return person.pk in {due.action.owner_id, due.action.delegate_id}
