"""Compute the network's indicators of events and actions: counts over all organizations, none of them by name.

No part per organization is given: the visibility charter closes events, so their figures stay on the pages of those who
read them. Fewer than five organizations with records give no figure at all.
"""

from typing import Any

from django.db.models import Count, Q

from diapason.context.indicators.rules.computation import Measure, RecordsLink, computes
from diapason.context.network.models import Organization
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as action_moves
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.queries.figures import by_calendar, by_day, sorting_of
from diapason.improvement.quality_events.queries.sights import FEWEST_HOUSES
from diapason.improvement.quality_events.queries.spans import DaysBetween
from diapason.improvement.quality_events.rules.durations import median_of, sorted_in_time, sorted_rows, whole
from diapason.kernel.dates import Period
from diapason.kernel.words import message

NOT_KNOWN = Measure()


def records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the figures behind, as far as the reader may see them."""
    return [RecordsLink(message("The follow-up of events"), "quality_events:figures", {"months": "36"})]


def _reported(period: Period) -> Any:
    rows: Any = QualityEvent.objects.counted()
    return rows.filter(reported_on__gte=period.start, reported_on__lte=period.end).order_by()


def _is_told(rows: Any) -> bool:
    """Tell whether enough organizations stand behind a figure."""
    return bool(rows.aggregate(houses=Count("organization", distinct=True))["houses"] >= FEWEST_HOUSES)


def events_reported(period: Period) -> Measure:
    """Return how many events were reported in the period."""
    rows = _reported(period)
    return Measure(rows.count()) if _is_told(rows) else NOT_KNOWN


def major_deviations(period: Period) -> Measure:
    """Return the protocol deviations reported in the period and found major or critical."""
    rows, known = _reported(period), words()
    severe = [one.code for one in known.sorting.severities if known.reaches(one.code, "major")]
    if not _is_told(rows):
        return NOT_KNOWN
    return Measure(rows.filter(kind="deviation", severity__in=severe).count())


def events_sorted_in_time(period: Period) -> Measure:
    """Return the events sorted within the days of the house, out of those whose days are over."""
    rows, end = _reported(period), period.end or period.start
    if not _is_told(rows):
        return NOT_KNOWN
    by_region = by_calendar(rows, list(Organization.objects.members()))
    days = [(region, *day) for region, found in by_region for day in by_day(found)]
    total = whole(
        sorted_in_time(sorted_rows(sorting_of(days), on=end), within=words().sorting.triage_within.within)
    )
    return Measure(total.part, total.whole) if total.whole else NOT_KNOWN


def events_closed_in_time(period: Period) -> Measure:
    """Return the events closed within the days of the house, out of those closed in the period."""
    days = _days_to_close(period)
    if not days:
        return NOT_KNOWN
    within = words().sorting.close_within.within
    return Measure(sum(times for each, times in days if each <= within), sum(times for _each, times in days))


def median_days_to_close(period: Period) -> Measure:
    """Return the median of the calendar days from report to closing, of the events closed in the period."""
    middle = median_of(_days_to_close(period))
    return NOT_KNOWN if middle is None else Measure(round(middle))


def _days_to_close(period: Period) -> list[tuple[int, int]]:
    rows: Any = QualityEvent.objects.counted().filter(closed_on__gte=period.start, closed_on__lte=period.end)
    if not _is_told(rows.order_by()):
        return []
    grouped = (
        rows.order_by().values(days=DaysBetween("closed_on", "reported_on")).annotate(events=Count("pk"))
    )
    return list(grouped.values_list("days", "events"))


def actions_effective_first(period: Period) -> Measure:
    """Return the corrective actions found effective at their first check, out of those checked in the period."""
    rows = Action.objects.filter(
        kind__in=action_moves.CHECKED_KINDS, replaces=None,
        checked_on__gte=period.start, checked_on__lte=period.end,
        state__in=(action_moves.EFFECTIVE, action_moves.NOT_EFFECTIVE),
    )  # fmt: skip
    found = rows.aggregate(
        houses=Count("organization", distinct=True),
        every=Count("pk"),
        effective=Count("pk", filter=Q(state=action_moves.EFFECTIVE)),
    )
    return Measure(found["effective"], found["every"]) if found["houses"] >= FEWEST_HOUSES else NOT_KNOWN


FUNCTIONS = (
    events_reported,
    major_deviations,
    events_sorted_in_time,
    events_closed_in_time,
    median_days_to_close,
    actions_effective_first,
)


def register() -> None:
    """Register the functions under the names that the catalogue of indicators uses."""
    for function in FUNCTIONS:
        computes(function.__name__, records=records)(function)
