"""Sweep the store once a day: bytes that no record needs go."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.context.files import queries, store

DAY = timedelta(days=1)


@task()
def sweep_files() -> None:
    """Remove the bytes that no record needs, and come back tomorrow."""
    try:
        store.sweep(queries.is_needed)
    finally:
        wake(DAY)


def wake(delay: timedelta) -> None:
    """See to it that the sweep runs after that delay, unless it waits already."""
    waiting = DBTaskResult.objects.filter(task_path=sweep_files.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        sweep_files.using(run_after=timezone.now() + delay).enqueue()


def begin() -> None:
    """See to it that the sweep runs; called when the instance starts."""
    wake(timedelta(hours=1))
