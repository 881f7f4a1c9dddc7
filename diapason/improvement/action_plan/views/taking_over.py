"""Take over a list of actions kept elsewhere: the model, the preview, the confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.acts.planning import take_over_actions
from diapason.improvement.action_plan.forms.planning import people_of
from diapason.improvement.action_plan.forms.taking_over import COLUMNS, Known, actions_from
from diapason.improvement.action_plan.views.actions import house_of
from diapason.kernel.clock import today
from diapason.ui.spreadsheets.taking import Taking, take
from diapason.ui.spreadsheets.workbooks import answer, model
from diapason.ui.views import page, reads, writes


@reads
def model_of(request: HttpRequest) -> HttpResponse:
    """Answer the workbook to fill in."""
    permissions.may_plan_somewhere(by=request.user).require()
    content = model(COLUMNS, title=_("Actions to take over"), on=today())
    return answer(content, f"diapason-{_('actions')}")


@reads
def taking_over(request: HttpRequest) -> HttpResponse:
    """Show the form: a file, or pasted rows."""
    house = house_of(request, request.GET)
    permissions.may_plan(house, by=request.user).require()
    return _page(request, house, take(request, COLUMNS))


@writes
def take_over(request: HttpRequest) -> HttpResponse:
    """Show what will be taken over, then take it over: all good rows at once, or none."""
    house, on = house_of(request, request.GET), today()
    permissions.may_plan(house, by=request.user).require()
    known = Known.of(house, people_of(house, on), on)
    taking = take(request, COLUMNS, known.check)
    if not taking.is_confirmed:
        return _page(request, house, taking)
    rows = actions_from(taking.good, known, _("previous list"))
    count = take_over_actions(rows=rows, organization=house, by=request.user, on=on)
    messages.success(
        request,
        ngettext("%(count)s action is taken over.", "%(count)s actions are taken over.", count)
        % {"count": count},
    )
    return redirect("action_plan:actions")


def _page(request: HttpRequest, house: Any, taking: Taking) -> HttpResponse:
    query = f"?organization={house.code}"
    return page(
        request,
        "action_plan/taking_over.html",
        house=house,
        taking=taking,
        action=reverse("action_plan:take_over") + query,
        start=reverse("action_plan:taking_over") + query,
        model_url=reverse("action_plan:model"),
    )
