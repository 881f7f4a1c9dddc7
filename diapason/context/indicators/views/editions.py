"""Answer the frozen editions: list, page, freezing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.audit_trail.signatures import SignatureForm
from diapason.context.indicators import acts, permissions, queries
from diapason.context.indicators.forms import EditionForm
from diapason.context.indicators.models import Figure, FrozenEdition
from diapason.kernel.clock import now, today
from diapason.ui.views import page, reads, writes


@reads
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions that were frozen."""
    may = permissions.may_freeze_edition(by=request.user)
    rows = FrozenEdition.objects.select_related("frozen_by")[:100]
    return page(request, "indicators/editions.html", editions=rows, may_freeze=may, year=today().year - 1)


@reads
def edition(request: HttpRequest, number: str) -> HttpResponse:
    """Show what an edition holds, its hash, and what moved since."""
    found = get_object_or_404(FrozenEdition.objects.select_related("frozen_by"), number=number)
    figures = list(found.figures.select_related("definition__indicator", "figure__signed_by"))
    return page(
        request,
        "indicators/edition.html",
        edition=found,
        figures=figures,
        provisional=sum(1 for one in figures if one.is_provisional),
        moved=sum(1 for one in figures if one.has_moved),
        live=permissions.may_read_live_figures(by=request.user),
    )


def figures_to_freeze(year: int) -> list[Figure]:
    """Return the network's figures of a year, those that are not known left out."""
    return list(Figure.objects.of_network().current().of_year(year).exclude(status="not_known").told())


def freezing_page(request: HttpRequest, year: int, form: EditionForm, signing: SignatureForm) -> HttpResponse:
    """Return the page that shows what would be frozen and asks for a name and a signature."""
    figures = figures_to_freeze(year)
    return page(request, "indicators/freeze.html", figures=figures, year=year, form=form, signing=signing)


def signing_form(request: HttpRequest, year: int) -> SignatureForm:
    """Return the signature form bound to the list of what would be frozen."""
    text = queries.edition_statement(figures_to_freeze(year))
    return SignatureForm(request.POST or None, request=request, text=text, meanings=["approval", "responsibility"])


@reads
def freezing(request: HttpRequest, year: int) -> HttpResponse:
    """Show what would be frozen, what is incomplete or unsigned, and ask for a name."""
    permissions.may_freeze_edition(by=request.user).require()
    names = {"year": year, "name_fr": f"Chiffres {year}", "name_en": f"Figures of {year}"}
    return freezing_page(request, year, EditionForm(initial=names), signing_form(request, year))


@writes
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the figures of a year."""
    permissions.may_freeze_edition(by=request.user).require()
    form = EditionForm(request.POST)
    if not form.is_valid() and "year" in form.errors:
        return redirect("indicators:editions")
    year = form.cleaned_data["year"]
    signing = signing_form(request, year)
    if not form.is_valid() or not signing.is_valid():
        return freezing_page(request, year, form, signing)
    names = {name: form.cleaned_data[name] for name in ("name_fr", "name_en")}
    frozen = acts.freeze_edition(
        figures=figures_to_freeze(year), proof=signing.proof, by=request.user, on=today(), at=now(), **names
    )
    messages.success(request, _("Edition frozen."))
    return redirect(frozen)
