"""Decide who owns an event, what its severity asks for, and which clocks run (ICH E6(R3) §3.11, Reg. (EU) 536/2014)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from diapason.improvement.quality_events.rules.catalogue import Duty, Kind, Words

SPONSOR = "sponsor"
"""How the rules name the study’s sponsor as the owner of an event; anything else is the place where it happened."""


@dataclass(frozen=True)
class Case:
    """Hold what the rules ask of an event: plain values."""

    kind: str
    category: str
    severity: str
    has_study: bool = False
    is_interventional: bool = False
    under_ctr: bool = False
    sponsored_by_member: bool = False
    sponsored_here: bool = False
    repeated: bool = False


def owner_of(case: Case, owners: Sequence[tuple[dict[str, Any], str]]) -> str:
    """Return "sponsor" or "place": the owner that the first fitting rule names."""
    for condition, owner in owners:
        if all(getattr(case, name) == value for name, value in condition.items()):
            return owner
    return "place"


def asks_for_analysis(case: Case, kind: Kind, words: Words) -> bool:
    """Tell whether causes are to be looked for: as the kind says, and always when the event came back."""
    if kind.analysis == "never":
        return False
    return case.repeated or words.reaches(case.severity, kind.analysis)


def asks_for_approval(severity: str, words: Words) -> bool:
    """Tell whether the plan needs the approval of somebody other than its author."""
    return words.reaches(severity, words.sorting.approval_from)


def asks_for_other_closer(severity: str, consequence: str, words: Words) -> bool:
    """Tell whether the declarer may not be the one who closes."""
    return consequence == "serious" or words.reaches(severity, words.sorting.other_closer_from)


def asks_about_breach(case: Case, words: Words) -> bool:
    """Tell whether the question of a serious breach is put: an interventional study and a severity high enough."""
    return (
        case.has_study and case.is_interventional and words.reaches(case.severity, words.sorting.breach_from)
    )


def breach_duty(case: Case, words: Words) -> Duty:
    """Return what a serious breach asks for: the sponsor's clock for its own CTR trials, else inform the sponsor."""
    return (
        words.sorting.breach_clock
        if case.under_ctr and case.sponsored_here
        else words.sorting.breach_elsewhere
    )
