"""Carry the messages that are due to the mail server, and remove old words; runs after every post, and hourly."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail.acts import automaton
from diapason.context.mailing import acts, queries
from diapason.context.mailing.models import OutgoingMessage
from diapason.kernel.clock import now
from diapason.kernel.words import message

CHUNK = 100
HOUR = timedelta(hours=1)
BY = automaton(message("outbox"))


@task()
def run_outbox() -> None:
    """Send what is due, remove what is old, and come back when the next message is due, within the hour."""
    try:
        send_due()
        remove_old(at=now())
    finally:
        following = queries.next_departure() if queries.departure().leaves else None
        wake(min(HOUR, max(timedelta(seconds=5), following - now())) if following else HOUR)


def wake(delay: timedelta) -> None:
    """See to it that the outbox runs after that delay, unless it will run by then anyway."""
    moment = timezone.now() + max(delay, timedelta(0))
    waiting = DBTaskResult.objects.filter(task_path=run_outbox.module_path, status=TaskResultStatus.READY)
    if not waiting.filter(run_after__lte=moment).exists():
        run_outbox.using(run_after=moment).enqueue()


def begin() -> None:
    """See to it that the outbox runs; called when the instance starts."""
    wake(timedelta(0))


def send_due() -> int:
    """Try each message that is due, once; return how many the mail server took. Nothing when nothing may leave."""
    if not queries.departure().leaves:
        return 0
    due = OutgoingMessage.objects.due(at=now()).order_by("next_attempt_at", "pk")[:CHUNK]
    return sum(send(each, at=now()) for each in due)


def send(outgoing: OutgoingMessage, *, at: datetime) -> bool:
    """Try one message and note what came of it; tell whether the mail server took it.

    When the worker dies between the two, the message is sent once more: its Message-ID stays the same.
    """
    text = acts.claim(outgoing, at=at)
    if text is None:
        return False
    try:
        envelope(outgoing, text).send()
    except (OSError, ValueError) as error:  # what smtplib, sockets, TLS and headers raise
        acts.note_failure(
            outgoing=outgoing, problem=type(error).__name__, details=str(error), by=BY, at=now()
        )
        return False
    acts.note_sent(outgoing=outgoing, by=BY, at=now())
    return True


def envelope(outgoing: OutgoingMessage, text: str) -> EmailMessage:
    """Return the e-mail as it leaves: plain text, marked as sent by a program."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    headers = {
        "Message-ID": f"<{outgoing.key}.{int(outgoing.queued_at.timestamp())}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": outgoing.language,
    }
    return EmailMessage(outgoing.title, text, None, [outgoing.recipient], headers=headers)


def remove_old(*, at: datetime) -> int:
    """Remove the words kept long enough, a hundred messages an act; return how many went."""
    days, total = settings.DIAPASON["mail_text_days"], 0
    while old := list(OutgoingMessage.objects.outdated(days=days, at=at).order_by("pk")[:CHUNK]):
        total += acts.remove_texts(outgoing=old, by=BY, at=at)
    return total
