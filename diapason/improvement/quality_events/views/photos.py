"""Add a photo to one's report, masked; remove it when the event is sorted; decide whether photos are taken at all."""

from base64 import b64encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.files import store
from diapason.context.files.models import KeptFile
from diapason.context.files.rules import PICTURES, BadFile
from diapason.context.network.models import Organization
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts import photos, reporting
from diapason.improvement.quality_events.collecting import next_collection
from diapason.improvement.quality_events.forms.photos import (
    MaskForm,
    PhotoForm,
    RemovePhotoForm,
    SettingForm,
    token_of,
)
from diapason.improvement.quality_events.models import KIND, QualityEvent, ReportSetting
from diapason.improvement.quality_events.views.events import event_for
from diapason.kernel.clock import now, today
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.views import page, reads, writes


def _own(request: HttpRequest, number: str) -> QualityEvent:
    rows = QualityEvent.objects.declared_by(request.user).select_related("place", "organization")
    return get_object_or_404(rows, number=number)


@writes
def add_photo(request: HttpRequest, number: str) -> HttpResponse:
    """Take a picture in and show it under a grid of squares; nothing is kept with the report yet."""
    event = _own(request, number)
    permissions.may_add_photo(event, photos.allows_photos(event.place)).require()
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a photo first."))
        return redirect("quality_events:declared", number)
    try:
        staged = store.stage(form.cleaned_data["photo"].file, "photo")
    except BadFile as bad:
        messages.error(request, _(bad.reason) % bad.parameters)
        return redirect("quality_events:declared", number)
    if staged.media_type not in PICTURES:
        messages.error(request, _("Only a picture (PNG, JPEG) is taken here."))
        return redirect("quality_events:declared", number)
    return _mask_page(request, event, staged.digest, MaskForm(number=number))


def _mask_page(
    request: HttpRequest, event: QualityEvent, digest: str, form: MaskForm, status: int = 200
) -> HttpResponse:
    data = store.path_of(digest).read_bytes()
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return page(
        request,
        "quality_events/masking.html",
        status=status,
        event=event,
        form=form,
        token=token_of(digest, event.number),
        picture=f"data:{kind};base64,{b64encode(data).decode()}",
    )


@writes
def keep_photo(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the picture with its squares blackened; the one handed in is gone then."""
    event = _own(request, number)
    form = MaskForm(request.POST, number=number)
    if form.is_valid():
        digest, by = form.cleaned_data["token"], reporting.stated_by(event, request.user)
        with store.path_of(digest).open("rb") as picture:
            staged = store.stage(picture, "photo", form.masks())
        photos.keep_photo(event=event, staged=staged, made_from=digest, by=by, on=today())
        messages.success(request, _("The photo is added to your report."))
    elif "token" in form.cleaned_data:
        return _mask_page(request, event, form.cleaned_data["token"], form, status=422)
    else:
        messages.error(request, _("Please choose the photo again."))
    return redirect("quality_events:declared", number)


@writes
def remove_photo(request: HttpRequest, number: str, file: str) -> HttpResponse:
    """Take a photo off an event."""
    event = event_for(request, number)
    kept = get_object_or_404(KeptFile.objects.of(KIND, event.number).standing(), number=file)
    form = RemovePhotoForm(request.POST)
    if form.is_valid():
        photos.remove_photo(
            event=event, file=kept, reason=form.cleaned_data["reason"], by=request.user, on=today()
        )
        messages.success(request, _("The photo is removed."))
    else:
        messages.error(request, _("Say why the photo does not stay."))
    return redirect(event)


@reads
def settings(request: HttpRequest) -> HttpResponse:
    """Show how people report in one's houses: photos, poster, the letter box and its hour."""
    held = permissions.scope_of(request.user).where("triage_event")
    if not held:
        Verdict.no(message("Only whoever sorts events decides how they are reported.")).require()
    houses = (
        Organization.objects.filter(kind="network")
        if held == EVERYWHERE
        else Organization.objects.filter(pk__in=held)
    )
    known = {
        setting.organization_id: setting for setting in ReportSetting.objects.filter(organization__in=houses)
    }
    rows = []
    for house in houses:
        setting = known.get(house.pk)
        initial = {
            "organization": house.code,
            "version": setting.version if setting else None,
            "photo": bool(setting and setting.photo),
        }
        rows.append((house, SettingForm(initial=initial, prefix=house.code)))
    return page(request, "quality_events/settings.html", rows=rows, collected_at=next_collection(now()))


@writes
def set_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Decide whether photos may be added to the reports of a house."""
    house = get_object_or_404(Organization, code=code)
    permissions.may_set_reporting(house, by=request.user).require()
    form = SettingForm(request.POST, prefix=code)
    if form.is_valid():
        photos.allow_photos(
            organization=house,
            photo=form.cleaned_data["photo"],
            version=form.cleaned_data["version"],
            by=request.user,
            on=today(),
        )
        messages.success(request, _("It is written down."))
    return redirect("quality_events:settings")
