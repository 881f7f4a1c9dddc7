"""Sign a head every hour in which the trail grew."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail import heads


@task()
def sign_hourly() -> None:
    """Sign the head when the tree grew, and come back in an hour."""
    try:
        heads.sign_when_due()
    finally:
        _again(timedelta(hours=1))


def begin() -> None:
    """See to it that one such job waits; called when the instance starts."""
    _again(timedelta(0))


def _again(delay: timedelta) -> None:
    waiting = DBTaskResult.objects.filter(task_path=sign_hourly.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        sign_hourly.using(run_after=timezone.now() + delay).enqueue()
