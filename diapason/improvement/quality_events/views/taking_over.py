"""Take over a list of events kept elsewhere: the model, the preview, the confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.network.models import Organization
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.reporting import take_over_events
from diapason.improvement.quality_events.forms.taking_over import Known, columns, events_from
from diapason.kernel.clock import today
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.spreadsheets.taking import Taking, take
from diapason.ui.spreadsheets.workbooks import answer, model
from diapason.ui.views import page, reads, writes


def house_of(request: HttpRequest) -> Organization:
    """Return the house whose events are taken over: the one named, or one's own; 404 where one sorts no reports."""
    held = permissions.scope_of(request.user).where("triage_event")
    if not held:
        Verdict.no(message("Only quality managers take events over.")).require()
    everywhere = Organization.objects.filter(kind="network")
    rows = everywhere if held == EVERYWHERE else Organization.objects.filter(pk__in=held)
    code = request.GET.get("organization", "")
    return get_object_or_404(rows.filter(code=code) if code else rows.order_by("sort_key")[:1])


@reads
def model_of(request: HttpRequest) -> HttpResponse:
    """Answer the workbook to fill in."""
    house_of(request)
    content = model(columns(), title=_("Events to take over"), on=today())
    return answer(content, f"diapason-{_('events')}")


@reads
def taking_over(request: HttpRequest) -> HttpResponse:
    """Show the form: a file, or pasted rows."""
    return _page(request, house_of(request), take(request, columns()))


@writes
def take_over(request: HttpRequest) -> HttpResponse:
    """Show what will be taken over, then take it over: all good rows at once, or none."""
    house, on = house_of(request), today()
    known = Known.of(house, request.user, on)
    taking = take(request, columns(), known.check)
    if not taking.is_confirmed:
        return _page(request, house, taking)
    rows = events_from(taking.good, known)
    count = take_over_events(rows=rows, organization=house, by=request.user, on=on)
    done = ngettext("%(count)s event is taken over.", "%(count)s events are taken over.", count) % {
        "count": count
    }
    messages.success(request, done)
    return redirect("quality_events:events")


def _page(request: HttpRequest, house: Any, taking: Taking) -> HttpResponse:
    query = f"?organization={house.code}"
    return page(
        request,
        "quality_events/taking_over.html",
        house=house,
        taking=taking,
        action=reverse("quality_events:take_over") + query,
        start=reverse("quality_events:taking_over") + query,
        model_url=reverse("quality_events:model"),
    )
