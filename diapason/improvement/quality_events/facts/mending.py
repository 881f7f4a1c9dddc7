"""State how an event is mended, proven, closed and opened again."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.improvement.quality_events.facts.triage import EventMoved
from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class CorrectionRecorded(Fact):
    """State what was done at once."""

    SENTENCE: ClassVar[str] = message("Correction: %(correction)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"correction"})
    correction: str


@dataclass(frozen=True, kw_only=True)
class CausesRecorded(Fact):
    """State which causes are written down."""

    SENTENCE: ClassVar[str] = message("Causes: %(causes)s")
    causes: str


@dataclass(frozen=True, kw_only=True)
class EventAnalysed(EventMoved):
    """State that the causes are confirmed."""

    SENTENCE: ClassVar[str] = message("Causes confirmed: %(causes)s")
    causes: str


@dataclass(frozen=True, kw_only=True)
class PlanSubmitted(EventMoved):
    """State that the plan waits for an approval."""

    SENTENCE: ClassVar[str] = message("Plan submitted for approval")


@dataclass(frozen=True, kw_only=True)
class PlanStarted(EventMoved):
    """State that the actions may start."""

    SENTENCE: ClassVar[str] = message("Actions started")


@dataclass(frozen=True, kw_only=True)
class EventPlanApproved(EventMoved):
    """State that the plan was approved."""

    SENTENCE: ClassVar[str] = message("Plan approved")


@dataclass(frozen=True, kw_only=True)
class EventPlanRefused(EventMoved):
    """State that the plan was sent back, and why."""

    SENTENCE: ClassVar[str] = message("Plan sent back: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class EffectivenessProven(EventMoved):
    """State that every corrective action was found effective."""

    SENTENCE: ClassVar[str] = message("Effectiveness proven")


@dataclass(frozen=True, kw_only=True)
class EventSentBack(EventMoved):
    """State that an action was found not effective, so that causes are looked for again."""

    SENTENCE: ClassVar[str] = message("Not effective: causes are looked for again (%(action)s)")
    action: str


@dataclass(frozen=True, kw_only=True)
class QualityEventClosed(EventMoved):
    """State that an event was closed."""

    SENTENCE: ClassVar[str] = message("Closed: %(conclusion)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"conclusion"})
    conclusion: str
    helps_others: bool = False


@dataclass(frozen=True, kw_only=True)
class EventReopened(EventMoved):
    """State that an event was opened again, and why."""

    SENTENCE: ClassVar[str] = message("Reopened: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
