"""Show the organizations and the visibility charter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.network import acts, permissions, queries
from diapason.context.network.forms import KINDS, CorrectionForm, VisibilityForm
from diapason.context.network.models import Organization, VisibilityRule
from diapason.kernel.clock import today
from diapason.ui import panels
from diapason.ui.asking import answered, load_related, side_by_side
from diapason.ui.views import page, reads, writes


@reads
def organizations(request: HttpRequest) -> HttpResponse:
    """Show the members of the network with their sites."""
    members = list(queries.members_with_sites())
    sites = [site for member in members for site in member.sites.all() if site.is_hospital_site]
    centres = [member for member in members if member.kind == Organization.Kind.CENTRE]
    return page(
        request, "network/organizations.html", members=members, centres=len(centres), sites=len(sites)
    )


@reads
def organization(request: HttpRequest, code: str) -> HttpResponse:
    """Show one organization, with the panels that each chapter gives."""
    found = next((one for one in queries.members_of(request) if one.code == code), None)
    if found is None:
        raise Http404
    loading = load_related.asking(found, "sites", "former_names", "groupings")
    _, given = answered(side_by_side(loading, panels.collecting("organization", request, found)))
    return page(
        request,
        "network/organization.html",
        organization=found,
        sites=found.sites.all(),
        former_names=found.former_names.all(),
        groupings=found.groupings.all(),
        panels=given,
        may_correct=permissions.may_correct_organization(found, by=request.user),
    )


@reads
def correction(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that corrects an organization's sheet."""
    found = get_object_or_404(Organization.objects.members(), code=code)
    permissions.may_correct_organization(found, by=request.user).require()
    return page(request, "network/correct.html", organization=found, form=CorrectionForm(instance=found))


@writes
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an organization's sheet."""
    found = get_object_or_404(Organization.objects.members(), code=code)
    permissions.may_correct_organization(found, by=request.user).require()
    form = CorrectionForm(request.POST, instance=Organization.objects.get(pk=found.pk))
    if not form.is_valid():
        return page(request, "network/correct.html", status=422, organization=found, form=form)
    changed = {name: form.cleaned_data[name] for name in form.changed_data if name in form.Meta.fields}
    acts.correct_organization(
        organization=found,
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
        by=request.user,
        on=today(),
        **changed,
    )
    messages.success(request, _("The sheet is corrected; the former values stay in the audit trail."))
    return redirect(found)


@reads
def charter(request: HttpRequest) -> HttpResponse:
    """Show who sees what of whom."""
    return page(request, "network/charter.html", **_charter(request), form=VisibilityForm())


@writes
def decide(request: HttpRequest) -> HttpResponse:
    """Enter a decision in the visibility charter."""
    permissions.may_decide_visibility(by=request.user).require()
    form = VisibilityForm(request.POST)
    if not form.is_valid():
        return page(request, "network/charter.html", status=422, **_charter(request), form=form)
    acts.decide_visibility(**form.cleaned_data, by=request.user, on=today())
    messages.success(request, _("The decision is entered; it applies from now on."))
    return redirect("network:charter")


def _charter(request: HttpRequest) -> dict[str, Any]:
    rules = queries.charter()
    audiences = list(VisibilityRule.Audience)
    rows = [
        (label, [(audience.label, rules.get(kind, {}).get(audience.value)) for audience in audiences])
        for kind, label in KINDS.items()
    ]
    return {
        "rows": rows,
        "audiences": [audience.label for audience in audiences],
        "may_decide": permissions.may_decide_visibility(by=request.user),
    }
