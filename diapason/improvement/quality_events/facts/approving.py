"""State that a plan needs an approval after all."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.improvement.quality_events.facts.triage import EventMoved
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class EventApprovalAsked(EventMoved):
    """State that the plan, under way, needs an approval since the severity was corrected."""

    SENTENCE: ClassVar[str] = message("Its severity now asks for an approval of the plan")
