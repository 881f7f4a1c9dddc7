"""Take down what happens to certificates and audits: one table of deeds, one form page, one answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.certification.certificates import permissions
from diapason.certification.certificates.acts import audits as audit_acts
from diapason.certification.certificates.acts import certificates as certificate_acts
from diapason.certification.certificates.acts import standing as standing_acts
from diapason.certification.certificates.forms import audits as audit_forms
from diapason.certification.certificates.forms import certificates as certificate_forms
from diapason.certification.certificates.forms.fields import initial_days
from diapason.certification.certificates.models import Certificate, CertificationAudit
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


@dataclass(frozen=True)
class Deed:
    """Hold one thing that can happen to a record: its words, form, permission and act."""

    name: str
    label: str
    lead: str
    form: type[django_forms.Form] | type[django_forms.ModelForm[Any]]
    verdict: Callable[..., Verdict]
    act: Callable[..., Any]
    done: str
    needs_day: bool = True


@dataclass(frozen=True)
class Offered:
    """Hold a deed offered on a page: its words, where its form is, whether it is allowed."""

    label: str
    url: str
    verdict: Verdict


_HOLDS = message("State what the body decided; the date may lie in the past.")
CERTIFICATE_DEEDS = {
    deed.name: deed
    for deed in (
        Deed("renew", message("Renew"),
             message("The scope and the body are taken over; the former cycle stays readable."),
             certificate_forms.RenewForm, permissions.may_renew_certificate, certificate_acts.renew_certificate,
             message("The new cycle is recorded.")),
        Deed("extend", message("Extend the scope"), message("Tick what it covers besides, from a day on."),
             certificate_forms.ExtendForm, permissions.may_extend_scope, standing_acts.extend_scope,
             message("The scope is extended.")),
        Deed("amend", message("Correct"),
             message("The page shows the corrected value; the former one stays in the audit trail."),
             certificate_forms.AmendForm, permissions.may_amend_certificate, certificate_acts.amend_certificate,
             message("The certificate is corrected."), needs_day=False),
        Deed("suspend", message("Record a suspension"), _HOLDS, certificate_forms.SuspendForm,
             permissions.may_suspend_certificate, standing_acts.suspend_certificate,
             message("The suspension is recorded.")),
        Deed("restore", message("Lift the suspension"), _HOLDS, certificate_forms.RestoreForm,
             permissions.may_restore_certificate, standing_acts.restore_certificate,
             message("The suspension is lifted.")),
        Deed("withdraw", message("Record a withdrawal"), _HOLDS, certificate_forms.WithdrawForm,
             permissions.may_withdraw_certificate, standing_acts.withdraw_certificate,
             message("The withdrawal is recorded.")),
    )
}  # fmt: skip
AUDIT_DEEDS = {
    deed.name: deed
    for deed in (
        Deed("hold", message("Record that it was held"), message("State the days and how the audit ended."),
             audit_forms.RecordAuditForm, permissions.may_record_audit, audit_acts.record_audit,
             message("The audit is recorded as held."), needs_day=False),
        Deed("move", message("Change the date"), message("The former date stays in the audit trail."),
             audit_forms.MoveAuditForm, permissions.may_record_audit, audit_acts.move_audit,
             message("The audit has another date."), needs_day=False),
        Deed("verify", message("Record the verification of major nonconformities"), _HOLDS,
             audit_forms.MajorsForm, permissions.may_verify_majors, audit_acts.verify_majors,
             message("The verification is recorded."), needs_day=False),
    )
}  # fmt: skip


def deeds_of_certificate(certificate: Certificate, by: Any, on: date) -> list[Offered]:
    """Return what can happen to a certificate, each with its verdict."""
    return [
        Offered(
            _(d.label),
            reverse("certificates:deed", args=[certificate.reference, d.name]),
            _verdict(d, certificate, by, on),
        )
        for d in CERTIFICATE_DEEDS.values()
    ]


def deeds_of_audit(audit: CertificationAudit, by: Any, on: date) -> list[Offered]:
    """Return what can happen to an audit, each with its verdict."""
    return [
        Offered(
            _(d.label),
            reverse("certificates:audit_deed", args=[audit.reference, d.name]),
            _verdict(d, audit, by, on),
        )
        for d in AUDIT_DEEDS.values()
    ]


def _verdict(deed: Deed, thing: Any, by: Any, on: date) -> Verdict:
    return deed.verdict(thing, by=by, on=on) if deed.needs_day else deed.verdict(thing, by=by)


def _certificate(request: HttpRequest, reference: str) -> Certificate:
    rows = Certificate.objects.visible_to(request.user).select_related("holder").with_history()
    return get_object_or_404(rows, reference=reference)


def _audit(reference: str) -> CertificationAudit:
    return get_object_or_404(CertificationAudit.objects.select_related("organization"), reference=reference)


def _deed(table: dict[str, Deed], name: str) -> Deed:
    if name not in table:
        raise Http404
    return table[name]


@reads
def deed(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of something that happens to a certificate."""
    return _show(request, _certificate(request, reference), _deed(CERTIFICATE_DEEDS, name), "certificates:do")


