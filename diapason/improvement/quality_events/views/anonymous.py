"""Take reports without a name, and let their declarers follow them by code (the middleware takes away who asks)."""

from base64 import b64encode

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.letters import BY, drop_letter, drop_reply
from diapason.improvement.quality_events.collecting import next_collection
from diapason.improvement.quality_events.forms.reporting import AnonymousForm, AnonymousWordsForm, CodeForm
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.receipts import Followed, follow
from diapason.improvement.quality_events.rules.moves import PLAIN
from diapason.improvement.quality_events.rules.wording import digest_of, new_code
from diapason.kernel.clock import now
from diapason.kernel.verdicts import Refused
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


def _speak(request: HttpRequest) -> None:
    """Take the language from the address: a choice kept in a cookie or account would be somebody's."""
    wanted = request.GET.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)


def _house(code: str) -> Organization:
    return get_object_or_404(Organization, code=code, closed_on=None)


@reads(public=True)
def anonymous(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that asks for no name."""
    _speak(request)
    return _anonymous_page(request, _house(code), AnonymousForm())


@writes(public=True)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Put a report into the letter box and show its receipt, once."""
    _speak(request)
    house, form = _house(code), AnonymousForm(request.POST)
    if not form.is_valid():
        return _anonymous_page(request, house, form, status=422)
    receipt = form.cleaned_data["receipt"]
    try:
        if not drop_letter(report=form.report(house, receipt), by=BY):
            receipt = new_code()
            drop_letter(report=form.report(house, receipt), by=BY)
    except Refused as refusal:
        form.add_error(None, wording.reason_text(refusal.verdict))
        return _anonymous_page(request, house, form, status=422)
    return page(
        request,
        "quality_events/receipt.html",
        receipt=receipt,
        house=house,
        collected_at=next_collection(now()),
    )


def _anonymous_page(
    request: HttpRequest, house: Organization, form: AnonymousForm, status: int = 200
) -> HttpResponse:
    return page(request, "quality_events/anonymous.html", status=status, house=house, form=form)


@reads(public=True)
def following(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt code."""
    _speak(request)
    return page(request, "quality_events/following.html", form=CodeForm())


@writes(public=True)
def follow_up(request: HttpRequest) -> HttpResponse:
    """Show what became of a report to whoever knows its code; nothing is noted of it."""
    _speak(request)
    form = CodeForm(request.POST)
    found = follow(digest_of(form.cleaned_data["code"])) if form.is_valid() else None
    if found is None:
        if form.is_valid():
            form.add_error("code", _("No report has this code."))
        return page(request, "quality_events/following.html", status=422, form=form)
    adding = AnonymousWordsForm(initial={"code": form.cleaned_data["code"]})
    return _followed_page(request, found, adding)


@writes(public=True)
def say_more(request: HttpRequest) -> HttpResponse:
    """Put what an anonymous declarer adds into the letter box."""
    _speak(request)
    form = AnonymousWordsForm(request.POST)
    digest = digest_of(str(form.data.get("code", "")))
    found = follow(digest)
    if found is None:
        return page(request, "quality_events/following.html", status=422, form=CodeForm())
    if not form.is_valid():
        return _followed_page(request, found, form, status=422)
    try:
        drop_reply(digest=digest, text=form.cleaned_data["text"], by=BY)
    except Refused as refusal:
        form.add_error(None, wording.reason_text(refusal.verdict))
        return _followed_page(request, found, form, status=422)
    fresh = AnonymousWordsForm(initial={"code": form.cleaned_data["code"]})
    return _followed_page(request, follow(digest) or found, fresh)


def _followed_page(
    request: HttpRequest, found: Followed, adding: AnonymousWordsForm, status: int = 200
) -> HttpResponse:
    stays = found.event.duplicate_of if found.event else None
    return page(
        request,
        "quality_events/followed.html",
        status=status,
        found=found,
        plain=_(PLAIN[found.event.state]) if found.event else _("Your report waits in the letter box."),
        stays=stays,
        plain_there=_(PLAIN[stays.state]) if stays else "",
        collected_at=next_collection(now()),
        adding=adding,
    )


@reads
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Show a sheet to print and hang up: how to report, with a name and without."""
    house = _house(code)
    permissions.may_report(house, by=request.user).require()
    path = reverse("quality_events:anonymous", args=[house.code])
    return page(
        request,
        "quality_events/poster.html",
        house=house,
        address=f"{settings.DIAPASON['address']}{path}",
        picture=drawn(f"{settings.DIAPASON['address']}{path}"),
        promises=[said(one) for one in words().promises[:3]],
    )


def drawn(address: str) -> str:
    """Return the QR code of an address as the address of a picture; drawn by what the sign-in package brings along."""
    svg: str = get_adapter().build_totp_svg(address)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
