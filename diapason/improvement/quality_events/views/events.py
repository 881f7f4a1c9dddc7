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
from diapason.improvement.quality_events.queries.lookalikes import lookalikes_of, same_category_elsewhere
from diapason.improvement.quality_events.queries.standing import case_of, standing_of
from diapason.improvement.quality_events.rules import moves, sorting
from diapason.improvement.quality_events.views.deeds import next_moves, offered
from diapason.kernel.clock import now, today
from diapason.kernel.dates import months_after
from diapason.ui import panels
from diapason.ui.views import page, reads

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


def _shell(request: HttpRequest, event: QualityEvent, opened: str) -> dict[str, Any]:
    standing = standing_of(event)
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
    shell = _shell(request, one, "facts")
    waiting = one.state in (moves.REPORTED, moves.TRIAGED)
    since = months_after(today(), -12)
    return page(
        request,
        "quality_events/event.html",
        **shell,
        deeds=offered(one, request.user, shell["standing"], *_deeds(one)),
        obligations=list(one.obligations.all()),
        clauses=one.clauses.select_related("clause__edition"),
        messages_told=list(one.messages.all()),
        lookalikes=lookalikes_of(one) if waiting else [],
        elsewhere=same_category_elsewhere(one, since=since) if waiting and one.category else None,
        panels=panels.collect("quality_event", request, one),
        may_settle=permissions.may_settle(one, by=request.user),
        now=now(),
    )


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
    shell = _shell(request, one, "causes")
    found = list(one.causes.filter(removed_on=None))
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
    return page(
        request,
        "quality_events/actions.html",
        **_shell(request, one, "actions"),
        actions=actions_of(one.subject),
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
    return page(
        request,
        "quality_events/lesson.html",
        **_shell(request, one, "lesson"),
        panels=panels.collect("quality_event_lesson", request, one),
    )
