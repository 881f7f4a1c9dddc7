"""Show one event: facts, causes, actions, effectiveness, lesson, each on a tab of its own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.action_plan.permissions import may_plan
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.quality_events import charts, permissions
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.queries.files import files_behind, told
from diapason.improvement.quality_events.queries.lookalikes import (
    lookalikes_of,
    recurrences_of,
    same_category_elsewhere,
)
from diapason.improvement.quality_events.queries.standing import case_of, standing_of
from diapason.improvement.quality_events.rules import moves, sorting
from diapason.improvement.quality_events.views.deeds import next_moves, offered
from diapason.kernel.clock import now, today
from diapason.kernel.dates import months_after
from diapason.ui import panels
from diapason.ui.asking import Asking, answer_to, answered, asks, side_by_side
from diapason.ui.together import HowMany
from diapason.ui.views import page, reads

CLAUSE = ("event", "clause__number", "clause__edition__label")
RELATED = ("organization", "place", "site", "study", "plan_author", "duplicate_of", "declarer__person")


@dataclass(frozen=True)
class Tab:
    """Hold one tab of the page."""

    label: str
    url: str
    is_open: bool
    count: int | None = None


def event_for(request: HttpRequest, number: str) -> QualityEvent:
    """Return the event when this person works on it; 404 for everybody else, its declarer included."""
    rows = QualityEvent.objects.read_by(permissions.scope_of(request.user)).select_related(*RELATED)
    return get_object_or_404(rows, number=number)


def tabs_of(event: QualityEvent, opened: str, actions: int | None = None) -> list[Tab]:
    """Return the tabs that have something to hold yet: they come as the event advances."""
    names = [("facts", _("Facts"), "quality_events:event")]
    if event.triaged_on is not None:
        names.append(("causes", _("Causes"), "quality_events:causes"))
        names.append(("actions", _("Actions"), "quality_events:actions"))
    if event.state in (moves.IN_ACTION, moves.PROVEN, moves.CLOSED):
        names.append(("effectiveness", _("Effectiveness"), "quality_events:effectiveness"))
    if event.state == moves.CLOSED:
        names.append(("lesson", _("Lesson"), "quality_events:lesson"))
    return [
        Tab(label, reverse(url, args=[event.number]), code == opened, actions if code == "actions" else None)
        for code, label, url in names
    ]


@asks
def _shell(request: HttpRequest, event: QualityEvent, opened: str) -> Asking[dict[str, Any]]:
    standing = yield from standing_of.asking(event)
    return {
        "event": event,
        "standing": standing,
        "tabs": tabs_of(event, opened, standing.actions),
        "moves": next_moves(event, request.user, standing),
        "declarer": _declarer(event, request.user),
    }


def _declarer(event: QualityEvent, user: Any) -> str:
    declarer = getattr(event, "declarer", None)
    if declarer is None or not permissions.may_see_declarer(event, by=user):
        return ""
    return str(declarer.person.full_name)


@reads
def event(request: HttpRequest, number: str) -> HttpResponse:
    """Show what happened, what must be done outside, and what looks like it."""
    one = event_for(request, number)
    asked = side_by_side(
        _shell.asking(request, one, "facts"), _told(one), panels.collecting("quality_event", request, one)
    )
    shell, told, given = answered(asked)
    return page(
        request,
        "quality_events/event.html",
        **shell,
        **told,
        panels=given,
        joining=next((each.url for each in shell["moves"] if each.deed.name == "merge" and each.verdict), ""),
        deeds=offered(one, request.user, shell["standing"], *_deeds(one)),
        may_settle=permissions.may_settle(one, by=request.user),
        now=now(),
    )


def _told(event: QualityEvent) -> Asking[dict[str, Any]]:
    """Return what stands with the event; what looks like it only until its causes are looked for."""
    waiting = event.state in (moves.REPORTED, moves.TRIAGED)
    is_over = event.state == moves.CLOSED and event.category != ""
    alike = (
        lookalikes_of.asking(event),
        same_category_elsewhere.asking(event, since=months_after(today(), -12)),
    )
    obligations, joined, clauses, messages, *more = yield from side_by_side(
        answer_to(event.obligations.all()),
        answer_to(event.duplicates.only("number", "title")),
        answer_to(event.clauses.select_related("clause__edition").only(*CLAUSE)),
        answer_to(event.messages.all()),
        *(alike if waiting else ()),
        *([answer_to(HowMany(recurrences_of(event)))] if is_over else ()),
    )
    lookalikes, elsewhere = more if waiting else ([], None)
    return {
        "obligations": obligations,
        "joined": joined,
        "clauses": clauses,
        "messages_told": messages,
        "lookalikes": lookalikes,
        "elsewhere": elsewhere,
        "came_back": more[0] if is_over else None,
    }


def _deeds(event: QualityEvent) -> list[str]:
    names = ["correct", "tell"] if event.is_open else ["tell"]
    if event.is_open and event.triaged_on is not None:
        names.append("rectify")
        if sorting.asks_about_breach(case_of(event), words()):
            names.append("breach")
    if event.is_open and event.known_kind and event.known_kind.fields:
        names.append("extra")
    return names


@reads
def causes(request: HttpRequest, number: str) -> HttpResponse:
    """Show the causes, drawn and as a list."""
    one = event_for(request, number)
    shell, found = answered(
        side_by_side(_shell.asking(request, one, "causes"), answer_to(one.causes.filter(removed_on=None)))
    )
    return page(
        request,
        "quality_events/causes.html",
        **shell,
        causes=found,
        tree=charts.tree_of(found),
        drawing=charts.ishikawa(one.title, found),
        deeds=offered(one, request.user, shell["standing"], "analysis"),
    )


@reads
def actions(request: HttpRequest, number: str) -> HttpResponse:
    """Show the actions planned against the causes."""
    one = event_for(request, number)
    shell, found = answered(
        side_by_side(_shell.asking(request, one, "actions"), answer_to(actions_of(one.subject)))
    )
    return page(
        request,
        "quality_events/actions.html",
        **shell,
        actions=found,
        files=told(files_behind(one, request.user)),
        may_plan=may_plan(one.organization, by=request.user) & permissions.may_edit(one, by=request.user),
        planning=reverse("action_plan:opening") + f"?origin={one.subject}",
    )


@reads
def effectiveness(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the criteria fixed beforehand say, action by action."""
    one = event_for(request, number)
    return page(
        request,
        "quality_events/effectiveness.html",
        **_shell(request, one, "effectiveness"),
        checked=charts.effectiveness_of(one, on=today()),
    )


@reads
def lesson(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the network learns from it."""
    one = event_for(request, number)
    shell, given = answered(
        side_by_side(
            _shell.asking(request, one, "lesson"), panels.collecting("quality_event_lesson", request, one)
        )
    )
    return page(request, "quality_events/lesson.html", **shell, panels=given)
