"""Show the audits of the certification cycle, plan them, and compute how long and where they go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.certification.certificates import permissions
from diapason.certification.certificates.acts.audits import plan_audit
from diapason.certification.certificates.forms.audits import CalculatorForm, PlanAuditForm
from diapason.certification.certificates.models import Certificate, CertificationAudit
from diapason.certification.certificates.queries import calculator as computing
from diapason.certification.certificates.queries import story, tables
from diapason.certification.certificates.rules.audit_time import BadAuditTime
from diapason.certification.certificates.views.deeds import deeds_of_audit
from diapason.kernel.clock import today
from diapason.ui.views import page, reads, writes


@reads
def audit(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one audit of the body: dates, result, quoted against computed days, sites visited."""
    rows = CertificationAudit.objects.select_related("organization", "certificate", "body")
    found = get_object_or_404(rows.prefetch_related("visited__site"), reference=reference)
    return page(
        request,
        "certificates/audit.html",
        audit=found,
        today=today(),
        gap=story.quote_gap(found),
        in_detail=permissions.sees_details(permissions.scope_of(request.user), found.organization_id),
        deeds=deeds_of_audit(found, request.user, today()),
    )


@reads
def planning(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form that dates an audit of a certificate's cycle, with the sites that sampling proposes."""
    certificate = _certificate(request, reference)
    permissions.may_plan_audit(certificate.holder, by=request.user).require()
    return _planning_page(request, certificate, PlanAuditForm(initial={"kind": "surveillance"}))


@writes
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Date an audit of a certificate's cycle."""
    certificate = _certificate(request, reference)
    permissions.may_plan_audit(certificate.holder, by=request.user).require()
    form = PlanAuditForm(request.POST)
    if not form.is_valid():
        return _planning_page(request, certificate, form, status=422)
    sites = computing.proposed_sites(certificate, form.cleaned_data["kind"], form.cleaned_data["planned_on"])
    plan_audit(
        organization=certificate.holder,
        certificate=certificate,
        sites=[(chosen.site, chosen.reason) for chosen in sites],
        by=request.user,
        on=today(),
        **form.cleaned_data,
    )
    messages.success(request, _("The audit has a date."))
    return redirect(certificate)


def _certificate(request: HttpRequest, reference: str) -> Certificate:
    rows = Certificate.objects.visible_to(request.user).select_related("holder", "body")
    return get_object_or_404(rows, reference=reference)


def _planning_page(
    request: HttpRequest, certificate: Certificate, form: Any, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "certificates/plan.html",
        status=status,
        certificate=certificate,
        form=form,
        times=computing.times_of(certificate.personnel),
        proposals=computing.proposals(certificate, today()),
    )


@reads
def calculator(request: HttpRequest) -> HttpResponse:
    """Compute audit time and sample sizes, and show the tables they come from."""
    form = CalculatorForm(request.GET if "personnel" in request.GET else None)
    result = None
    if form.is_bound and form.is_valid():
        try:
            result = computing.computed(form.cleaned_data)
        except BadAuditTime as error:
            form.add_error("adjustment", _(str(error)))
    return page(
        request,
        "certificates/calculator.html",
        form=form,
        result=result,
        time_table=tables.audit_time(),
        sampling_table=tables.sampling(),
        cycle_table=tables.cycle(),
    )
