"""State what happens in a programme."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class ProgrammeOpened(Fact):
    """State that a programme was opened."""

    SENTENCE: ClassVar[str] = message("Programme opened: %(title)s")
    title: str


@dataclass(frozen=True, kw_only=True)
class WaveDefined(Fact):
    """State who goes through the programme together."""

    SENTENCE: ClassVar[str] = message("Wave %(number)s: %(members)s")
    number: int
    members: str


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(Fact):
    """State that a milestone got a date, or another one with its reason."""

    SENTENCE: ClassVar[str] = message("Milestone planned on %(planned_on)s. %(reason)s")
    kind: str
    planned_on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Fact):
    """State that a milestone was held."""

    SENTENCE: ClassVar[str] = message("Milestone held on %(held_on)s")
    kind: str
    held_on: date


@dataclass(frozen=True, kw_only=True)
class ExperienceShared(Fact):
    """State that an organization passed its experience on."""

    SENTENCE: ClassVar[str] = message("Experience passed on: %(title)s")
    title: str


@dataclass(frozen=True, kw_only=True)
class MentoringOffered(Fact):
    """State that an organization accompanies another one."""

    SENTENCE: ClassVar[str] = message("Mentoring: %(mentor)s accompanies %(candidate)s")
    mentor: str
    candidate: str


@dataclass(frozen=True, kw_only=True)
class ProgrammeTakenOver(Fact):
    """State that a programme was taken over from a source."""

    SENTENCE: ClassVar[str] = message("Programme taken over, milestones: %(milestones)s (%(source)s)")
    milestones: int
    source: str
