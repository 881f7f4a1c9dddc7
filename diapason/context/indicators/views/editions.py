"""Answer the frozen editions: list, page, freezing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from diapason.audit_trail.signatures import SignatureForm
from diapason.context.indicators import acts, permissions, queries
from diapason.context.indicators.forms import EditionForm
from diapason.context.indicators.models import Figure, FrozenEdition
from diapason.context.indicators.rules.figures import last_closed_year
from diapason.kernel.clock import now, today
from diapason.ui.views import page, reads, writes


@reads
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions that were frozen."""
    may = permissions.may_freeze_edition(by=request.user)
    rows = FrozenEdition.objects.select_related("frozen_by")[:100]
    return page(
        request, "indicators/editions.html", editions=rows, may_freeze=may, year=last_closed_year(today())
    )


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


def names_asked(request: HttpRequest, year: int) -> dict[str, str]:
    """Return the names asked for in the address, or plain ones."""
    form = EditionForm(request.GET)
    if form.is_valid():
        return {name: str(value) for name, value in form.cleaned_data.items()}
    return {"name_fr": f"Chiffres {year}", "name_en": f"Figures of {year}"}


def signing_form(request: HttpRequest, figures: list[Figure]) -> SignatureForm:
    """Return the signature form bound to the list of what would be frozen."""
    text = queries.edition_statement(figures)
    return SignatureForm(
        request.POST or None, request=request, text=text, meanings=["approval", "responsibility"]
    )


def freezing_page(
    request: HttpRequest, year: int, signing: SignatureForm, figures: list[Figure]
) -> HttpResponse:
    """Return the page that shows what would be frozen and asks for a name and a signature."""
    names = names_asked(request, year)
    url = f"{reverse('indicators:freeze', args=[year])}?{urlencode(names)}"
    form = EditionForm(initial=names)
    return page(
        request,
        "indicators/freeze.html",
        figures=figures,
        year=year,
        form=form,
        signing=signing,
        sign_url=url,
    )


@reads
def freezing(request: HttpRequest, year: int) -> HttpResponse:
    """Show what would be frozen, what is incomplete or unsigned, under which name."""
    permissions.may_freeze_edition(by=request.user).require()
    figures = figures_to_freeze(year)
    return freezing_page(request, year, signing_form(request, figures), figures)


@writes
def freeze(request: HttpRequest, year: int) -> HttpResponse:
    """Freeze the figures of a year."""
    permissions.may_freeze_edition(by=request.user).require()
    figures = figures_to_freeze(year)
    signing = signing_form(request, figures)
    if not signing.is_valid():
        return freezing_page(request, year, signing, figures)
    frozen = acts.freeze_edition(
        figures=figures,
        proof=signing.proof,
        by=request.user,
        on=today(),
        at=now(),
        **names_asked(request, year),
    )
    messages.success(request, _("Edition frozen."))
    return redirect(frozen)
