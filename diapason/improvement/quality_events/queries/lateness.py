"""Say which open events are late: not sorted in time, something outside overdue, or an action overdue."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as action_moves
from diapason.improvement.quality_events.models import Obligation, words
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.calendars import REGIONS, working_days_after


def departments_of(region: str) -> list[str]:
    """Return the department codes that keep a calendar of holidays of their own."""
    return sorted(code for code, one in REGIONS.items() if one == region)


def sort_before(on: date, region: str = "") -> date:
    """Return the first day of report that may still be unsorted on that day."""
    within, day = words().sorting.triage_within.within, on
    while working_days_after(day - timedelta(days=1), within, region) >= on:
        day -= timedelta(days=1)
    return day


def unsorted_late(on: date) -> Q:
    """Return the condition: reported, and not sorted within the days of the house, holidays of the place counted."""
    usual = sort_before(on)
    found = Q(state=moves.REPORTED, reported_on__lt=usual)
    for region in sorted(set(REGIONS.values())):
        first = sort_before(on, region)
        if first < usual:
            found &= ~Q(place__department__in=departments_of(region), reported_on__gte=first)
    return found


def sorted_late(on: date, *, days: int) -> Q:
    """Return the condition: reported within so many days, and sorted after the days of the house."""
    within, late = words().sorting.triage_within.within, Q(pk__in=())
    for back in range(days):
        day = on - timedelta(days=back)
        usual = working_days_after(day, within)
        one = Q(reported_on=day, triaged_on__gt=usual)
        for region in sorted(set(REGIONS.values())):
            last = working_days_after(day, within, region)
            if last > usual:
                one &= ~Q(place__department__in=departments_of(region), triaged_on__lte=last)
        late |= one
    return Q(reported_on__gt=on - timedelta(days=days)) & late


def late(on: date) -> Q:
    """Return the condition on events that are late on that day."""
    moment = timezone.make_aware(datetime.combine(on, time.min))
    duties = Obligation.objects.filter(event=OuterRef("pk"), met_at=None, waived_reason="", due_at__lt=moment)
    actions = active_actions().filter(due_on__lt=on)
    return Q(state__in=moves.OPEN) & (unsorted_late(on) | Exists(duties) | Exists(actions))


def active_actions() -> QuerySet[Action]:
    """Return the actions in hand of an event; "not ended" keeps the database on the index of their origin."""
    ended = (action_moves.DONE, *action_moves.ENDED)
    return Action.objects.filter(origin_kind="quality_event", origin_key=OuterRef("number")).exclude(
        state__in=ended
    )
