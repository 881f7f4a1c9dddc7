"""List the actions, show one, plan one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.files.models import KeptFile
from diapason.context.network.models import Organization
from diapason.context.people.models import RoleAssignment
from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.acts import planning
from diapason.improvement.action_plan.charts import effectiveness_chart
from diapason.improvement.action_plan.forms.planning import ActionForm
from diapason.improvement.action_plan.models import KIND, Action, CheckInvitation, Extension
from diapason.improvement.action_plan.queries.boards import houses_of
from diapason.improvement.action_plan.queries.origins import label_of, organization_of
from diapason.improvement.action_plan.queries.people import owners_away, stand_ins_of
from diapason.improvement.action_plan.rules import moves
from diapason.improvement.action_plan.views.deeds import DEEDS, Deed, offered
from diapason.kernel.clock import today
from diapason.kernel.scope import EVERYWHERE, NOBODY
from diapason.kernel.verdicts import Refused
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.asking import load_related
from diapason.ui.listing import Column, Filter, Listing
from diapason.ui.views import page, reads, writes

RELATED = ("organization", "owner", "delegate", "done_by", "checker", "indicator", "replaces")
COLUMNS = [
    Column(message("Number"), "number"),
    Column(message("Action"), "title"),
    Column(message("Organization"), "organization.short_name"),
    Column(message("Kind"), "kind_name"),
    Column(message("Comes from"), "origin_name"),
    Column(message("Carried by"), "owner"),
    Column(message("Due on"), "due_on"),
    Column(message("Criterion"), "criterion_text"),
    Column(message("State"), "state_name"),
]

OF_ONESELF = ("mine", "asked")
"""Choices that leave the plans of one's houses: what one carries or was asked to check lies anywhere."""


@reads
def actions(request: HttpRequest) -> HttpResponse:
    """List the actions that this person may see, the most urgent first."""
    return page(
        request,
        "action_plan/list.html",
        listing=(listing := listing_of(request)),
        away=owners_away(listing.rows, today()),
        day=today(),
        may_plan=permissions.may_plan_somewhere(by=request.user),
        may_read=permissions.may_read_plans(by=request.user),
        query=request.GET.urlencode(),
    )


def listing_of(request: HttpRequest) -> Listing:
    """Return the list as the address narrows it: what the page shows is what leaves as file or paper."""
    rows = _asked(request).select_related("organization", "owner", "delegate")
    return Listing(
        request,
        rows,
        order=("-is_waiting", "due_on", "number"),
        filters=_filters(request.user),
        columns=COLUMNS,
    )


def _asked(request: HttpRequest) -> Any:
    """Return the plans that this person reads; what is one's own, in whatever house, when that is asked or all."""
    scope = permissions.scope_of(request.user)
    if request.GET.get("which") in OF_ONESELF or not permissions.may_read_plans(by=request.user):
        return Action.objects.near_to(scope)
    return Action.objects.of_houses(scope)


WHICH = {
    "mine": message("mine"),
    "asked": message("to be checked by me for others"),
    "late": message("late"),
    "active": message("active"),
    "check": message("to be checked"),
}


def _which(user: Any) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """Return what narrows the list to the actions that are somebody's, late, or to be checked."""
    day = today()
    found: dict[str, Callable[[Any], Any]] = {
        "mine": lambda rows: rows.carried_by(user.person),
        "asked": lambda rows: rows.exclude(owner=user.person).exclude(delegate=user.person),
        "late": lambda rows: rows.late(on=day),
        "active": lambda rows: rows.active(),
        "check": lambda rows: rows.to_check(on=day),
    }
    return lambda rows, value: found[value](rows)


def _filters(user: Any) -> list[Filter]:
    which = [(code, _(name)) for code, name in WHICH.items()]
    filters = [
        Filter("which", message("Which"), choices=which, apply=_which(user)),
        Filter("state", message("State"), "state", [(code, _(name)) for code, name in moves.STATES.items()]),
        Filter("kind", message("Kind"), "kind", [(code, _(name)) for code, name in moves.KINDS.items()]),
        Filter("origin", message("Comes from"), "origin_key"),
    ]
    houses = houses_of(permissions.scope_of(user))
    if len(houses) > 1:
        choices = [(house.code, house.short_name) for house in houses]
        filters.insert(0, Filter("organization", message("Organization"), "organization__code", choices))
    return filters


def _action(request: HttpRequest, number: str) -> Action:
    asked = Extension.objects.filter(action=OuterRef("pk"), decided_on=None)
    rows = Action.objects.visible_to(request.user).select_related(*RELATED).annotate(time_asked=Exists(asked))
    return get_object_or_404(rows, number=number)


@reads
def action(request: HttpRequest, number: str) -> HttpResponse:
    """Show one action: what, who, when, by what it will be judged, and its story."""
    one, on = _action(request, number), today()
    kept: Any = KeptFile.objects.of(KIND, number).standing().select_related("added_by")
    invited = CheckInvitation.objects.filter(action=one, ended_on=None).select_related("person")
    away = stand_ins_of(one, on) if one.is_active else RoleAssignment.objects.none()
    asked = (one.extensions.all(), kept, invited.order_by("invited_on", "pk"), away)
    extensions, files, one.asked_now, stand_ins = load_related(one, "replaced_by", also=asked)
    first, rest = offered(one, request.user, on)
    return page(
        request,
        "action_plan/action.html",
        action=one,
        day=on,
        first=first,
        rest=rest,
        extensions=extensions,
        files=files,
        stand_ins=hand_overs(one, stand_ins, on),
        may_delegate=permissions.may_delegate(one, by=request.user),
        **_succession(one, request.user),
        chart=effectiveness_chart(one, on=on),
        origin_label=one.origin_label or one.origin_key,
    )


