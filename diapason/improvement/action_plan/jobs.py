"""Remind people of what is due: looks every day at the hour of the catalogue, writes to each once a week at most."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail.acts import automaton
from diapason.improvement.action_plan.acts.planning import delegate_action
from diapason.improvement.action_plan.acts.reminding import KIND, remind
from diapason.improvement.action_plan.letters import digest_for
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries.reminders import due_this_week, ladder
from diapason.kernel.clock import now
from diapason.kernel.words import message

BY = automaton(message("weekly reminder"))
RETURN = automaton(message("end of a stand-in"))


@task()
def remind_daily() -> None:
    """Give back what was handed over until yesterday, write the letters of the day, come back tomorrow."""
    try:
        give_back(on=timezone.localdate(now()))
        write_letters(on=timezone.localdate(now()), at=now())
    finally:
        begin()


def give_back(*, on: date) -> int:
    """Give to their owners the actions handed over until a day that has passed; return how many."""
    over = list(Action.objects.active().filter(delegated_until__lt=on).select_related("organization"))
    for action in over:
        delegate_action(action=action, to=None, until=None, version=None, by=RETURN, on=on)
    return len(over)


def write_letters(*, on: date, at: datetime) -> int:
    """Write to everybody for whom something is due and who had no letter this week; return how many letters left."""
    waiting = due_this_week(on=on, kind=KIND)
    for account, digest in waiting.items():
        letter = digest_for(account, digest, on=on)
        remind(account=account, letter=letter, dues=digest.dues, by=BY, at=at, on=on)
    return len(waiting)


def begin() -> None:
    """See to it that one such job waits for its hour; called when the instance starts."""
    waiting = DBTaskResult.objects.filter(task_path=remind_daily.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        remind_daily.using(run_after=next_round(timezone.now())).enqueue()


def next_round(after: datetime) -> datetime:
    """Return the moment at which the letters are looked for next."""
    zone = ZoneInfo(settings.TIME_ZONE)
    local = after.astimezone(zone)
    first = datetime.combine(local.date(), ladder().hour, tzinfo=zone)
    return (
        first
        if first > local
        else datetime.combine(local.date() + timedelta(days=1), ladder().hour, tzinfo=zone)
    )
