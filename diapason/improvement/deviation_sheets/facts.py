"""State what happens to deviation sheets and to what they propose."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class DeviationSheetFilled(Fact):
    """State that the counts of a month were entered or corrected."""

    SENTENCE: ClassVar[str] = message(
        "Sheet of %(month)s filled: %(deviations)s deviations, %(major)s of them major"
    )
    month: str
    deviations: int
    major: int


@dataclass(frozen=True, kw_only=True)
class DeviationEventProposed(Fact):
    """State that a rule proposes an event."""

    SENTENCE: ClassVar[str] = message("Event proposed: %(rule)s, %(category)s, %(month)s (%(figure)s)")
    rule: str
    category: str
    month: str
    figure: int


@dataclass(frozen=True, kw_only=True)
class DeviationProposalAccepted(Fact):
    """State that an event was opened from a proposal."""

    SENTENCE: ClassVar[str] = message("Event opened: %(event)s")
    event: str


@dataclass(frozen=True, kw_only=True)
class DeviationProposalDeclined(Fact):
    """State that no event was opened, and why."""

    SENTENCE: ClassVar[str] = message("No event: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeviationProposalWithdrawn(Fact):
    """State that corrected counts no longer propose an event."""

    SENTENCE: ClassVar[str] = message("Proposal withdrawn: the counts were corrected")
