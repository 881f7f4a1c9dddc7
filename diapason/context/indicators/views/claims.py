"""Answer the claims: list, page, recording and review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.indicators import acts, permissions
from diapason.context.indicators.forms import ClaimForm, ReviewForm
from diapason.context.indicators.models import Claim
from diapason.kernel.clock import today
from diapason.ui.views import page, reads, writes


@reads
def claims(request: HttpRequest) -> HttpResponse:
    """List what the network says of itself and cannot compute."""
    rows = list(Claim.objects.all())
    day = today()
    due = [one for one in rows if one.is_due(on=day)]
    may = permissions.may_manage_claims(by=request.user)
    return page(request, "indicators/claims.html", claims=rows, due=due, may_record=may)


@reads
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Show a claim with source, method, owner and review."""
    found = get_object_or_404(Claim, code=code)
    return claim_page(request, found, ReviewForm(initial={"version": found.version}))


def claim_page(request: HttpRequest, found: Claim, form: ReviewForm) -> HttpResponse:
    """Return the page of a claim with the form of its review."""
    return page(
        request,
        "indicators/claim.html",
        claim=found,
        form=form,
        is_due=found.is_due(on=today()),
        may_review=permissions.may_manage_claims(by=request.user),
    )


@writes
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Decide what becomes of a claim."""
    permissions.may_manage_claims(by=request.user).require()
    found = get_object_or_404(Claim, code=code)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return claim_page(request, found, form)
    acts.review_claim(claim=found, by=request.user, on=today(), **form.cleaned_data)
    messages.success(request, _("Review recorded."))
    return redirect(found)


@reads
def new_claim(request: HttpRequest) -> HttpResponse:
    """Show the form of a claim."""
    permissions.may_manage_claims(by=request.user).require()
    return page(request, "indicators/new_claim.html", form=ClaimForm())


@writes
def record(request: HttpRequest) -> HttpResponse:
    """Record a claim."""
    permissions.may_manage_claims(by=request.user).require()
    form = ClaimForm(request.POST)
    if form.is_valid() and Claim.objects.filter(code=form.cleaned_data["code"]).exists():
        form.add_error("code", _("This code is taken already."))
    if not form.is_valid():
        return page(request, "indicators/new_claim.html", form=form)
    return redirect(acts.record_claim(by=request.user, on=today(), **form.claim))
