"""Put on one's day what waits there, and on the page of an event the photos added to the report."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.audit_trail import jobs as trail_jobs
from diapason.context.files import readers
from diapason.context.files.models import KeptFile
from diapason.improvement.quality_events import jobs
from diapason.improvement.quality_events import panels as panels_of_events
from diapason.improvement.quality_events.forms.photos import RemovePhotoForm
from diapason.improvement.quality_events.models import KIND, EventMessage, Obligation, QualityEvent, words
from diapason.improvement.quality_events.permissions import holds, may_read_files, scope_of
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.calendars import region_of, working_days_after
from diapason.kernel.clock import today
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.words import message
from diapason.ui import navigation, panels, wording
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task

MOST_LINES: Final = 12
NEWS_DAYS: Final = 14
SHOWN: Final = ("number", "title", "state", "severity", "consequence", "reported_on")


def register() -> None:
    """Register what belongs to reporting: the button, one's own pages, photos, the job that empties the letter box."""
    trail_jobs.begin_also(jobs.begin)
    readers.register(KIND, may_read_files, message("whoever works on the event, and its declarer"))
    navigation.set_report(message("Report"), "quality_events:report", "report_event")
    navigation.add("day", message("My reports"), "quality_events:mine", 30, "report_event")
    navigation.add("improve", message("How people report"), "quality_events:settings", 90, "triage_event")
    panels.register("my_day", work_on_events, 5)
    panels.register("my_day", news_of_my_reports, 50)
    panels.register("quality_event", photos_of, 10)


@asks
def photos_of(request: HttpRequest, event: QualityEvent) -> Asking[Panel | None]:
    """Give the page of an event the photos added to the report."""
    (files,) = yield [KeptFile.objects.of(KIND, event.number).standing()]
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
            "who": _(readers.who_reads(KIND)),
        },
    )


@asks
def work_on_events(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Give reports to sort, plans to approve, what is due outside and what can be closed: one round of questions."""
    scope = scope_of(request.user)
    waiting, plans, due = yield [
        _here(scope, "triage_event")
        .filter(state=moves.REPORTED)
        .only(*SHOWN, "place__department")[: MOST_LINES + 1],
        _here(scope, "approve_plan")
        .filter(state=moves.PLAN_SUBMITTED)
        .exclude(plan_author=getattr(request.user, "person", None))
        .only(*SHOWN, "place__department")[:MOST_LINES],
        panels_of_events.due_or_proven(_here(scope, "analyse_event")).only(*SHOWN, "place__department")[
            :MOST_LINES
        ],
    ]
    tasks = [_sorting_task(event) for event in waiting[:MOST_LINES]]
    if len(waiting) > MOST_LINES:
        tasks.append(
            Task(_("More reports wait to be sorted"), reverse("quality_events:events"), due=tasks[-1].due)
        )
    tasks += [_approving_task(event) for event in plans]
    tasks += [panels_of_events.task_of(event) for event in due]
    return Panel(tasks=tasks) if tasks else None


def _here(scope: Any, ability: str) -> Any:
    """Return the oldest events of the houses where the ability is held, the network's own when held everywhere."""
    held = scope.where(ability)
    houses = Q(organization__kind="network") if held == EVERYWHERE else Q(organization__in=held)
    return QualityEvent.objects.filter(houses).select_related("place").order_by("reported_on", "number")


def _approving_task(event: QualityEvent) -> Task:
    return Task(
        title=_("Approve the plan of “%(title)s”") % {"title": event.title},
        url=reverse("quality_events:actions", args=[event.number]),
        detail=f"{event.number} · {event.severity_name}",
        state="warn",
        state_label=event.state_name,
    )


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


@asks
def news_of_my_reports(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Give a declarer what is left to do outside, and what became of the reports of late: one round of questions."""
    if not scope_of(request.user).may_somewhere("report_event"):
        return None
    person, since = getattr(request.user, "person", None), today() - timedelta(days=NEWS_DAYS)
    told = EventMessage.objects.filter(event=OuterRef("pk"), from_declarer=False, on__gte=since)
    mine = QualityEvent.objects.filter(declarer__person=person).annotate(heard=Exists(told))
    news = mine.filter(
        Q(heard=True) | Q(closed_on__gte=since) | Q(state=moves.REPORTED, channel="", reported_on__gte=since)
    )
    duties, events = yield [
        _open_duties(person),
        news.order_by("-reported_on").only(*SHOWN, "channel")[:MOST_LINES],
    ]
    tasks = [_duty_task(duty) for duty in duties]
    tasks += [_news_task(event, event.heard) for event in events]
    return Panel(tasks=tasks) if tasks else None


def _open_duties(person: Any) -> Any:
    states = (*moves.OPEN, moves.ROUTED)
    rows = Obligation.objects.filter(
        event__declarer__person=person, event__state__in=states, met_at=None, waived_reason=""
    )
    shown = ("code", "due_at", "version", "event__number", "event__title", "event__place__timezone")
    return rows.select_related("event__place").only(*shown).order_by("due_at")[:MOST_LINES]


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
