"""Answer the list of figures, where one comes from, its sign-off, and their computing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.audit_trail.signatures import SignatureForm
from diapason.context.indicators import acts, jobs, permissions, queries
from diapason.context.indicators.models import Figure
from diapason.context.indicators.rules.figures import last_closed_year
from diapason.kernel.clock import now, today
from diapason.ui.views import page, reads, writes


@reads
def figures(request: HttpRequest) -> HttpResponse:
    """List the network's figures of a year by theme, one's own beside them."""
    user: Any = request.user
    permissions.may_read_live_figures(by=user).require()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else None
    found = queries.figures_page(request.user, year, latest=last_closed_year(today()))
    return page(
        request,
        "indicators/figures.html",
        found=found,
        may_compute=permissions.may_compute_figures(by=request.user),
        may_freeze=permissions.may_freeze_edition(by=request.user),
        may_declare=permissions.may_declare_figure(None, by=request.user),
        declares=user.scope.may_somewhere("declare_figure"),
    )


@writes
def compute(request: HttpRequest, year: int) -> HttpResponse:
    """Compute the figures of a year again."""
    permissions.may_compute_figures(by=request.user).require()
    if not 1990 <= year <= today().year:
        return redirect("indicators:figures")
    stored = jobs.compute_figures(year=year, by=request.user, at=now())
    messages.success(
        request,
        _("Figures of %(year)s computed: %(created)s new, %(changed)s changed, %(unchanged)s as before.")
        % {
            "year": year,
            "created": stored.created,
            "changed": stored.changed,
            "unchanged": stored.unchanged,
        },
    )
    return redirect(f"{reverse('indicators:figures')}?year={year}")


def found_figure(request: HttpRequest, key: str) -> Figure:
    """Return the figure when this person may see it; another organization's is not there."""
    permissions.may_read_live_figures(by=request.user).require()
    return get_object_or_404(
        Figure.objects.visible_to(request.user).told().select_related("declared"), key=key
    )


@reads
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Say where a figure comes from."""
    found = found_figure(request, key)
    return page(
        request,
        "indicators/figure.html",
        figure=found,
        behind=queries.provenance(found, request.user),
        may_sign=permissions.may_sign_figure(found, by=request.user),
        may_compute=permissions.may_compute_figures(by=request.user),
    )


def signing_form(request: HttpRequest, found: Figure) -> SignatureForm:
    """Return the signature form bound to exactly what the figure says."""
    text = queries.figure_statement(found)
    return SignatureForm(
        request.POST or None, request=request, text=text, meanings=["verification", "responsibility"]
    )


@reads
def sign_form(request: HttpRequest, key: str) -> HttpResponse:
    """Show exactly what would be signed off."""
    found = found_figure(request, key)
    verdict = permissions.may_sign_figure(found, by=request.user)
    return page(
        request, "indicators/sign.html", figure=found, may_sign=verdict, signing=signing_form(request, found)
    )


@writes
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Sign off a figure as it was shown."""
    found = found_figure(request, key)
    verdict = permissions.may_sign_figure(found, by=request.user)
    verdict.require()
    form = signing_form(request, found)
    if not form.is_valid():
        return page(request, "indicators/sign.html", figure=found, may_sign=verdict, signing=form)
    acts.sign_figure(
        figure=found,
        fingerprint=found.fingerprint,
        version=int(request.POST.get("version") or 0),
        proof=form.proof,
        by=request.user,
        on=today(),
        at=now(),
    )
    messages.success(request, _("Figure signed off."))
    return redirect(found)
