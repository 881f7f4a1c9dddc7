"""Show imports, their previews, progress and reports; take files, confirmations and decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.kernel.clock import today
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.operation.registry_imports import acts, files, handing, permissions, queries
from diapason.operation.registry_imports.forms import ConfirmForm, PlaceForm, UploadForm
from diapason.operation.registry_imports.models import ImportRun, PlaceProposal, StagedLine
from diapason.operation.registry_imports.report import csv_lines
from diapason.ui.exports import Column
from diapason.ui.listing import Listing
from diapason.ui.views import page, reads, writes

GROUPS = ("create", "update", "unchanged", "older", "refused")


def _visible(request: HttpRequest, number: str) -> ImportRun:
    run: ImportRun = get_object_or_404(
        ImportRun.objects.visible_to(request.user).select_related("progress"), number=number
    )
    return run


def _imports(request: HttpRequest) -> Listing:
    """Return the imports, the newest first."""
    columns = [
        Column(message("Import"), "file_name"),
        Column(message("Number"), "number"),
        Column(message("Day"), "opened_on"),
        Column(message("State"), "get_state_display"),
        Column(message("Read"), "read"),
        Column(message("Created"), "created"),
        Column(message("Updated"), "updated"),
        Column(message("Unchanged"), "left_alone"),
        Column(message("Refused"), "refused"),
    ]
    return Listing(request, ImportRun.objects.visible_to(request.user), order=("-pk",), columns=columns)


@reads
def imports(request: HttpRequest) -> HttpResponse:
    """Show the imports, the newest first, and the form that hands in a file."""
    permissions.may_import(by=request.user).require()
    listing = _imports(request)
    proposals = queries.open_proposals().count()
    return page(
        request, "registry_imports/imports.html", listing=listing, form=UploadForm(), proposals=proposals
    )


@writes
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and have it read in the background."""
    permissions.may_import(by=request.user).require()
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        listing = _imports(request)
        return page(request, "registry_imports/imports.html", status=422, listing=listing, form=form)
    file = form.cleaned_data["file"]
    _enough_space(file.size).require()
    digest, size = files.keep(file)
    run = acts.open_import(
        file_name=file.name,
        file_digest=digest,
        file_size=size,
        data_on=form.cleaned_data["data_on"],
        by=request.user,
        on=today(),
    )
    handing.read_soon(run)
    return redirect(run)


def _enough_space(size: int) -> Verdict:
    if files.has_room_for(size):
        return Verdict.yes()
    return Verdict.no(message("There is not enough room on the disk for this file."))


@reads
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one import: how far it is, its preview or its report."""
    run = _visible(request, number)
    groups = [] if run.is_under_way else [(name, queries.samples(run, name)) for name in GROUPS]
    return page(
        request,
        "registry_imports/import.html",
        run=run,
        progress=run.progress,
        groups=[(StagedLine.Outcome(name), lines) for name, lines in groups if lines],
        remarks=[] if run.is_under_way else queries.first_remarks(run),
        most_remarks=queries.REMARKS,
        form=ConfirmForm(initial={"digest": run.file_digest, "version": run.version}),
        may_confirm=permissions.may_confirm_import(run, by=request.user),
        may_cancel=permissions.may_cancel_import(run, by=request.user),
    )


@writes
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Have a previewed file carried out."""
    run = _visible(request, number)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The form was incomplete; nothing was changed."))
        return redirect(run)
    acts.confirm_import(run=run, **form.cleaned_data, by=request.user, on=today())
    handing.carry_out_soon(run)
    return redirect(run)


@writes
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Stop an import; what is in stays in."""
    run = _visible(request, number)
    version = request.POST.get("version", "")
    acts.cancel_import(
        run=run, version=int(version) if version.isdigit() else None, by=request.user, on=today()
    )
    messages.success(request, _("The import is stopped; what was taken over before stays."))
    return redirect(run)


@reads
def refused(request: HttpRequest, number: str) -> HttpResponse:
    """Show every refused line of an import with its reason."""
    run = _visible(request, number)
    listing = Listing(request, queries.refused_lines(run), order=("position",))
    return page(request, "registry_imports/refused.html", run=run, listing=listing)


@reads
def refused_csv(request: HttpRequest, number: str) -> HttpResponse:
    """Send every refused line as a table; cells that a spreadsheet would take for a formula are disarmed."""
    run = _visible(request, number)
    lines: Any = csv_lines(queries.refused_lines(run))
    response = StreamingHttpResponse(list(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{run.number}-refused.csv"'
    return response  # type: ignore[return-value]


@reads
def places(request: HttpRequest) -> HttpResponse:
    """Show the registry names that may be a member's, for a person to decide."""
    permissions.may_import(by=request.user).require()
    columns = [
        Column(message("Name in the register"), "name"),
        Column(message("Town"), "city"),
        Column(message("Perhaps"), lambda row: row.site or row.organization),
        Column(message("Times"), "times"),
    ]
    listing = Listing(request, queries.open_proposals(), order=("-times", "name"), columns=columns)
    may_decide = permissions.may_decide_place(by=request.user)
    return page(request, "registry_imports/places.html", listing=listing, may_decide=may_decide)


@writes
def decide(request: HttpRequest) -> HttpResponse:
    """Decide which member a registry name stands for."""
    permissions.may_decide_place(by=request.user).require()
    form = PlaceForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        proposal = get_object_or_404(
            PlaceProposal.objects.select_related("organization", "site"), key=data["key"]
        )
        is_member = data["answer"] == "yes"
        acts.decide_place(
            proposal=proposal,
            organization=proposal.organization if is_member else None,
            site=(data["site"] or proposal.site) if is_member else None,
            by=request.user,
            on=today(),
        )
        messages.success(request, _("The decision is kept; studies under that name are put right."))
    return redirect("registry_imports:places")
