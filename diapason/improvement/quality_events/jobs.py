"""Empty the letter box of anonymous reports once a day."""

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail.acts import automaton
from diapason.improvement.quality_events.acts.letters import collect_letters
from diapason.improvement.quality_events.collecting import next_collection
from diapason.kernel.clock import now
from diapason.kernel.words import message

BY = automaton(message("letter box"))


@task()
def collect_daily() -> None:
    """Enter what lies in the letter box, and come back tomorrow at the same hour."""
    try:
        collect_letters(by=BY, on=timezone.localdate(now()))
    finally:
        begin()


def begin() -> None:
    """See to it that one such job waits for its hour; called when the instance starts, never when a letter comes."""
    waiting = DBTaskResult.objects.filter(task_path=collect_daily.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        collect_daily.using(run_after=next_collection(timezone.now())).enqueue()
