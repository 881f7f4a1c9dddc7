"""Keep the register of certification bodies, and what each organization does."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.certification.certificates import permissions
from diapason.certification.certificates.acts.bodies import record_body
from diapason.certification.certificates.acts.standing import declare_activities
from diapason.certification.certificates.forms.declarations import ActivitiesForm, BodyForm
from diapason.certification.certificates.models import CertificationBody, DeclaredActivity
from diapason.context.network.models import Organization
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


@reads
def bodies(request: HttpRequest) -> HttpResponse:
    """Show the certification bodies with their vocabulary and the days their contracts give."""
    return _bodies_page(request, BodyForm())


@writes
def record(request: HttpRequest) -> HttpResponse:
    """Record a certification body."""
    permissions.may_record_body(by=request.user).require()
    form = BodyForm(request.POST)
    if form.is_valid():
        try:
            record_body(**form.cleaned_data, by=request.user, on=today())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The certification body is recorded."))
            return redirect("certificates:bodies")
    return _bodies_page(request, form, status=422)


def _bodies_page(request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
    return page(
        request,
        "certificates/bodies.html",
        status=status,
        bodies=CertificationBody.objects.prefetch_related("grades"),
        form=form,
        may_record=permissions.may_record_body(by=request.user),
    )


@reads
def activities(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that declares what an organization does, as it was declared last."""
    organization = get_object_or_404(Organization.objects.members(), code=code)
    permissions.may_record_certificate(organization, by=request.user).require()
    told = DeclaredActivity.objects.filter(organization=organization).select_related("site")
    initial: dict[str, list[str]] = {"performed": [], "not_performed": []}
    for one in told:
        place = f"{one.site.code if one.site else ''}|{one.activity}"
        initial["performed" if one.performed else "not_performed"].append(place)
    return _activities_page(request, organization, ActivitiesForm(organization=organization, initial=initial))


@writes
def declare(request: HttpRequest, code: str) -> HttpResponse:
    """Declare what an organization does."""
    organization = get_object_or_404(Organization.objects.members(), code=code)
    permissions.may_record_certificate(organization, by=request.user).require()
    form = ActivitiesForm(request.POST, organization=organization)
    if not form.is_valid():
        return _activities_page(request, organization, form, status=422)
    declare_activities(
        organization=organization,
        performed=form.places("performed"),
        not_performed=form.places("not_performed"),
        source=form.cleaned_data["source"],
        by=request.user,
        on=today(),
    )
    messages.success(request, _("The activities are declared."))
    return redirect("certificates:coverage")


def _activities_page(
    request: HttpRequest, organization: Organization, form: Any, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "certificates/activities.html",
        status=status,
        organization=organization,
        form=form,
        action=reverse("certificates:declare", args=[organization.code]),
    )
