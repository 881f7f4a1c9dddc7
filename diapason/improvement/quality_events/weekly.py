"""Give the weekly letter the reports that wait to be sorted, and the clocks of what is to be done outside."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from diapason.improvement.action_plan import digests
from diapason.improvement.action_plan.digests import Line
from diapason.improvement.action_plan.queries.people import holders_of
from diapason.improvement.quality_events.days import sort_by
from diapason.improvement.quality_events.models import Obligation, QualityEvent
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.words import message
from diapason.ui import wording

ABILITY = "triage_event"
"""Who is told: those who sort the events of the house, no declarer: the outbox would hold the name."""


def register() -> None:
    """Add both headings to the letter."""
    digests.register(message("Reports to be sorted"), 10, reports_to_sort)
    digests.register(message("To be done outside, with a deadline"), 5, clocks_running_out)


def reports_to_sort(on: date, until: date) -> Iterator[Line]:
    """Return a line for each report that is to be sorted by that day, the oldest first: two statements."""
    rows = QualityEvent.objects.filter(state=moves.REPORTED).select_related("organization", "place")
    shown = ("number", "reported_on", "organization__kind", "place__department")
    waiting = [
        event for event in rows.only(*shown).order_by("reported_on", "number") if sort_by(event) <= until
    ]
    yield from _to_holders([(event, partial(_report_said, event)) for event in waiting], on)


def clocks_running_out(on: date, until: date) -> Iterator[Line]:
    """Return a line for each duty outside whose clock ends by that day, the first to end first: two statements."""
    end = datetime.combine(until + timedelta(days=1), time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))
    rows = Obligation.objects.filter(
        met_at=None, waived_reason="", due_at__lt=end, event__state__in=(*moves.OPEN, moves.ROUTED)
    )
    shown = ("code", "due_at", "event__number", "event__organization__kind", "event__place__timezone")
    running = rows.select_related("event__organization", "event__place").only(*shown).order_by("due_at", "pk")
    yield from _to_holders([(duty.event, partial(_clock_said, duty)) for duty in running], on)


def _to_holders(told: list[tuple[QualityEvent, Any]], on: date) -> Iterator[Line]:
    """Return each line for everybody who sorts the events of its house."""
    holders = holders_of(ABILITY, on) if told else {}
    for event, say in told:
        house = None if event.organization.is_network else event.organization_id
        for person in sorted(holders.get(house, ())):
            yield Line(person, say, event.get_absolute_url())


def _report_said(event: QualityEvent) -> str:
    return _("%(number)s, reported on %(day)s, to be sorted by %(by)s") % {
        "number": event.number,
        "day": wording.day(event.reported_on),
        "by": wording.day(sort_by(event)),
    }


def _clock_said(duty: Obligation) -> str:
    due = wording.local(duty.due_at, duty.event.place.timezone)
    return _("%(number)s: %(duty)s, by %(moment)s") % {
        "number": duty.event.number,
        "duty": duty.name,
        "moment": wording.moment(due),
    }