@writes
def do(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Record something that happened to a certificate."""
    return _answer(
        request, _certificate(request, reference), _deed(CERTIFICATE_DEEDS, name), "certificates:do"
    )


@reads
def audit_deed(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of something that happens to an audit."""
    return _show(request, _audit(reference), _deed(AUDIT_DEEDS, name), "certificates:audit_do")


@writes
def audit_do(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Record something that happened to an audit."""
    return _answer(request, _audit(reference), _deed(AUDIT_DEEDS, name), "certificates:audit_do")


def _show(request: HttpRequest, thing: Any, deed: Deed, action: str) -> HttpResponse:
    _verdict(deed, thing, request.user, today()).require()
    return _form_page(request, thing, deed, _form(deed, thing), action)


def _answer(request: HttpRequest, thing: Any, deed: Deed, action: str) -> HttpResponse:
    on = today()
    _verdict(deed, thing, request.user, on).require()
    form = _form(deed, thing, request.POST)
    if form.is_valid():
        try:
            deed.act(**_named(thing), **_values(form, thing), by=request.user, on=on)
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _(deed.done))
            return redirect(_page_of(thing))
    return _form_page(request, thing, deed, form, action, status=422)


def _form_page(
    request: HttpRequest, thing: Any, deed: Deed, form: Any, action: str, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "certificates/deed.html",
        status=status,
        thing=thing,
        title=_(deed.label),
        lead=_(deed.lead),
        form=form,
        action=reverse(action, args=[thing.reference, deed.name]),
        back=_page_of(thing),
    )


def _form(deed: Deed, thing: Any, data: Any = None) -> Any:
    if issubclass(deed.form, certificate_forms.AmendForm):
        return deed.form(data, instance=type(thing).objects.get(pk=thing.pk))
    form = deed.form(data, initial={"version": thing.version, **initial_days(today())})
    if "scope" in form.fields:
        form.fields["scope"].choices = certificate_forms.scope_choices(thing.holder)  # type: ignore[attr-defined]
    return form


def _values(form: Any, thing: Any) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    if isinstance(form, certificate_forms.AmendForm):
        kept = {"reason", "version", *form.changed_data}
        return {name: value for name, value in values.items() if name in kept}
    if "scope" in values:
        values["scope"] = certificate_forms.squares(thing.holder, values["scope"])
    return values


def _named(thing: Any) -> dict[str, Any]:
    return {"certificate" if isinstance(thing, Certificate) else "audit": thing}


def _page_of(thing: Any) -> str:
    name = "certificate" if isinstance(thing, Certificate) else "audit"
    return reverse(f"certificates:{name}", args=[thing.reference])
