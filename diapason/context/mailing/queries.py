"""Answer what the outbox may do and what may be shown of a message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Min, Q

from diapason.context.mailing.models import MessageText, OutgoingMessage


@dataclass(frozen=True)
class Departure:
    """Say whether messages leave this machine, and if not, why: demonstration or no server."""

    demonstration: bool
    host: str
    port: int
    sender: str

    @property
    def leaves(self) -> bool:
        """Tell whether messages are sent."""
        return bool(self.host) and not self.demonstration


def departure() -> Departure:
    """Return how messages leave, from the settings."""
    server = settings.DIAPASON["mail_server"]
    return Departure(
        demonstration=bool(settings.DIAPASON["demonstration"]),
        host=server["host"],
        port=server["port"],
        sender=settings.DEFAULT_FROM_EMAIL,
    )


def shown_text(outgoing: OutgoingMessage) -> str | None:
    """Return the words of a message, None when removed or when they hold a link that signs somebody in.

    In a demonstration such a link never leaves the machine and the page is the only place to find it.
    """
    if outgoing.confidential and not settings.DIAPASON["demonstration"]:
        return None
    return MessageText.objects.filter(message=outgoing).values_list("text", flat=True).first()


def next_departure() -> datetime | None:
    """Return when the next message is to be tried, None when none waits."""
    found: datetime | None = OutgoingMessage.objects.waiting().aggregate(first=Min("next_attempt_at"))[
        "first"
    ]
    return found


def unclaimed(*, at: datetime) -> Q:
    """Return the condition that no worker holds the words of a message."""
    return Q(claimed_until=None) | Q(claimed_until__lt=at)


def state_choices() -> list[tuple[str, str]]:
    """Return (state, its name in the reader's language) of every state."""
    return [(str(value), str(label)) for value, label in OutgoingMessage.State.choices]


def addressed_to(messages: Any, part: str) -> Any:
    """Keep the messages whose address contains that part."""
    return messages.filter(recipient__icontains=part)
