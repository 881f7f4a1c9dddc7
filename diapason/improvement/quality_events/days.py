"""Put on one's day what waits there, and on the page of an event the photos added to the report."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.audit_trail import jobs as trail_jobs
from diapason.context.files import readers
from diapason.context.files.models import KeptFile
from diapason.improvement.quality_events import jobs
from diapason.improvement.quality_events.forms.photos import RemovePhotoForm
from diapason.improvement.quality_events.models import KIND, EventMessage, Obligation, QualityEvent, words
from diapason.improvement.quality_events.permissions import holds, may_read_files, scope_of
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.calendars import region_of, working_days_after
from diapason.kernel.clock import today
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.words import message
from diapason.ui import navigation, panels, wording
from diapason.ui.panels import Panel, Task

MOST_LINES: Final = 12
NEWS_DAYS: Final = 14


def register() -> None:
    """Register what belongs to reporting: the button, one's own pages, photos, the job that empties the letter box."""
    trail_jobs.begin_also(jobs.begin)
    readers.register(KIND, may_read_files)
    navigation.set_report(message("Report"), "quality_events:report", "report_event")
    navigation.add("day", message("My reports"), "quality_events:mine", 30, "report_event")
    navigation.add("improve", message("How people report"), "quality_events:settings", 90, "triage_event")
    panels.register("my_day", reports_to_sort, 5)
    panels.register("my_day", plans_to_approve, 8)
    panels.register("my_day", news_of_my_reports, 50)
    panels.register("quality_event", photos_of, 10)


def photos_of(request: HttpRequest, event: QualityEvent) -> Panel | None:
    """Give the page of an event the photos added to the report."""
    files = list(KeptFile.objects.of(KIND, event.number).standing())
    if not files:
        return None
    return Panel(
        title=_("Photo"),
        template="quality_events/parts/photos.html",
        context={
            "files": files,
            "number": event.number,
            "may_remove": bool(holds(event, "triage_event", by=request.user)),
            "form": RemovePhotoForm(),
        },
    )


def reports_to_sort(request: HttpRequest, thing: None) -> Panel | None:
    """Give whoever sorts the reports that wait, oldest first, each with the day by which the house wants it sorted."""
    held = scope_of(request.user).where("triage_event")
    if not held:
        return None
    houses = Q(organization__kind="network") if held == EVERYWHERE else Q(organization__in=held)
    rows = (
        QualityEvent.objects.filter(houses, state=moves.REPORTED)
        .select_related("place")
        .order_by("reported_on", "number")[: MOST_LINES + 1]
    )
    tasks = [_sorting_task(event) for event in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        url = reverse("quality_events:events")
        tasks.append(Task(_("More reports wait to be sorted"), url, due=tasks[-1].due))
    return Panel(tasks=tasks) if tasks else None


def plans_to_approve(request: HttpRequest, thing: None) -> Panel | None:
    """Give whoever approves the plans that wait, one's own excepted: somebody else approves those."""
    held = scope_of(request.user).where("approve_plan")
    if not held:
        return None
    houses = Q(organization__kind="network") if held == EVERYWHERE else Q(organization__in=held)
    rows = QualityEvent.objects.filter(houses, state=moves.PLAN_SUBMITTED).exclude(
        plan_author=getattr(request.user, "person", None)
    )
    tasks = [
        Task(
            title=_("Approve the plan of “%(title)s”") % {"title": event.title},
            url=reverse("quality_events:actions", args=[event.number]),
            detail=f"{event.number} · {event.severity_name}",
            state="warn",
            state_label=event.state_name,
        )
        for event in rows.order_by("reported_on", "number")[:MOST_LINES]
    ]
    return Panel(tasks=tasks) if tasks else None


def sort_by(event: QualityEvent) -> date:
    """Return the day by which the house wants a report sorted: so many working days after it came."""
    return working_days_after(
        event.reported_on, words().sorting.triage_within.within, region_of(event.place.department)
    )


def _sorting_task(event: QualityEvent) -> Task:
    clock = words().sorting.triage_within
    detail = ngettext(
        "%(number)s · reported on %(day)s · to be sorted within %(days)s working day",
        "%(number)s · reported on %(day)s · to be sorted within %(days)s working days",
        clock.within,
    ) % {"number": event.number, "day": wording.day(event.reported_on), "days": clock.within}
    return Task(
        title=_("Sort the report “%(title)s”") % {"title": event.title},
        url=event.get_absolute_url(),
        detail=detail,
        due=sort_by(event),
        state="bad" if event.consequence == QualityEvent.Consequence.SERIOUS else "warn",
        state_label=event.get_consequence_display(),
    )


def news_of_my_reports(request: HttpRequest, thing: None) -> Panel | None:
    """Give a declarer what is left to do outside, and what became of the reports of late."""
    if not scope_of(request.user).may_somewhere("report_event"):
        return None
    person, on = getattr(request.user, "person", None), today()
    tasks = [_duty_task(duty) for duty in _open_duties(person)]
    told = EventMessage.objects.filter(
        event__declarer__person=person, from_declarer=False, on__gte=on - timedelta(days=NEWS_DAYS)
    )
    heard = {message.event_id: message.on for message in told.order_by("on", "pk")}
    mine = QualityEvent.objects.filter(declarer__person=person).filter(
        Q(pk__in=heard)
        | Q(closed_on__gte=on - timedelta(days=NEWS_DAYS))
        | Q(state=moves.REPORTED, channel="", reported_on__gte=on - timedelta(days=NEWS_DAYS))
    )
    tasks += [_news_task(event, event.pk in heard) for event in mine.order_by("-reported_on")[:MOST_LINES]]
    return Panel(tasks=tasks) if tasks else None


def _open_duties(person: Any) -> Any:
    return (
        Obligation.objects.filter(
            event__declarer__person=person, event__state__in=moves.OPEN, met_at=None, waived_reason=""
        )
        .select_related("event__place")
        .order_by("due_at")[:MOST_LINES]
    )


def _duty_task(duty: Obligation) -> Task:
    due = wording.local(duty.due_at, duty.event.place.timezone)
    return Task(
        title=_("%(duty)s (your report “%(title)s”)") % {"duty": duty.name, "title": duty.event.title},
        url=reverse("quality_events:declared", args=[duty.event.number]),
        detail=duty.event.number,
        due=due.date(),
    )


def _news_task(event: QualityEvent, has_message: bool) -> Task:
    if has_message:
        title = _("A message about your report “%(title)s”")
    elif event.is_open:
        title = _("Four questions wait for your report “%(title)s”")
    else:
        title = _("Your report “%(title)s” has come to its end")
    return Task(
        title=title % {"title": event.title},
        url=reverse("quality_events:declared", args=[event.number]),
        detail=event.number,
        state=event.state_look,
        state_label=event.state_name,
    )
