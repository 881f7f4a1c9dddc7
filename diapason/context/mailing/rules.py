"""Decide when a message is tried again and how long its words are kept; hold what a message says."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

RETRIES: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long to wait after the first, second… failed attempt; after one more the message is abandoned."""

LEASE: Final = timedelta(minutes=10)
"""How long one worker may hold a message before another one takes it."""

CONFIDENTIAL_TEXT_DAYS: Final = 7
"""How long the words of a message with a one-use link wait at most: such a link is dead by then."""

LONGEST_PROBLEM: Final = 300


@dataclass(frozen=True)
class Letter:
    """Hold what a message says, in the recipient's language: title, plain text, "fr" or "en"."""

    title: str
    text: str
    language: str

    def filled(self, gap: str, value: str) -> "Letter":
        """Return the letter with a gap filled: for a value known only inside the act."""
        return replace(self, text=self.text.replace(gap, value))


def next_attempt(attempts: int, *, at: datetime) -> datetime | None:
    """Return when to try again after that many failed attempts, None when enough was tried."""
    return at + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


def one_line(title: str) -> str:
    """Return a title on one line: a line end in it would begin another header."""
    return " ".join(title.split())[:200]


def oldest_kept(days: int, *, at: datetime) -> datetime:
    """Return the moment before which a text is old enough to go."""
    return at - timedelta(days=days)
