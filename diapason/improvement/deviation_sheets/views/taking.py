"""Take counts over from spreadsheets, and sum up a sponsor's log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.improvement.deviation_sheets import permissions
from diapason.improvement.deviation_sheets.acts.keeping import Entry, keep_sheets
from diapason.improvement.deviation_sheets.forms import taking as tables
from diapason.improvement.deviation_sheets.models import category_name, month_name
from diapason.improvement.deviation_sheets.queries.grids import studies_of_house
from diapason.improvement.deviation_sheets.views.houses import house_of
from diapason.kernel.clock import today
from diapason.ui.spreadsheets.taking import Taking, take
from diapason.ui.spreadsheets.workbooks import answer, model
from diapason.ui.views import page, reads, writes


def _house(request: HttpRequest) -> Organization:
    house = house_of(request)
    permissions.may_keep(house, by=request.user).require()
    return house


@reads
def taking(request: HttpRequest) -> HttpResponse:
    """Show the form that takes a table of counts."""
    house = _house(request)
    return _taking_page(request, house, take(request, tables.columns()))


@writes
def take_over(request: HttpRequest) -> HttpResponse:
    """Show what a table of counts holds, then enter it."""
    house = _house(request)
    find = tables.study_finder(studies_of_house(house, request.user))
    step = take(request, tables.columns(), tables.check_counts(find, today()))
    if not step.is_confirmed:
        return _taking_page(request, house, step)
    _enter(request, house, tables.entries_of(step.good, find))
    return redirect(f"{reverse('deviation_sheets:month')}?organization={house.code}")


def _enter(request: HttpRequest, house: Organization, entries: list[Entry]) -> None:
    for some in tables.batches(entries):
        keep_sheets(organization=house, entries=some, by=request.user, on=today())
    messages.success(request, tables.entered_said(len(entries)))


def _taking_page(request: HttpRequest, house: Organization, step: Taking) -> HttpResponse:
    action = f"{reverse('deviation_sheets:take_over')}?organization={house.code}"
    start = f"{reverse('deviation_sheets:taking')}?organization={house.code}"
    status = 422 if step.form.errors else 200
    return page(
        request, "deviation_sheets/taking.html", status=status, house=house, taking=step, action=action, start=start,
        model_url=reverse("deviation_sheets:model"),
    )  # fmt: skip


@reads
def model_to_fill(request: HttpRequest) -> HttpResponse:
    """Give the spreadsheet to fill in."""
    _house(request)
    return answer(model(tables.columns(), title=_("Deviation sheets"), on=today()), "diapason-deviations")


def _study(request: HttpRequest, code: str, key: str) -> tuple[Organization, Study]:
    house = house_of(request, code)
    one: Study = get_object_or_404(Study.objects.visible_to(request.user), key=key)
    permissions.may_keep(house, by=request.user).require()
    return house, one


@reads
def log(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show the form that takes a sponsor's log of one study."""
    house, one = _study(request, code, key)
    return _log_page(request, house, one, take(request, tables.log_columns()))


@writes
def sum_log(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show the sums of a sponsor's log, then enter them; the rows themselves are not kept."""
    house, one = _study(request, code, key)
    step = take(request, tables.log_columns(), tables.check_log(today()))
    if not step.is_confirmed:
        return _log_page(request, house, one, step)
    _enter(request, house, tables.entries_of_log(step.good, one))
    return redirect("deviation_sheets:study", house.code, one.key)


def _log_page(request: HttpRequest, house: Organization, one: Study, step: Taking) -> HttpResponse:
    sums = tables.summed(step.good)
    lines = [
        (month_name(month), ", ".join(f"{category_name(code)} {cell}" for code, cell in cells.items()))
        for month, cells in sums.items()
    ]
    action = reverse("deviation_sheets:sum_log", args=[house.code, one.key])
    return page(
        request, "deviation_sheets/log.html", status=422 if step.form.errors else 200, house=house, study=one,
        taking=step, sums=lines, action=action, start=reverse("deviation_sheets:log", args=[house.code, one.key]),
    )  # fmt: skip
