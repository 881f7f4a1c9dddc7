"""Show what the rules propose, and take down the decision; show the figures of a house."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.improvement.deviation_sheets import charts, permissions
from diapason.improvement.deviation_sheets.acts import proposing
from diapason.improvement.deviation_sheets.forms.sheet import DeclineForm, OpenForm, figure_said
from diapason.improvement.deviation_sheets.models import DeviationProposal, category_name, rules
from diapason.improvement.deviation_sheets.queries.series import HouseMonths, series_of_house
from diapason.improvement.deviation_sheets.rules.cells import months_until
from diapason.improvement.deviation_sheets.views.houses import MONTHS, house_of, houses_of
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.sights import scope_of
from diapason.kernel.clock import now, today
from diapason.kernel.verdicts import Refused
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.listing import Column, Filter, Listing
from diapason.ui.views import page, reads, writes

COLUMNS = [
    Column(message("Number"), "number"),
    Column(message("Organization"), "organization.short_name"),
    Column(message("Study"), "study"),
    Column(message("Month"), "month"),
    Column(message("Category"), "category_name"),
    Column(message("Rule"), "rule_name"),
    Column(message("Figure"), "figure"),
    Column(message("State"), "get_state_display"),
    Column(message("Event"), "event.number"),
    Column(message("Why no event"), "reason"),
]

READ = (
    "number", "month", "category", "rule", "figure", "state", "reason", "organization__short_name", "study__acronym",
    "study__title_fr", "study__title_en", "event__number",
)  # fmt: skip
"""What a line of the list shows; events and studies are wide."""


@reads
def proposals(request: HttpRequest) -> HttpResponse:
    """List what the rules propose in one's houses, what waits first on demand."""
    houses = houses_of(request)
    rows: Any = DeviationProposal.objects.visible_to(request.user).select_related(
        "organization", "study", "event"
    )
    rows = rows.only(*READ)
    states = [(code, str(name)) for code, name in DeviationProposal.State.choices]
    filters = [
        Filter("state", message("State"), "state", states),
        Filter(
            "rule", message("Rule"), "rule", [(one.code, said(one.name)) for one in rules().rules.values()]
        ),
        Filter(
            "category",
            message("Category"),
            "category",
            [(code, category_name(code)) for code in rules().grid],
        ),
    ]
    if len(houses) > 1:
        choices = [(house.code, house.short_name) for house in houses]
        filters.insert(0, Filter("organization", message("Organization"), "organization__code", choices))
    listing = Listing(request, rows, order=("-month", "number"), filters=filters, columns=COLUMNS)
    return page(request, "deviation_sheets/proposals.html", listing=listing)


def _proposal(request: HttpRequest, number: str) -> DeviationProposal:
    rows: Any = DeviationProposal.objects.visible_to(request.user).select_related(
        "organization", "study", "event"
    )
    found: DeviationProposal = get_object_or_404(rows, number=number)
    return found


@reads
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Show one proposal with both answers."""
    one = _proposal(request, number)
    return _proposal_page(request, one, OpenForm(proposal=one), DeclineForm(proposal=one))


@writes
def open_one(request: HttpRequest, number: str) -> HttpResponse:
    """Open the event that is proposed."""
    one = _proposal(request, number)
    permissions.may_open(one, by=request.user).require()
    form = OpenForm(request.POST, proposal=one)
    if form.is_valid():
        try:
            event = proposing.open_event(
                proposal=one, by=request.user, at=now(), on=today(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The event is opened."))
            reads_it = one.organization_id in scope_of(request).where("read_events")
            return redirect(event if reads_it else one)
    return _proposal_page(request, one, form, DeclineForm(proposal=one), status=422)


@writes
def decline(request: HttpRequest, number: str) -> HttpResponse:
    """Open no event, and keep the reason."""
    one = _proposal(request, number)
    permissions.may_decline(one, by=request.user).require()
    form = DeclineForm(request.POST, proposal=one)
    if form.is_valid():
        try:
            proposing.decline_proposal(proposal=one, by=request.user, on=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The reason is kept."))
            return redirect(one)
    return _proposal_page(request, one, OpenForm(proposal=one), form, status=422)


def _proposal_page(
    request: HttpRequest, one: DeviationProposal, opening: OpenForm, declining: DeclineForm, status: int = 200
) -> HttpResponse:
    return page(
        request, "deviation_sheets/proposal.html", status=status, proposal=one, opening=opening, declining=declining,
        figure=figure_said(one), may_open=permissions.may_open(one, by=request.user),
        may_decline=permissions.may_decline(one, by=request.user),
        reads_events=one.organization_id in scope_of(request).where("read_events"),
    )  # fmt: skip


@reads
def figures(request: HttpRequest) -> HttpResponse:
    """Show the deviations of a house month by month: a table by category, a chart of the one chosen."""
    house, months = house_of(request), months_until(today(), rules().look_back)
    known = series_of_house(house, months)
    counts = {code: sum(count for count, _ in pairs) for code, pairs in known.pairs.items()}
    asked = request.GET.get("category", "")
    chosen = (
        asked if asked in rules().grid else max(counts, key=lambda one: counts[one], default=rules().grid[0])
    )
    chart, chart_doubts = charts.chart_of_house(house.code, chosen, months, known)
    return page(
        request, "deviation_sheets/figures.html", house=house, houses=houses_of(request), chart=chart,
        doubts=chart_doubts, chosen=chosen, categories=[(code, category_name(code)) for code in rules().grid],
        months=charts.labels_of(months[-MONTHS:]), rows=table_of(known), has_any=bool(counts),
    )  # fmt: skip


def table_of(known: HouseMonths) -> list[tuple[str, str, list[str], str]]:
    """Return code, name, the last months and their sum by category; a dash where nothing is known."""
    rows = []
    for code in rules().grid:
        pairs = known.pairs.get(code, [(0, 0)] * rules().look_back)[-MONTHS:]
        cells = [wording.figure(count) if sheets else "–" for count, sheets in pairs]
        is_known = any(sheets for _, sheets in pairs)
        total = wording.figure(sum(count for count, _ in pairs)) if is_known else "–"
        rows.append((code, category_name(code), cells, total))
    return rows
