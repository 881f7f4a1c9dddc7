"""List the meetings, plan one, show one, take down what is done with it, hand its minutes over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.network.queries import members_of
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.crex import permissions
from diapason.improvement.crex.acts.meeting import plan_crex
from diapason.improvement.crex.forms.meeting import PlanForm
from diapason.improvement.crex.models import RUN, CrexMeeting, readable
from diapason.improvement.crex.queries.printing import TEMPLATE, minutes_of, parts_of
from diapason.improvement.crex.queries.proposals import proposals_for
from diapason.improvement.crex.rules import moves
from diapason.improvement.crex.views.deeds import DEEDS, Deed, offered
from diapason.improvement.quality_events.models import CauseFound
from diapason.improvement.quality_events.permissions import scope_of
from diapason.improvement.quality_events.queries.files import files_behind, told
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message
from diapason.ui import printing, wording
from diapason.ui.listing import Column, Filter, Listing
from diapason.ui.spreadsheets.workbooks import answer, document
from diapason.ui.together import ask_together
from diapason.ui.views import page, reads, writes

RELATED = ("organization", "event", "pilot")
COLUMNS = [
    Column(message("Number"), "number"),
    Column(message("Organization"), "organization.short_name"),
    Column(message("Held on"), "held_on"),
    Column(message("Event"), "event.number"),
    Column(message("Method"), "method_name"),
    Column(message("State"), "state_name"),
    Column(message("Next meeting"), "next_on"),
]

READ = (
    "number", "held_on", "method", "state", "next_on", "organization__short_name", "event__number", "event__title",
    "pilot__given_name", "pilot__family_name",
)  # fmt: skip
"""What a line of the list shows; events are wide."""


@reads
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings whose minutes this person reads, the newest first."""
    rows: Any = CrexMeeting.objects.visible_to(request.user).select_related(*RELATED).only(*READ)
    states = [(code, _(name)) for code, name in moves.STATES.items()]
    filters = [Filter("state", message("State"), "state", states)]
    houses = [one for one in members_of(request) if one.pk in readable(request.user)]
    if len(houses) > 1:
        choices = [(house.code, house.short_name) for house in houses]
        filters.insert(0, Filter("organization", message("Organization"), "organization__code", choices))
    listing = Listing(request, rows, order=("-held_on", "-number"), filters=filters, columns=COLUMNS)
    return page(request, "crex/list.html", listing=listing, may_plan=_may_plan(request))


def _may_plan(request: HttpRequest) -> Verdict:
    if scope_of(request.user).may_somewhere(RUN):
        return Verdict.yes()
    return Verdict.no(message("Only quality managers plan a CREX."))


def _house(request: HttpRequest) -> Organization:
    """Return the house named, or one's own; 403 for whoever holds no committee, 404 for another one's house."""
    _may_plan(request).require()
    held = [one for one in members_of(request) if one.pk in scope_of(request.user).where(RUN)]
    code = request.GET.get("organization", "")
    found = [one for one in held if one.code == code] if code else held
    if not found:
        raise Http404
    return found[0]


@reads
def planning(request: HttpRequest) -> HttpResponse:
    """Show the form that plans a meeting."""
    house = _house(request)
    return _planning_page(request, house, PlanForm(initial={"held_on": request.GET.get("day") or None}))


@writes
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    house, form = _house(request), PlanForm(request.POST)
    if form.is_valid():
        try:
            made = plan_crex(organization=house, by=request.user, on=today(), **form.values())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The meeting is planned."))
            return redirect(made)
    return _planning_page(request, house, form, status=422)


def _planning_page(
    request: HttpRequest, house: Organization, form: PlanForm, status: int = 200
) -> HttpResponse:
    action = f"{reverse('crex:plan')}?organization={house.code}"
    return page(request, "crex/planning.html", status=status, house=house, form=form, action=action)


def _meeting(request: HttpRequest, number: str) -> CrexMeeting:
    rows: Any = CrexMeeting.objects.visible_to(request.user).select_related(*RELATED)
    found: CrexMeeting = get_object_or_404(rows, number=number)
    return found


@reads
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """Show one meeting: proposals or the event chosen, attendance, analysis, actions, minutes."""
    one, on = _meeting(request, number), today()
    one.__dict__["_prefetched_objects_cache"] = {}
    attendance = one.attendance.select_related("person")
    one.__dict__["_prefetched_objects_cache"]["attendance"] = attendance
    actions = actions_of(one.event.subject) if one.event else Action.objects.none()
    causes = CauseFound.objects.filter(event=one.event, removed_on=None)
    ask_together(attendance, actions, causes)
    return page(
        request, "crex/meeting.html", meeting=one, attendance=list(attendance), actions=list(actions),
        deeds=offered(one, request.user, on), people=sum(row.count for row in attendance),
        proposals=[] if one.event or one.is_ended else proposals_for(one.organization, on),
        causes=list(causes) if one.event else [],
        files=told(files_behind(one.event, request.user)) if one.event else [],
        planning=f"{reverse('action_plan:opening')}?origin={one.event.subject}" if one.event else "",
        may_write=permissions.may_write(one, by=request.user),
    )  # fmt: skip


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        raise Http404
    return DEEDS[name]


@reads
def deed(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the form of something done with a meeting."""
    one, on, wanted = _meeting(request, number), today(), _deed(name)
    wanted.verdict(one, request.user, on).require()
    more = {"chosen": request.GET.get("event", "")} if name == "choose" else {}
    if name == "analyse":
        more = {"method": request.GET.get("method", "")}
    return _deed_page(request, one, wanted, wanted.form(meeting=one, on=on, **more))


@writes
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do something with a meeting; a refusal is told in the form, nothing typed is lost."""
    one, on, wanted = _meeting(request, number), today(), _deed(name)
    wanted.verdict(one, request.user, on).require()
    form = wanted.form(request.POST, meeting=one, on=on)
    if form.is_valid():
        try:
            wanted.act(meeting=one, by=request.user, on=on, **form.values())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _(wanted.done))
            return redirect(one)
    return _deed_page(request, one, wanted, form, status=422)


def _deed_page(
    request: HttpRequest, one: CrexMeeting, wanted: Deed, form: Any, status: int = 200
) -> HttpResponse:
    return page(
        request, "crex/deed.html", status=status, meeting=one, title=_(wanted.label), form=form, name=wanted.name,
        url=reverse("crex:do", args=[one.number, wanted.name]),
    )  # fmt: skip


@reads
def minutes(request: HttpRequest, number: str) -> HttpResponse:
    """Print the minutes."""
    one = _meeting(request, number)
    return printing.answer(printing.pdf_of(TEMPLATE, minutes_of(one, user=request.user)), one.number)


@reads
def minutes_workbook(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the minutes as a workbook: what stands on paper, part by part."""
    one = _meeting(request, number)
    paper = minutes_of(one, user=request.user)
    return answer(document(parts_of(paper), title=one.number, about=paper["about"], on=today()), one.number)
