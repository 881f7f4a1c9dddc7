"""Take down what is done with an event: one form page, one answer; and what was done outside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts import obligations
from diapason.improvement.quality_events.forms.event import ReasonForm
from diapason.improvement.quality_events.forms.following import SettleForm
from diapason.improvement.quality_events.models import Obligation, QualityEvent
from diapason.improvement.quality_events.queries.standing import standing_of
from diapason.improvement.quality_events.views.deeds import DEEDS, Deed
from diapason.improvement.quality_events.views.events import event_for
from diapason.kernel.clock import now, today
from diapason.kernel.verdicts import Refused
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        raise Http404
    return DEEDS[name]


@reads
def deed(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the form of something done with an event."""
    event, one = event_for(request, number), _deed(name)
    one.verdict(event, request.user, standing_of(event)).require()
    named = {"into": request.GET["into"]} if one.name == "merge" and "into" in request.GET else {}
    return _form_page(request, event, one, one.form(event=event, initial=named))


@writes
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Do something with an event; a refusal is told in the form, nothing typed is lost."""
    event, one = event_for(request, number), _deed(name)
    one.verdict(event, request.user, standing_of(event)).require()
    form = one.form(request.POST, event=event)
    if form.is_valid():
        moment = {"at": now()} if one.clock == "at" else {"on": today()}
        try:
            one.act(event=event, by=request.user, **form.values(), **moment)
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _(one.done))
            return redirect(_page_after(request, event, one))
    return _form_page(request, event, one, form, status=422)


def _form_page(
    request: HttpRequest, event: QualityEvent, one: Deed, form: Any, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "quality_events/deed.html",
        status=status,
        event=event,
        title=_(one.label),
        lead=_(one.lead) if one.lead else "",
        form=form,
        action=reverse("quality_events:do", args=[event.number, one.name]),
    )


def _page_after(request: HttpRequest, event: QualityEvent, one: Deed) -> str:
    """Return the tab that shows what was done; the list when the event has gone to another house."""
    if not QualityEvent.objects.read_by(permissions.scope_of(request.user)).filter(pk=event.pk).exists():
        return reverse("quality_events:events")
    names = {"facts": "event"}
    return reverse(f"quality_events:{names.get(one.tab, one.tab)}", args=[event.number])


def _obligation(event: QualityEvent, code: str) -> Obligation:
    found = get_object_or_404(Obligation, event=event, code=code)
    found.event = event
    return found


@reads
def settling(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show the form in which one says when something was done outside."""
    event = event_for(request, number)
    permissions.may_settle(event, by=request.user).require()
    duty = _obligation(event, code)
    form = SettleForm(
        timezone=event.place.timezone,
        initial={"version": duty.version, "met_at": wording.local(now(), event.place.timezone)},
    )
    return _settling_page(request, event, duty, form)


@writes
def settle(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Write down when something was done outside, and what proves it."""
    event = event_for(request, number)
    permissions.may_settle(event, by=request.user).require()
    duty = _obligation(event, code)
    form = SettleForm(request.POST, timezone=event.place.timezone)
    if form.is_valid():
        try:
            obligations.meet_obligation(obligation=duty, by=request.user, at=now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("It is written down."))
            return redirect(event)
    return _settling_page(request, event, duty, form, status=422)


@writes
def waive(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Write down that something is not needed, and why."""
    event = event_for(request, number)
    duty = _obligation(event, code)
    form = ReasonForm(request.POST, event=event)
    if form.is_valid():
        obligations.waive_obligation(
            obligation=duty,
            reason=form.cleaned_data["reason"],
            version=duty.version,
            by=request.user,
            at=now(),
        )
        messages.success(request, _("It is written down."))
        return redirect(event)
    opened = SettleForm(timezone=event.place.timezone, initial={"version": duty.version})
    return _settling_page(request, event, duty, opened, waiving=form, status=422)


def _settling_page(
    request: HttpRequest,
    event: QualityEvent,
    duty: Obligation,
    form: Any,
    waiving: Any = None,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "quality_events/settle.html",
        status=status,
        event=event,
        duty=duty,
        form=form,
        waiving=waiving or ReasonForm(event=event),
        may_waive=permissions.may_triage(event, by=request.user),
    )
