"""State what happens to outgoing messages; addresses and words are never part of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class MessageQueued(Fact):
    """State that a message was put into the outbox, and what it is about."""

    SENTENCE: ClassVar[str] = message("An e-mail was put into the outbox")
    kind: str
    about: str
    leaves: bool


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact):
    """State that the mail server took a message."""

    SENTENCE: ClassVar[str] = message("The e-mail was handed to the mail server (attempt %(attempt)s)")
    attempt: int


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Fact):
    """State that a message could not be handed over, and when it is tried again."""

    SENTENCE: ClassVar[str] = message(
        "The e-mail could not be sent (attempt %(attempt)s: %(problem)s); tried again on %(next_attempt_at)s"
    )
    attempt: int
    problem: str
    next_attempt_at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageAbandoned(Fact):
    """State that a message was given up after its last attempt."""

    SENTENCE: ClassVar[str] = message("The e-mail was given up after %(attempt)s attempts (%(problem)s)")
    attempt: int
    problem: str


@dataclass(frozen=True, kw_only=True)
class MessageRequeued(Fact):
    """State that somebody asked to send a message again."""

    SENTENCE: ClassVar[str] = message("The e-mail was put into the outbox again")
    leaves: bool


@dataclass(frozen=True, kw_only=True)
class MessageTextsRemoved(Fact):
    """State that the texts of old messages were removed: how many, and of which messages."""

    SENTENCE: ClassVar[str] = message("Texts of %(count)s e-mails were removed, kept long enough")
    count: int
    messages: tuple[str, ...]
