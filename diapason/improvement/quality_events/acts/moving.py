"""Move an event along the table of moves: the only place where its state changes."""

from typing import Any

from diapason.audit_trail.acts import reread
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.queries.standing import standing_of
from diapason.improvement.quality_events.rules.moves import MOVES


def begin(
    event: QualityEvent, code: str, *, version: int | None, by: Any
) -> tuple[QualityEvent, dict[str, str]]:
    """Return the event under the lock, its state already changed, and the states for the fact.

    Raises Refused when the move is not allowed, Conflict when the event was changed meanwhile.
    """
    fresh = reread(event, version)
    permissions.may_move(fresh, code, by=by, standing=standing_of(fresh)).require()
    return fresh, MOVES.make(fresh, code)


def about(event: QualityEvent) -> dict[str, str]:
    """Return subject and organization for a fact about the event."""
    return {"subject": event.subject, "organization": event.organization.code}
