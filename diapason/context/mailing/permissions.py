"""Decide who may read outgoing messages and send them again."""

from typing import Any

from diapason.context.mailing.models import MANAGE, OutgoingMessage
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_read_messages(*, by: Any) -> Verdict:
    """Tell whether the outbox is open to this person; which messages it shows is decided by `visible_to`."""
    if by.scope.may_somewhere(MANAGE):
        return Verdict.yes()
    return Verdict.no(message("Only the administration may read outgoing mail."))


def may_send_again(outgoing: OutgoingMessage, *, by: Any) -> Verdict:
    """Tell whether that message may be put into the outbox again."""
    if not by.scope.may(MANAGE) and outgoing.requested_by != by.scope.person:
        return Verdict.no(message("Only the administration may read outgoing mail."))
    if outgoing.next_attempt_at is not None:
        return Verdict.no(message("This message already waits to be sent."))
    if outgoing.text_removed_at is not None:
        return Verdict.no(message("The text of this message was removed: have a new one written."))
    return may_read_messages(by=by)
