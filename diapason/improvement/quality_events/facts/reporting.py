"""State what is reported, and what declarer and quality manager tell each other."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class EventReported(Fact):
    """State that something was reported; who declared it stands apart from the event."""

    SENTENCE: ClassVar[str] = message("Reported: %(title)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"title"})
    title: str
    consequence: str
    level: str


@dataclass(frozen=True, kw_only=True)
class LettersCollected(Fact):
    """State that the anonymous reports of an organization were taken out of the letter box."""

    SENTENCE: ClassVar[str] = message("%(count)s anonymous reports collected")
    count: int


@dataclass(frozen=True, kw_only=True)
class EventsTakenOver(Fact):
    """State that events kept elsewhere until now were taken over."""

    SENTENCE: ClassVar[str] = message("%(count)s events taken over")
    count: int


@dataclass(frozen=True, kw_only=True)
class EventTakenOver(Fact):
    """State that one event kept elsewhere until now was taken over, and under which number it was kept."""

    SENTENCE: ClassVar[str] = message("Taken over from another list: %(number)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"number"})
    number: str


@dataclass(frozen=True, kw_only=True)
class RoutingAnswered(Fact):
    """State which channel the four questions led to."""

    SENTENCE: ClassVar[str] = message("Channel: %(channel)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"external_number"})
    channel: str
    external_number: str = ""


@dataclass(frozen=True, kw_only=True)
class ObligationMet(Fact):
    """State that something was done outside this tool, and when."""

    SENTENCE: ClassVar[str] = message("Done outside: %(obligation)s, on %(met_at)s")
    obligation: str
    met_at: str


@dataclass(frozen=True, kw_only=True)
class ObligationWaived(Fact):
    """State that something is not needed, and why."""

    SENTENCE: ClassVar[str] = message("Not needed: %(obligation)s, %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    obligation: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeclarerAnswered(Fact):
    """State that the declarer was told something."""

    SENTENCE: ClassVar[str] = message("The declarer was told what became of it")


@dataclass(frozen=True, kw_only=True)
class DeclarerAdded(Fact):
    """State that the declarer added something."""

    SENTENCE: ClassVar[str] = message("The declarer added something")


@dataclass(frozen=True, kw_only=True)
class PhotosAllowed(Fact):
    """State that photos may be added to the reports of an organization."""

    SENTENCE: ClassVar[str] = message("Photos may be added to reports")


@dataclass(frozen=True, kw_only=True)
class PhotosForbidden(Fact):
    """State that photos may no longer be added to the reports of an organization."""

    SENTENCE: ClassVar[str] = message("Photos may no longer be added to reports")
