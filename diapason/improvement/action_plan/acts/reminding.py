"""Remind people of what is due, once a week at most (ISO 9001 § 10.2.1)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.context.mailing.acts import post
from diapason.context.mailing.rules import Letter
from diapason.context.people.models import Account
from diapason.improvement.action_plan.acts.planning import about
from diapason.improvement.action_plan.facts import planning as facts
from diapason.improvement.action_plan.models import Reminder
from diapason.improvement.action_plan.queries.reminders import Due

KIND = "digest"


@act
def remind(
    *, account: Account, letter: Letter, dues: Sequence[Due], by: Any, at: datetime, on: date
) -> list[Reminder]:
    """Put one letter for one person into the outbox, and note each line so that none is sent twice."""
    made = [
        Reminder(action=due.action, step=due.step.code, due_on=due.due_on, sent_on=on, person=account.person)
        for due in dues
    ]
    rows = Reminder.objects.bulk_create(made)
    post(to=account.email, letter=letter, kind=KIND, about="", by=by, at=at)
    for due in dues:
        record(facts.ActionReminded(**about(due.action), due_on=due.due_on), by=by)
    return rows
