"""Show and take the counts of a month: the open studies of a house, page by page, each page entered for itself."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.improvement.deviation_sheets import permissions
from diapason.improvement.deviation_sheets.acts.keeping import keep_sheets
from diapason.improvement.deviation_sheets.forms.grid import GridForm, names_sent
from diapason.improvement.deviation_sheets.forms.taking import entered_said
from diapason.improvement.deviation_sheets.models import month_name
from diapason.improvement.deviation_sheets.queries.grids import (
    WHICH,
    Grid,
    grid_of_month,
    studies_asked,
    studies_named,
)
from diapason.improvement.deviation_sheets.views.houses import (
    house_of,
    houses_of,
    month_asked,
    months_offered,
)
from diapason.kernel.clock import today
from diapason.ui.listing import Listing
from diapason.ui.views import page, reads, writes

LINES = 30
"""How many studies one page of the grid holds."""
COUNTED = 2_000
"""Up to how many studies are counted."""


def listing_of(request: HttpRequest, house: Organization, when: date) -> Listing:
    """Return the page of studies that the address asks for: by name or number, without their sheet, with deviations."""
    which, text = request.GET.get("which", ""), request.GET.get("text", "").strip()[:80]
    rows = studies_asked(house, when, request.user, which if which in WHICH else "", text)
    return Listing(request, rows, order=("sort_key", "key"), size=LINES, cap=COUNTED)


@reads
def month(request: HttpRequest) -> HttpResponse:
    """Show the grid of a month."""
    house, when = house_of(request), month_asked(request.GET.get("month", ""))
    listing = listing_of(request, house, when)
    grid = grid_of_month(house, when, listing.rows, request.user)
    form = GridForm(grid.lines, is_open=bool(permissions.may_keep(house, by=request.user)))
    return _month_page(request, house, when, listing, grid, form)


@writes
def keep_month(request: HttpRequest) -> HttpResponse:
    """Enter what was changed on a page of the grid, then show that page again, or the one before or after it."""
    house, when = house_of(request), month_asked(request.POST.get("month", ""))
    permissions.may_keep(house, by=request.user).require()
    studies = studies_named(house, when, names_sent(request.POST), request.user)
    grid = grid_of_month(house, when, studies, request.user)
    form = GridForm(grid.lines, request.POST)
    if not kept(request, house, form, is_leaving=bool(request.POST.get("go"))):
        return _month_page(request, house, when, listing_of(request, house, when), grid, form, status=422)
    if form.left_out:
        messages.error(request, form.left_out)
    query = QueryDict(request.POST.get("go") or request.GET.urlencode(), mutable=True)
    query["organization"], query["month"] = house.code, f"{when:%Y-%m}"
    return redirect(f"{reverse('deviation_sheets:month')}?{query.urlencode()}")


def kept(request: HttpRequest, house: Organization, form: GridForm, *, is_leaving: bool = False) -> bool:
    """Enter the changed lines of a grid; false when a cell holds no count, and then nothing is entered."""
    entries = form.entries()
    if form.faults:
        return False
    if entries:
        changed = keep_sheets(organization=house, entries=entries, by=request.user, on=today())
        messages.success(request, entered_said(changed))
    elif not is_leaving:
        messages.info(request, _("Nothing was changed."))
    return True


def _month_page(
    request: HttpRequest,
    house: Organization,
    when: date,
    listing: Listing,
    grid: Grid,
    form: GridForm,
    status: int = 200,
) -> HttpResponse:
    return page(
        request, "deviation_sheets/month.html", status=status, house=house, houses=houses_of(request), month=when,
        month_name=month_name(when), months=[(f"{one:%Y-%m}", month_name(one)) for one in months_offered()],
        grid=grid, form=form, listing=listing, which=request.GET.get("which", ""), text=request.GET.get("text", ""),
        before=listing.previous_url.partition("?")[2], after=listing.next_url.partition("?")[2],
        query=request.GET.urlencode(), may_keep=permissions.may_keep(house, by=request.user),
    )  # fmt: skip
