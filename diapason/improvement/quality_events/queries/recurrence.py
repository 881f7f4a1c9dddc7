"""Count how often a thing comes back: the series by which the effectiveness of an action may be judged."""

from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.action_plan.measures import Series
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules.criterion import Point
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.queries.spans import MonthOf
from diapason.improvement.quality_events.rules.durations import months_between
from diapason.kernel.dates import months_after

MONTHS = 24
"""How far back the series begins, counted from the day of the action."""


def recurrence_of(action: Action, on: date) -> Series | None:
    """Return the monthly number of events of the origin's category in its house, whole months; two statements.

    None when the action does not come from an event, or its event has no category.
    """
    if action.origin_kind != "quality_event":
        return None
    event = QualityEvent.objects.filter(number=action.origin_key).only("category", "organization_id").first()
    if event is None or not event.category:
        return None
    begun = min(action.opened_on, on)
    first = months_after(begun.replace(day=1), -MONTHS)
    rows = (
        QualityEvent.objects.counted()
        .filter(organization=event.organization_id, category=event.category)
        .filter(reported_on__gte=first, reported_on__lt=on.replace(day=1))
        .order_by()
        .values(month=MonthOf("reported_on"))
        .annotate(events=Count("pk"))
    )
    counts = {row["month"]: row["events"] for row in rows}
    months = [month for month in months_between(first, on) if month < f"{on:%Y-%m}"]
    known = next((place for place, month in enumerate(months) if counts.get(month)), 0)
    points = [
        Point(date.fromisoformat(f"{month}-01"), Decimal(counts.get(month, 0)), counts.get(month, 0))
        for month in months[known:]
    ]
    label = _("%(category)s: events a month") % {"category": event.category_name}
    return Series(label, points, f"{reverse('quality_events:events')}?category={event.category}")
