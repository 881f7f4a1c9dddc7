"""Put on one's day the committee of the month, and the minutes that are still to be written."""

import calendar
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from diapason.context.network.queries import members_of
from diapason.improvement.crex.models import RUN, CrexMeeting, crex
from diapason.improvement.crex.rules import moves
from diapason.improvement.quality_events.permissions import scope_of
from diapason.kernel.clock import today
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task

MOST_LINES: Final = 30


@asks
def committee_of_the_month(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Give who holds a committee the meeting of this month to plan, and those whose minutes wait; one question."""
    held = scope_of(request.user).where(RUN)
    if not held:
        return None
    on = today()
    first = on.replace(day=1)
    last = on.replace(day=calendar.monthrange(on.year, on.month)[1])
    unfinished = Q(state=moves.HELD) | Q(state=moves.PLANNED, held_on__lte=on)
    of_month = Q(held_on__gte=first, held_on__lte=last) & ~Q(state=moves.CANCELLED)
    meetings = CrexMeeting.objects.filter(unfinished | of_month, organization__in=held).order_by("held_on")
    (rows,) = yield [meetings[:MOST_LINES]]
    planned = {row.organization_id for row in rows if row.held_on >= first}
    houses = [one for one in members_of(request) if one.pk in held and one.pk not in planned]
    tasks = [_planning(house, on, last) for house in houses if on.day >= crex().due_day]
    waiting = [
        row for row in rows if row.state == moves.HELD or (row.state == moves.PLANNED and row.held_on <= on)
    ]
    tasks += [_writing(row) for row in waiting]
    return Panel(tasks=tasks) if tasks else None


def _planning(house: Any, on: date, last: date) -> Task:
    return Task(
        title=_("Hold the CREX of %(month)s") % {"month": formats.date_format(on, "F")},
        url=f"{reverse('crex:planning')}?organization={house.code}",
        detail=house.short_name,
        due=last,
    )


def _writing(meeting: CrexMeeting) -> Task:
    if meeting.state == moves.PLANNED:
        title = _("Hold the CREX %(number)s")
    else:
        title = _("Close the minutes of the CREX %(number)s")
    return Task(
        title=title % {"number": meeting.number},
        url=meeting.get_absolute_url(),
        due=meeting.held_on if meeting.state == moves.PLANNED else None,
        state=meeting.state_look,
        state_label=meeting.state_name,
    )
