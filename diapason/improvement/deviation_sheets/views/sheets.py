"""Show and take the counts: the months of a study, one sheet; the grid of a month is next door."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.improvement.deviation_sheets import charts, permissions
from diapason.improvement.deviation_sheets.acts.keeping import keep_sheets
from diapason.improvement.deviation_sheets.forms.grid import GridForm
from diapason.improvement.deviation_sheets.forms.sheet import SheetForm
from diapason.improvement.deviation_sheets.models import DeviationProposal, category_name, rules
from diapason.improvement.deviation_sheets.queries.grids import Grid, grid_of_study
from diapason.improvement.deviation_sheets.queries.series import series_of_studies
from diapason.improvement.deviation_sheets.rules.cells import Cell, month_of, months_until
from diapason.improvement.deviation_sheets.views.houses import MONTHS, house_of
from diapason.improvement.deviation_sheets.views.months import kept
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


def _study(request: HttpRequest, key: str) -> Study:
    rows = Study.objects.visible_to(request.user)
    found: Study = get_object_or_404(rows, key=key)
    return found


@reads
def study(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one study over twelve months: its counts, its chart, what the rules propose."""
    house, one = house_of(request, code), _study(request, key)
    grid = grid_of_study(house, one, months_until(today(), MONTHS))
    form = GridForm(grid.lines, is_open=bool(permissions.may_keep(house, by=request.user)))
    return _study_page(request, house, one, grid, form)


@writes
def keep_study(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Enter what was changed in the months of a study."""
    house, one = house_of(request, code), _study(request, key)
    permissions.may_keep(house, by=request.user).require()
    grid = grid_of_study(house, one, months_until(today(), MONTHS))
    form = GridForm(grid.lines, request.POST)
    if kept(request, house, form):
        return redirect("deviation_sheets:study", house.code, one.key)
    return _study_page(request, house, one, grid, form, status=422)


def _study_page(
    request: HttpRequest, house: Organization, one: Study, grid: Grid, form: GridForm, status: int = 200
) -> HttpResponse:
    months = months_until(today(), rules().look_back)
    series = series_of_studies(house, [one.pk], months).get(one.pk, {})
    chosen = _category(request, {code: sum_of(cells) for code, cells in series.items()})
    chart, chart_doubts = charts.chart_of_study(
        f"{house.code}-{one.key}", chosen, months, series.get(chosen, [None] * len(months))
    )
    proposals = DeviationProposal.objects.filter(organization=house, study=one).select_related("event")
    return page(
        request, "deviation_sheets/study.html", status=status, house=house, study=one, grid=grid, form=form,
        proposals=list(proposals[:20]), chart=chart, doubts=chart_doubts, chosen=chosen,
        categories=[(code, category_name(code)) for code in rules().grid],
        may_keep=permissions.may_keep(house, by=request.user),
    )  # fmt: skip


def sum_of(cells: list[Cell | None]) -> int:
    """Return the deviations of a series."""
    return sum(cell.count for cell in cells if cell)


def _category(request: HttpRequest, counts: dict[str, int]) -> str:
    """Return the category asked for, else the most frequent one."""
    asked = request.GET.get("category", "")
    return (
        asked
        if asked in rules().grid
        else max(counts, key=lambda code: counts[code], default=rules().grid[0])
    )


def _place(request: HttpRequest, key: str) -> tuple[Organization, Study, date]:
    """Return house, study and month of a sheet's key; 404 when it names none."""
    code, _bar, rest = key.partition("_")
    name, _sign, text = rest.rpartition("_")
    when = month_of(text)
    if when is None or when > today():
        raise Http404
    return house_of(request, code), _study(request, name), when


@reads
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Show one sheet: two numbers a category, and where the sponsor's log is; without a study, the whole month."""
    code, _bar, rest = key.partition("_")
    if rest.startswith("_") and month_of(rest[1:]):
        house = house_of(request, code)
        return redirect(f"{reverse('deviation_sheets:month')}?organization={house.code}&month={rest[1:]}")
    house, one, when = _place(request, key)
    line = grid_of_study(house, one, [when]).lines[0]
    return _sheet_page(request, house, key, SheetForm(line=line))


@writes
def keep_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Enter one sheet."""
    house, one, when = _place(request, key)
    permissions.may_keep(house, by=request.user).require()
    form = SheetForm(request.POST, line=grid_of_study(house, one, [when]).lines[0])
    if form.is_valid():
        try:
            keep_sheets(organization=house, entries=[form.entry()], by=request.user, on=today())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The sheet is entered."))
            return redirect("deviation_sheets:sheet", key)
    return _sheet_page(request, house, key, form, status=422)


def _sheet_page(
    request: HttpRequest, house: Organization, key: str, form: Any, status: int = 200
) -> HttpResponse:
    return page(
        request, "deviation_sheets/sheet.html", status=status, house=house, key=key, form=form, line=form.line,
        subject=f"deviation_sheet:{key}", may_keep=permissions.may_keep(house, by=request.user),
    )  # fmt: skip
