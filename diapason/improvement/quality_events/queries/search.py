"""Find events by what somebody typed."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.scope import NOBODY, Scope
from diapason.ui.search import Hit


def events_matching(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Return the events of one's houses whose number or title holds the text (one query)."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    if not scope.may_somewhere("read_events"):
        return []
    rows: Any = QualityEvent.objects.read_by(scope).filter(
        Q(number__istartswith=text) | Q(title__icontains=text)
    )
    found = rows.select_related("organization").order_by("-reported_on", "-number")[:limit]
    return [
        Hit(event.title, event.get_absolute_url(), f"{event.number} · {event.organization.short_name}")
        for event in found
    ]