def hand_overs(one: Action, stand_ins: Sequence[RoleAssignment], on: date) -> list[dict[str, Any]]:
    """Return to whom the action may be handed at one tap, and until when; nothing once somebody carries it."""
    if one.delegate_id and (one.delegated_until is None or one.delegated_until >= on):
        return []
    return [
        {"person": row.person, "until": row.ends_on, "day": (row.ends_on or max(one.due_on, on)).isoformat()}
        for row in stand_ins
    ]


def _succession(one: Action, by: Any) -> dict[str, Any]:
    """Return by what an action found not effective is replaced, and whether it may be."""
    if one.state != moves.NOT_EFFECTIVE:
        return {}
    return {"may_replace": permissions.may_replace(one, by=by), "successors": list(one.replaced_by.all())}


def house_of(request: HttpRequest, data: Any) -> Organization:
    """Return the house for which an action is planned: that of its origin, the one named, or one's own."""
    origin, code = data.get("origin", ""), data.get("organization", "")
    if origin:
        found = organization_of(origin, request.user)
        if found is None:
            raise Http404
        return found
    held = getattr(request.user, "scope", NOBODY).where("plan_action")
    rows = (
        Organization.objects.filter(kind="network")
        if held == EVERYWHERE
        else Organization.objects.filter(pk__in=held)
    )
    if code:
        return get_object_or_404(rows, code=code)
    first = rows.first()
    if first is None:
        permissions.may_plan_somewhere(by=request.user).require()
        raise Http404
    return first


def _replaced(request: HttpRequest, number: str) -> Action | None:
    """Return the action found not effective whose place the new one takes, with its house and its origin."""
    if not number:
        return None
    before = _action(request, number)
    permissions.may_replace(before, by=request.user).require()
    return before


@reads
def opening(request: HttpRequest) -> HttpResponse:
    """Show the form of an action; `origin` in the address says what asks for it."""
    before = _replaced(request, request.GET.get("replaces", ""))
    house = before.organization if before else house_of(request, request.GET)
    permissions.may_plan(house, by=request.user).require()
    origin = before.origin if before else request.GET.get("origin", "")
    kind = "corrective" if origin.startswith("quality_event:") else "improvement"
    initial = {"organization": house.code, "origin": origin, "kind": request.GET.get("kind", kind)}
    if before is not None:
        initial |= {"replaces": before.number, "kind": before.kind, "description": before.description}
    return _opening_page(request, house, ActionForm(house=house, on=today(), initial=initial))


@writes
def open_one(request: HttpRequest) -> HttpResponse:
    """Plan an action and go back to what asked for it."""
    house = house_of(request, request.POST)
    permissions.may_plan(house, by=request.user).require()
    form = ActionForm(request.POST, house=house, on=today())
    if form.is_valid():
        before = _replaced(request, form.cleaned_data["replaces"])
        try:
            draft = form.draft(label_of(form.cleaned_data["origin"], request.user), before)
            made = planning.open_action(draft=draft, by=request.user, on=today())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The action is planned."))
            return redirect(made)
    return _opening_page(request, house, form, status=422)


def _opening_page(
    request: HttpRequest, house: Organization, form: ActionForm, status: int = 200
) -> HttpResponse:
    origin = str(form["origin"].value() or "")
    replaces = str(form["replaces"].value() or "")
    return page(
        request,
        "action_plan/opening.html",
        status=status,
        form=form,
        house=house,
        origin=origin,
        replaces=replaces,
    )


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        raise Http404
    return DEEDS[name]


@reads
def deed(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the form of something done with an action."""
    one, on, wanted = _action(request, number), today(), _deed(name)
    wanted.verdict(one, request.user, on).require()
    return _deed_page(request, one, wanted, wanted.form(action=one, on=on))


@writes
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do something with an action; a refusal is told in the form, nothing typed is lost."""
    one, on, wanted = _action(request, number), today(), _deed(name)
    wanted.verdict(one, request.user, on).require()
    form = wanted.form(request.POST, request.FILES, action=one, on=on)
    if form.is_valid():
        try:
            wanted.act(action=one, by=request.user, on=on, **form.values())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _(wanted.done))
            still = Action.objects.visible_to(request.user).filter(pk=one.pk).exists()
            return redirect(one if still else reverse("action_plan:actions"))
    return _deed_page(request, one, wanted, form, status=422)


def _deed_page(request: HttpRequest, one: Action, wanted: Deed, form: Any, status: int = 200) -> HttpResponse:
    chart = effectiveness_chart(one, on=today()) if wanted.name == "check" else None
    return page(
        request, "action_plan/deed.html", status=status, action=one, title=_(wanted.label), form=form, chart=chart,
        url=reverse("action_plan:do", args=[one.number, wanted.name]),
    )  # fmt: skip
