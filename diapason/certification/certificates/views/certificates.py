"""Show the certificates, one certificate, and what all of them cover; record one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from diapason.certification.certificates import permissions
from diapason.certification.certificates.acts.certificates import record_certificate
from diapason.certification.certificates.forms.certificates import CertificateForm
from diapason.certification.certificates.models import Certificate, CertificationBody
from diapason.certification.certificates.queries import coverage, standing, story
from diapason.certification.certificates.queries.history import with_history
from diapason.certification.certificates.queries.register import register_of
from diapason.certification.certificates.queries.sentences import answer_sentence
from diapason.certification.certificates.rules import words
from diapason.certification.certificates.views.deeds import deeds_of_certificate
from diapason.context.network.models import Organization
from diapason.context.network.queries import organizations_of
from diapason.context.standards.models import Edition
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.exports import Column
from diapason.ui.listing import Filter, Listing
from diapason.ui.together import HowMany, ask_together
from diapason.ui.views import page, reads, writes


@reads
def certificates(request: HttpRequest) -> HttpResponse:
    """Show every certificate, filtered by organization, state, body and edition."""
    rows = Certificate.objects.visible_to(request.user).select_related("holder", "body", "edition")
    everybody, scope = organizations_of(request), permissions.scope_of(request.user)
    bodies, editions, holding = ask_together(
        CertificationBody.objects.values_list("code", "name"),
        Edition.objects.values_list("code", "label"),
        HowMany(Certificate.objects.in_state("valid", today())),
    )
    filters = _filters(request, everybody, bodies, editions)
    order = ("holder__sort_key", "-reference")
    listing = Listing(request, rows, order=order, filters=filters, columns=_columns(), prepare=with_history)
    with_history(listing.rows)
    return page(
        request,
        "certificates/list.html",
        listing=listing,
        holding=holding,
        today=today(),
        may_record=permissions.may_record_somewhere(by=request.user),
        recordable=[o for o in everybody if scope.may("record_certificate", o.pk)],
    )


def _columns() -> list[Column]:
    return [
        Column(message("Organization"), "holder.short_name"),
        Column(message("Certificate"), "reference"),
        Column(message("Number given by the body"), "number"),
        Column(message("Certification body"), "body.name"),
        Column(message("Edition"), "edition.label"),
        Column(message("Decided on"), "decision"),
        Column(message("Expires on"), "expires_on"),
        Column(message("State"), lambda row: _(words.CERTIFICATE[row.state_on(today())][1])),
    ]


Choices = list[tuple[str, str]]


def _filters(
    request: HttpRequest, everybody: list[Organization], bodies: Choices, editions: Choices
) -> list[Filter]:
    members = [(o.code, o.short_name) for o in everybody]
    states = [(state, _(word)) for state, (_look, word) in words.CERTIFICATE.items()]

    def in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.in_state(value, today())  # type: ignore[attr-defined]

    def valid_on(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        try:
            day = parse_date(value)
        except ValueError:
            day = None
        return rows.in_state("valid", day) if day else rows.none()  # type: ignore[attr-defined]

    shown = [
        Filter("organization", message("Organization"), "holder__code", members),
        Filter("state", message("State"), choices=states, apply=in_state),
        Filter("body", message("Certification body"), "body__code", bodies),
        Filter("edition", message("Edition"), "edition__code", editions),
    ]
    if request.GET.get("valid_on"):
        shown.append(Filter("valid_on", message("Valid on"), apply=valid_on))
    return shown


@reads
def certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one certificate: scope, cycle, audits, alarms, history."""
    rows = Certificate.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("holder", "body", "edition", "previous"), reference=reference
    )
    on = today()
    audits, cells = story.parts_of(found)
    entry = story.entry_of(found)
    lines = story.lines_of(audits, found.holder.code)
    in_detail = permissions.sees_details(permissions.scope_of(request.user), found.holder_id)
    return page(
        request,
        "certificates/detail.html",
        certificate=found,
        today=on,
        in_detail=in_detail,
        alarms=standing.certificate_alarms(entry, lines, on) if in_detail else [],
        scope=story.scope_table(cells),
        audits=audits,
        cycle=story.cycle_steps(found, entry, lines, on),
        deeds=deeds_of_certificate(found, request.user, on),
        may_plan=permissions.may_plan_audit(found.holder, by=request.user),
    )


@reads
def whole_coverage(request: HttpRequest) -> HttpResponse:
    """Show what the certificates cover on a day (`?on=`): activity by site, and since when all of it."""
    on = _asked_day(request)
    register, scope = register_of(request), permissions.scope_of(request.user)
    answer = coverage.network_answer(register, on)
    return page(
        request,
        "certificates/coverage.html",
        sentence=answer_sentence(answer, len(register.members)),
        answer=answer,
        matrix=coverage.matrix(register, on),
        uncovered=coverage.uncovered(answer, register),
        bounded=sorted(
            {
                register.members[c.organization].name
                for c in answer.bounded
                if c.organization in register.members
            }
        ),
        declarable=[m for m in register.members.values() if scope.may("record_certificate", m.pk)],
        on=on,
        today=today(),
    )


def _asked_day(request: HttpRequest) -> date:
    try:
        return parse_date(request.GET.get("on", "")) or today()
    except ValueError:
        return today()


@reads
def recording(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that records a certificate of an organization."""
    organization = get_object_or_404(Organization, code=code)
    permissions.may_record_certificate(organization, by=request.user).require()
    form = CertificateForm(organization=organization, initial={"decided_on": today()})
    return page(request, "certificates/record.html", organization=organization, form=form)


@writes
def record(request: HttpRequest, code: str) -> HttpResponse:
    """Record a certificate of an organization."""
    organization = get_object_or_404(Organization, code=code)
    permissions.may_record_certificate(organization, by=request.user).require()
    form = CertificateForm(request.POST, organization=organization)
    if form.is_valid():
        try:
            made = record_certificate(
                holder=organization,
                decision=form.decision,
                scope=form.chosen_scope,
                by=request.user,
                on=today(),
                **form.description,
            )
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _("The certificate is recorded."))
            return redirect(made)
    return page(request, "certificates/record.html", status=422, organization=organization, form=form)
