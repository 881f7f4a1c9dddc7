"""State how an event is dealt with: each fact of a move carries where it came from and where it leads."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class EventMoved(Fact):
    """State that an event went from one state to another; the base of every move."""

    SENTENCE: ClassVar[str] = message("State: %(to_state)s")
    from_state: str
    to_state: str


@dataclass(frozen=True, kw_only=True)
class EventTriaged(EventMoved):
    """State that an event was sorted."""

    SENTENCE: ClassVar[str] = message("Sorted: %(severity)s, %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    severity: str
    reason: str
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class SeverityChanged(Fact):
    """State that the severity was changed, and why."""

    SENTENCE: ClassVar[str] = message("Severity changed: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    severity: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BreachAnswered(Fact):
    """State what was answered to the question of a serious breach."""

    SENTENCE: ClassVar[str] = message("Serious breach: %(answer)s, %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    answer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EventRouted(EventMoved):
    """State that an event is dealt with elsewhere."""

    SENTENCE: ClassVar[str] = message("Dealt with elsewhere: %(channel)s %(number)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"number"})
    channel: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class EventDismissed(EventMoved):
    """State that no further action is taken, and why."""

    SENTENCE: ClassVar[str] = message("No further action: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class EventMerged(EventMoved):
    """State that an event was joined to another."""

    SENTENCE: ClassVar[str] = message("Joined to %(other)s")
    other: str


@dataclass(frozen=True, kw_only=True)
class EventRectified(Fact):
    """State that what is written of the event was corrected, and why."""

    SENTENCE: ClassVar[str] = message("Corrected: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtraAnswered(Fact):
    """State that the further questions of its kind were answered."""

    SENTENCE: ClassVar[str] = message("Further questions answered")


@dataclass(frozen=True, kw_only=True)
class EventTakenBack(EventMoved):
    """State that an event dismissed or sent elsewhere is sorted after all, and why."""

    SENTENCE: ClassVar[str] = message("Sorted after all: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
