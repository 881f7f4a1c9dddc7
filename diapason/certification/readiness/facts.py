"""State what organizations answer to clauses, and what they do about the gaps."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class ClauseAssessed(Fact):
    """State that an organization assessed a clause at a level."""

    SENTENCE: ClassVar[str] = message("§ %(clause)s assessed at level %(level)s (%(edition)s)")
    edition: str
    clause: str
    level: int


@dataclass(frozen=True, kw_only=True)
class ClauseSetAside(Fact):
    """State that an organization found a clause not applicable to itself."""

    SENTENCE: ClassVar[str] = message("§ %(clause)s found not applicable (%(edition)s)")
    edition: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class ClauseNoted(Fact):
    """State that notes were kept on a clause, its level left open."""

    SENTENCE: ClassVar[str] = message("§ %(clause)s noted, level left open (%(edition)s)")
    edition: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class GapActionCompleted(Fact):
    """State that the action meant to close a gap was carried out."""

    SENTENCE: ClassVar[str] = message("Action on § %(clause)s carried out (%(edition)s)")
    edition: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class GapActionPlanned(Fact):
    """State that an action of the action plan closes the gap from now on, and which one."""

    SENTENCE: ClassVar[str] = message("Action of the plan on § %(clause)s: %(action)s (%(edition)s)")
    edition: str
    clause: str
    action: str
