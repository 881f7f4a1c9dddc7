"""Sign a head every hour in which the trail grew, and verify the whole trail when somebody asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail import heads, verification_progress, verify
from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.signing.facts import TrailVerified
from diapason.kernel.clock import now
from diapason.kernel.words import message
from diapason.ui.snapshot import read_only

_beginnings: list[Callable[[], object]] = []


@task()
def sign_hourly() -> None:
    """Sign the head when the tree grew, and come back in an hour."""
    try:
        heads.sign_when_due()
    finally:
        _again(timedelta(hours=1))


def begin() -> None:
    """See to it that one such job waits, and what other chapters begin with; called when the instance starts."""
    _again(timedelta(0))
    for function in _beginnings:
        function()


def begin_also(function: Callable[[], object]) -> None:
    """Let a chapter put its own job into the queue when the instance starts."""
    if function not in _beginnings:
        _beginnings.append(function)


def _again(delay: timedelta) -> None:
    waiting = DBTaskResult.objects.filter(task_path=sign_hourly.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        sign_hourly.using(run_after=timezone.now() + delay).enqueue()


@task()
def verify_whole(on_behalf: str = "") -> None:
    """Verify the trail and today's records in one snapshot, then state the result."""
    verification_progress.clear()
    try:
        with read_only():
            result = verify.verify(verification_progress.note)
    finally:
        verification_progress.clear()
    note_verification(result=result, by=automaton(message("verification"), on_behalf=on_behalf), at=now())


@act
def note_verification(*, result: verify.Result, by: Any, at: datetime) -> None:
    """State what a verification found (ISO 9001 §7.5.3.2)."""
    named = [fault for fault in result.faults if fault.entry == result.first_wrong]
    first = next(iter(named or result.faults), None)
    fact = TrailVerified(
        subject="trail:verification",
        entries=result.entries,
        faults=len(result.faults),
        root=result.root,
        first=first.reason if first else "",
        first_about=first.parameters if first else {},
        first_entry=result.first_wrong,
    )
    record(fact, by=by)
