"""Hold the tables of the chapter."""

from diapason.improvement.quality_events.models.analysis import CauseFound, EventClause
from diapason.improvement.quality_events.models.events import KIND, Declarer, QualityEvent, words
from diapason.improvement.quality_events.models.following import (
    EventMessage,
    Letter,
    Obligation,
    ReportSetting,
)

__all__ = [
    "KIND",
    "CauseFound",
    "Declarer",
    "EventClause",
    "EventMessage",
    "Letter",
    "Obligation",
    "QualityEvent",
    "ReportSetting",
    "words",
]
