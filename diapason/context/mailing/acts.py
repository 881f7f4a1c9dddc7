"""Put messages into the outbox, note what became of them, remove their words in time (ISO 9001 §7.5.3)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.context.mailing.facts import (
    MessageAbandoned,
    MessageFailed,
    MessageQueued,
    MessageRequeued,
    MessageSent,
    MessageTextsRemoved,
)
from diapason.context.mailing.models import MessageText, OutgoingMessage
from diapason.context.mailing.permissions import may_send_again
from diapason.context.mailing.queries import departure, unclaimed
from diapason.context.mailing.rules import LEASE, LONGEST_PROBLEM, Letter, next_attempt, one_line

Wake = Callable[[timedelta], object]
State = OutgoingMessage.State
_wake: list[Wake] = []


def wake_with(function: Wake) -> None:
    """Set what wakes the worker when a message is to leave after a while: function(delay)."""
    _wake[:] = [function]


def post(
    *,
    to: str,
    letter: Letter,
    kind: str,
    about: str,
    by: Any,
    at: datetime,
    not_before: datetime | None = None,
    confidential: bool = False,
) -> OutgoingMessage:
    """Put a message into the outbox; part of the open act of the chapter that calls, and gone with it when refused.

    `letter` was written before, in the recipient's language. `kind` is a code registered with `wording.register`,
    `about` the subject ("kind:key") of the record it is about, "" for none. Nothing is tried before `not_before`.
    `confidential`: the words hold a link that signs somebody in; they are shown to nobody and removed once sent.
    Raises audit_trail's NoOpenAct outside an act.
    """
    key = take_number("MSG", "OUT", at.year)
    leaves, due = departure().leaves, max(at, not_before or at)
    kept = leaves or not confidential or settings.DIAPASON["demonstration"]
    outgoing = OutgoingMessage.objects.create(
        key=key,
        recipient=to.strip(),
        language=letter.language,
        title=one_line(letter.title),
        kind=kind,
        about=about,
        requested_by=by.trail_name,
        confidential=confidential,
        state=State.QUEUED if leaves else State.KEPT,
        queued_at=at,
        not_before=not_before,
        next_attempt_at=due if leaves else None,
        text_removed_at=None if kept else at,
    )
    if kept:
        MessageText.objects.create(message=outgoing, text=letter.text)
    record(MessageQueued(subject=outgoing.subject, kind=kind, about=about, leaves=leaves), by=by)
    _see_to_it(outgoing, at=at)
    return outgoing


def _see_to_it(outgoing: OutgoingMessage, *, at: datetime) -> None:
    """Wake the worker once the transaction stands, when the message is to leave."""
    if outgoing.next_attempt_at is None:
        return
    for wake in _wake:
        transaction.on_commit(partial(wake, outgoing.next_attempt_at - at), robust=True)


def claim(outgoing: OutgoingMessage, *, at: datetime) -> str | None:
    """Take a message for one attempt and return its words, None when another worker holds it."""
    free = MessageText.objects.filter(unclaimed(at=at), message=outgoing)
    if not free.update(claimed_until=at + LEASE):
        return None
    return MessageText.objects.values_list("text", flat=True).get(message=outgoing)


@act
def note_sent(*, outgoing: OutgoingMessage, by: Any, at: datetime) -> None:
    """State that the mail server took the message; words with a one-use link are removed at once."""
    fresh = reread(outgoing)
    fresh.state, fresh.sent_at, fresh.next_attempt_at = State.SENT, at, None
    fresh.attempts += 1
    fresh.last_error = ""
    words = MessageText.objects.filter(message=fresh)
    if fresh.confidential:
        fresh.text_removed_at = at
        words.delete()
    else:
        words.update(claimed_until=None)
    fresh.save()
    record(MessageSent(subject=fresh.subject, attempt=fresh.attempts), by=by)


@act
def note_failure(
    *, outgoing: OutgoingMessage, problem: str, details: str, by: Any, at: datetime
) -> datetime | None:
    """State that an attempt failed; return when the next one is due, None when the message is abandoned.

    `problem` names the kind of error; `details`, which may hold an address, stays with the message as personal data.
    """
    fresh = reread(outgoing)
    fresh.attempts += 1
    fresh.next_attempt_at = next_attempt(fresh.attempts, at=at)
    fresh.state = State.FAILED if fresh.next_attempt_at else State.ABANDONED
    fresh.last_error = one_line(details)[:LONGEST_PROBLEM]
    fresh.save()
    MessageText.objects.filter(message=fresh).update(claimed_until=None)
    if fresh.next_attempt_at:
        failed = MessageFailed(
            subject=fresh.subject,
            attempt=fresh.attempts,
            problem=problem,
            next_attempt_at=fresh.next_attempt_at,
        )
        record(failed, by=by)
    else:
        record(MessageAbandoned(subject=fresh.subject, attempt=fresh.attempts, problem=problem), by=by)
    return fresh.next_attempt_at


@act
def queue_again(*, outgoing: OutgoingMessage, version: int | None, by: Any, at: datetime) -> OutgoingMessage:
    """Put a message into the outbox once more, its attempts counted from nothing."""
    fresh = reread(outgoing, version)
    may_send_again(fresh, by=by).require()
    leaves = departure().leaves
    fresh.state = State.QUEUED if leaves else State.KEPT
    fresh.next_attempt_at = at if leaves else None
    fresh.sent_at, fresh.attempts, fresh.last_error = None, 0, ""
    fresh.save()
    record(MessageRequeued(subject=fresh.subject, leaves=leaves), by=by)
    _see_to_it(fresh, at=at)
    return fresh


@act
def remove_texts(*, outgoing: Sequence[OutgoingMessage], by: Any, at: datetime) -> int:
    """Remove the words of messages kept long enough; return how many went. The list names each (§7.5.3.2)."""
    rows = OutgoingMessage.objects.filter(pk__in=[each.pk for each in outgoing], next_attempt_at=None)
    keys = tuple(rows.filter(text_removed_at=None).order_by("key").values_list("key", flat=True))
    if not keys:
        return 0
    gone = OutgoingMessage.objects.filter(key__in=keys)
    MessageText.objects.filter(message__in=gone).delete()
    gone.update(text_removed_at=at)
    record(MessageTextsRemoved(subject="outbox:texts", count=len(keys), messages=keys), by=by)
    return len(keys)
