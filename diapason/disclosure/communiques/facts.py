"""State what happens to a communiqué."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class CommuniqueDrafted(Fact):
    """State that a communiqué was begun, on which frozen edition."""

    SENTENCE: ClassVar[str] = message("Draft made from the edition %(edition)s: %(title)s")
    title: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class CommuniqueEdited(Fact):
    """State that texts or choices of a draft changed."""

    SENTENCE: ClassVar[str] = message(
        "Draft changed: %(figures)s figures, %(milestones)s milestones, %(claims)s claims"
    )
    figures: int
    milestones: int
    claims: int


@dataclass(frozen=True, kw_only=True)
class CommuniqueIssued(Fact):
    """State that a communiqué was issued, provisional or final."""

    SENTENCE: ClassVar[str] = message("Issued on %(dated_on)s: %(state)s")
    state: str
    dated_on: str


@dataclass(frozen=True, kw_only=True)
class CommuniqueWithdrawn(Fact):
    """State that a communiqué was withdrawn, and why."""

    SENTENCE: ClassVar[str] = message("Withdrawn: %(reason)s")
    reason: str
