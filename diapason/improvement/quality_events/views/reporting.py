"""Take a report in three fields, ask the four questions, and let its declarer follow it."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from diapason.context.files.models import KeptFile
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts import messages as message_acts
from diapason.improvement.quality_events.acts import obligations, photos, reporting
from diapason.improvement.quality_events.forms.following import SettleForm
from diapason.improvement.quality_events.forms.photos import PhotoForm
from diapason.improvement.quality_events.forms.reporting import ReportForm, RoutingForm, WordsForm
from diapason.improvement.quality_events.models import KIND, Obligation, QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.places import likely_place
from diapason.improvement.quality_events.rules.moves import PLAIN
from diapason.kernel.clock import now, today
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.listing import Listing
from diapason.ui.views import page, reads, writes


@reads
def report(request: HttpRequest) -> HttpResponse:
    """Show the three fields; the place is guessed."""
    form = ReportForm(user=request.user, on=today())
    _require_a_house(form)
    form.initial["where"] = likely_place(request.user, form.places, page=_page_before(request))
    return _report_page(request, form)


def _page_before(request: HttpRequest) -> dict[str, str]:
    """Return the arguments of our own page from which somebody came, by view name: a study is likely meant."""
    try:
        match = resolve(urlsplit(request.headers.get("Referer", "")).path)
    except Resolver404:
        return {}
    return {"view": match.view_name, **{name: str(value) for name, value in match.kwargs.items()}}


@writes
def send(request: HttpRequest) -> HttpResponse:
    """Enter the report and go on to the four questions."""
    form = ReportForm(request.POST, user=request.user, on=today())
    _require_a_house(form)
    if form.is_valid():
        event = reporting.report_event(report=form.report(), by=request.user, at=now(), on=today())
        return redirect("quality_events:declared", event.number)
    return _report_page(request, form, status=422)


def _require_a_house(form: ReportForm) -> None:
    if not form.places:
        Verdict.no(message("You work for no organization that takes reports here.")).require()


def _report_page(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    return page(
        request,
        "quality_events/report.html",
        status=status,
        form=form,
    )


def _own(request: HttpRequest, number: str) -> QualityEvent:
    rows = QualityEvent.objects.declared_by(request.user).select_related(
        "place", "organization", "study", "site", "duplicate_of"
    )
    return get_object_or_404(rows, number=number)


@reads
def declared(request: HttpRequest, number: str) -> HttpResponse:
    """Show a report to its declarer: receipt, what to do now, what became of it."""
    return _declared_page(request, _own(request, number), RoutingForm())


def _duties(event: QualityEvent) -> list[tuple[Obligation, SettleForm]]:
    """Return what is to be done outside, each with the form that says it is done."""
    zone = event.place.timezone
    moment = wording.local(now(), zone)
    return [
        (duty, SettleForm(timezone=zone, initial={"version": duty.version, "met_at": moment}))
        for duty in event.obligations.all()
    ]


def _declared_page(
    request: HttpRequest,
    event: QualityEvent,
    routing: RoutingForm,
    adding: WordsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    channel = words().channels.get(event.channel)
    return page(
        request,
        "quality_events/declared.html",
        status=status,
        event=event,
        routing=routing if event.is_open and not event.channel else None,
        note=said(channel.note) if channel else "",
        plain=_(PLAIN[event.state]),
        stays=event.duplicate_of,
        plain_there=_(PLAIN[event.duplicate_of.state]) if event.duplicate_of else "",
        duties=_duties(event),
        told=list(event.messages.all()),
        adding=adding or WordsForm(),
        photo=PhotoForm() if permissions.may_add_photo(event, photos.allows_photos(event.place)) else None,
        files=list(KeptFile.objects.of(KIND, event.number).standing()),
    )


@writes
def route(request: HttpRequest, number: str) -> HttpResponse:
    """Take the answers to the four questions."""
    event, form = _own(request, number), RoutingForm(request.POST)
    if not form.is_valid():
        return _declared_page(request, event, form, status=422)
    if not event.channel:
        try:
            reporting.answer_routing(
                event=event,
                channel=form.channel,
                external_number=form.cleaned_data["external_number"],
                by=reporting.stated_by(event, request.user),
                at=now(),
            )
        except Refused as refusal:
            messages.error(request, wording.reason_text(refusal.verdict))
    return redirect("quality_events:declared", event.number)


@writes
def done(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Let the declarer say that something was done outside."""
    event = _own(request, number)
    duty = get_object_or_404(Obligation, event=event, code=code)
    duty.event = event
    form = SettleForm(request.POST, timezone=event.place.timezone)
    if form.is_valid():
        try:
            by = reporting.stated_by(event, request.user)
            obligations.meet_obligation(obligation=duty, by=by, at=now(), **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, wording.reason_text(refusal.verdict))
    else:
        messages.error(request, _("Say on which day and at what time it was done."))
    return redirect("quality_events:declared", event.number)


@writes
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Take what the declarer adds."""
    event, form = _own(request, number), WordsForm(request.POST)
    if not form.is_valid():
        return _declared_page(request, event, RoutingForm(), adding=form, status=422)
    message_acts.add_as_declarer(event=event, text=form.cleaned_data["text"], on=today())
    messages.success(request, _("It is added to your report."))
    return redirect("quality_events:declared", event.number)


@reads
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own reports and what became of them."""
    rows: Any = QualityEvent.objects.declared_by(request.user).select_related("place")
    return page(
        request, "quality_events/mine.html", listing=Listing(request, rows, order=("-reported_on", "-number"))
    )


@reads
def charter(request: HttpRequest) -> HttpResponse:
    """Show what a declarer may count on (charte de non-sanction)."""
    return page(request, "quality_events/charter.html", promises=[said(one) for one in words().promises])
