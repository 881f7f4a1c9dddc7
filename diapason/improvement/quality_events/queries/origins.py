"""Tell the action plan what an event is that asks for an action."""

from typing import Any

from diapason.improvement.action_plan.queries.origins import Origin
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.scope import NOBODY, Scope


def event_behind(number: str, user: Any) -> Origin | None:
    """Return the house of an event and its words, None for whoever does not work on it: its declarer included."""
    scope: Scope = getattr(user, "scope", NOBODY)
    event = QualityEvent.objects.read_by(scope).select_related("organization").filter(number=number).first()
    return Origin(event.organization, f"{event.number} {event.title}") if event else None
