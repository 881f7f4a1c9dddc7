"""Answer the declaration of a value and its withdrawal."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.indicators import acts, jobs, permissions
from diapason.context.indicators.forms import DeclarationForm, WithdrawalForm
from diapason.context.indicators.models import DeclaredValue
from diapason.context.indicators.rules.figures import last_closed_year
from diapason.kernel.clock import now, today
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.exports import Column
from diapason.ui.listing import Filter, Listing
from diapason.ui.views import page, reads, writes


def _whose(value: DeclaredValue) -> str:
    if value.organization:
        return value.organization.short_name
    return _("whole country") if value.scope == "national" else _("Network")


COLUMNS = (
    Column(message("Year"), "period_start.year"),
    Column(message("Of whom"), _whose),
    Column(message("What"), lambda row: row.indicator.name if row.indicator else row.wording),
    Column(message("Value"), "value"),
    Column(message("Unit"), "unit"),
    Column(message("Source"), "source"),
    Column(message("Withdrawn on"), "withdrawn_on"),
)


def require_somewhere(request: HttpRequest) -> None:
    """Refuse whoever may declare for no organization at all."""
    user: Any = request.user
    if not user.scope.may_somewhere("declare_figure"):
        Verdict.no(
            message("Declaring a figure belongs to quality managers, process owners and the coordination.")
        ).require()


@reads
def declaration(request: HttpRequest) -> HttpResponse:
    """Show the form of a declaration."""
    require_somewhere(request)
    form = DeclarationForm(by=request.user, initial={"year": last_closed_year(today()), **request.GET.dict()})
    return page(request, "indicators/declare.html", form=form)


@writes
def declare(request: HttpRequest) -> HttpResponse:
    """Declare a value and take it into the figures of its year."""
    require_somewhere(request)
    form = DeclarationForm(request.POST, by=request.user)
    if not form.is_valid():
        return page(request, "indicators/declare.html", form=form)
    declared = acts.declare_figure(by=request.user, on=today(), **form.declaration)
    jobs.compute_figures(year=form.cleaned_data["year"], by=request.user, at=now())
    messages.success(request, _("Value declared. Somebody else signs it off."))
    return redirect("indicators:declared_value", declared.number)


def found_value(request: HttpRequest, number: str) -> DeclaredValue:
    """Return the declared value when this person may see it."""
    permissions.may_read_live_figures(by=request.user).require()
    rows = DeclaredValue.objects.visible_to(request.user).select_related("indicator", "organization")
    return get_object_or_404(rows, number=number)


@reads
def published(request: HttpRequest) -> HttpResponse:
    """List what was declared or published, each value under the name that its source gives it."""
    permissions.may_read_live_figures(by=request.user).require()
    rows = DeclaredValue.objects.visible_to(request.user).select_related("indicator", "organization")
    filters = [
        Filter("year", message("Year"), "period_start__year", apply=of_year),
        Filter("text", message("Words"), apply=saying),
        Filter(
            "origin",
            message("Origin"),
            choices=[("published", _("published")), ("declared", _("declared"))],
            apply=of_origin,
        ),
    ]
    listing = Listing(request, rows, order=("-pk",), filters=filters, columns=COLUMNS)
    return page(request, "indicators/published.html", listing=listing)


def of_year(rows: QuerySet[DeclaredValue], value: str) -> QuerySet[DeclaredValue]:
    """Keep the values of a year."""
    return rows.filter(period_start__year=int(value)) if value.isdigit() and len(value) == 4 else rows.none()


def saying(rows: QuerySet[DeclaredValue], value: str) -> QuerySet[DeclaredValue]:
    """Keep the values whose source or words hold the text."""
    return rows.filter(Q(wording__icontains=value) | Q(source__icontains=value))


def of_origin(rows: QuerySet[DeclaredValue], value: str) -> QuerySet[DeclaredValue]:
    """Keep what sources outside published, or what the network declared."""
    return rows.filter(is_published=value == "published")


@reads
def declared_value(request: HttpRequest, number: str) -> HttpResponse:
    """Show a declared value, its source and what became of it."""
    value = found_value(request, number)
    return page(
        request,
        "indicators/declared.html",
        value=value,
        form=WithdrawalForm(initial={"version": value.version}),
        figures=value.figures.visible_to(request.user).told() if value.indicator_id else [],
        may_withdraw=permissions.may_withdraw_declared_value(value, by=request.user),
    )


@writes
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a declared value and compute its year again."""
    value = found_value(request, number)
    permissions.may_withdraw_declared_value(value, by=request.user).require()
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        acts.withdraw_declared_value(value=value, by=request.user, on=today(), **form.cleaned_data)
        if value.period_start:
            jobs.compute_figures(year=value.period_start.year, by=request.user, at=now())
        messages.success(request, _("Value withdrawn."))
    return redirect(reverse("indicators:declared_value", args=[number]))
