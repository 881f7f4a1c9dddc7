"""State what happens at learning committees."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class CrexPlanned(Fact):
    """State that a meeting was planned."""

    SENTENCE: ClassVar[str] = message("CREX planned for %(held_on)s")
    held_on: str


@dataclass(frozen=True, kw_only=True)
class CrexRescheduled(Fact):
    """State that day, place or duration of a meeting changed."""

    SENTENCE: ClassVar[str] = message("CREX now planned for %(held_on)s")
    held_on: str


@dataclass(frozen=True, kw_only=True)
class CrexEventChosen(Fact):
    """State which event the committee looks into, and why this one."""

    SENTENCE: ClassVar[str] = message("Event chosen: %(event)s, %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    event: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CrexAttendanceRecorded(Fact):
    """State how many people attended."""

    SENTENCE: ClassVar[str] = message("%(people)s people attended")
    people: int


@dataclass(frozen=True, kw_only=True)
class CrexAnalysisRecorded(Fact):
    """State that the analysis was written down."""

    SENTENCE: ClassVar[str] = message("Analysis written down (%(method)s)")
    method: str


@dataclass(frozen=True, kw_only=True)
class CrexMinutesWritten(Fact):
    """State that the minutes were written."""

    SENTENCE: ClassVar[str] = message("Minutes written")


@dataclass(frozen=True, kw_only=True)
class CrexMoved(Fact):
    """State that a meeting went from one state to another; the base of every move."""

    SENTENCE: ClassVar[str] = message("State: %(to_state)s")
    from_state: str
    to_state: str


@dataclass(frozen=True, kw_only=True)
class CrexHeld(CrexMoved):
    """State that the committee met."""

    SENTENCE: ClassVar[str] = message("CREX held")


@dataclass(frozen=True, kw_only=True)
class CrexClosed(CrexMoved):
    """State that the minutes were closed."""

    SENTENCE: ClassVar[str] = message("Minutes closed: %(event)s")
    event: str


@dataclass(frozen=True, kw_only=True)
class CrexCancelled(CrexMoved):
    """State that the committee did not meet, and why."""

    SENTENCE: ClassVar[str] = message("Did not take place: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class CrexReopened(CrexMoved):
    """State that the minutes were opened again, and why."""

    SENTENCE: ClassVar[str] = message("Minutes opened again: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
