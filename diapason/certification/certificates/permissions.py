"""Say who may record certificates and what happens to them, and when that makes sense."""

from datetime import date
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.certification.certificates.models import Certificate, CertificationAudit
from diapason.certification.certificates.rules import validity
from diapason.kernel.scope import NOBODY, Scope
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def scope_of(user: Any) -> Scope:
    """Return what a reader carries; nothing for somebody who is not signed in."""
    scope: Scope = getattr(user, "scope", NOBODY)
    return scope


def sees_details(scope: Scope, organization_id: int) -> bool:
    """Tell whether alarms, audit results and quotes of that organization are shown to this person.

    Certificates are public facts; what its body found, or what is late, is the organization's own affair: shown to
    it, to those who work for every organization, and to others as far as the visibility charter names milestones.
    """
    if scope.network_wide or scope.may("record_certificate", organization_id):
        return True
    return scope.sees(organization_id, "programme")


def may_record_certificate(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person keeps the certificates of that organization (None: of the network); routines do."""
    if isinstance(by, Automaton) or by.scope.may(
        "record_certificate", organization.pk if organization else None
    ):
        return Verdict.yes()
    if organization is None:
        return Verdict.no(message("Only the national coordination keeps the certificates of the network."))
    return Verdict.no(
        message(
            "Only the quality manager of %(organization)s or the national coordination keeps its certificates."
        ),
        organization=organization.short_name,
    )


def may_record_body(*, by: Any) -> Verdict:
    """Tell whether this person keeps the register of certification bodies."""
    if by.scope.may("record_certificate"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination keeps the register of certification bodies."))


def may_record_somewhere(*, by: Any) -> Verdict:
    """Tell whether this person keeps the certificates of at least one organization."""
    if by.scope.may_somewhere("record_certificate"):
        return Verdict.yes()
    return Verdict.no(message("Only quality managers and the national coordination record certificates."))


def may_amend_certificate(certificate: Certificate, *, by: Any) -> Verdict:
    """Tell whether this person may correct what is written of the certificate (« rectifier »)."""
    return may_record_certificate(certificate.holder, by=by)


def may_suspend_certificate(certificate: Certificate, *, by: Any, on: date) -> Verdict:
    """Tell whether a suspension may be recorded: the certificate holds."""
    states = {validity.VALID, validity.NOT_KNOWN}
    return may_amend_certificate(certificate, by=by) & _in_state(
        certificate, on, states, message("Only a valid certificate can be suspended.")
    )


def may_restore_certificate(certificate: Certificate, *, by: Any, on: date) -> Verdict:
    """Tell whether the suspension may be lifted: there is one."""
    return may_amend_certificate(certificate, by=by) & _in_state(
        certificate, on, {validity.SUSPENDED}, message("The certificate is not suspended.")
    )


def may_withdraw_certificate(certificate: Certificate, *, by: Any, on: date) -> Verdict:
    """Tell whether a withdrawal may be recorded: the certificate has not ended."""
    states = {validity.VALID, validity.SUSPENDED, validity.NOT_KNOWN, validity.NOT_YET}
    return may_amend_certificate(certificate, by=by) & _in_state(
        certificate, on, states, message("The certificate has already ended.")
    )


def may_renew_certificate(certificate: Certificate, *, by: Any, on: date) -> Verdict:
    """Tell whether a new cycle may take over: the certificate is neither withdrawn nor replaced, its expiry known."""
    allowed = may_amend_certificate(certificate, by=by)
    if certificate.expires_on is None:
        allowed = allowed & Verdict.no(
            message("The expiry of the certificate is not known: correct it first.")
        )
    ended = message("A withdrawn or replaced certificate is not renewed.")
    if list(certificate.successors.all()):
        return allowed & Verdict.no(ended)
    states = {validity.VALID, validity.SUSPENDED, validity.LAPSED, validity.NOT_KNOWN}
    return allowed & _in_state(certificate, on, states, ended)


def may_extend_scope(certificate: Certificate, *, by: Any, on: date) -> Verdict:
    """Tell whether the scope may be extended: the certificate holds."""
    return may_amend_certificate(certificate, by=by) & _in_state(
        certificate,
        on,
        {validity.VALID, validity.NOT_KNOWN},
        message("Only a valid certificate can be extended."),
    )


def may_plan_audit(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person keeps the audits of the certification body for that organization."""
    return may_record_certificate(organization, by=by)


def may_record_audit(audit: CertificationAudit, *, by: Any) -> Verdict:
    """Tell whether the audit may be recorded as held: it has not been."""
    allowed = may_plan_audit(audit.organization, by=by)
    if audit.held_until is not None:
        return allowed & Verdict.no(message("The audit is already recorded as held."))
    return allowed


def may_verify_majors(audit: CertificationAudit, *, by: Any) -> Verdict:
    """Tell whether the verification of major nonconformities may be recorded: some are open."""
    allowed = may_plan_audit(audit.organization, by=by)
    if not audit.majors_open:
        return allowed & Verdict.no(message("The audit left no major nonconformity open."))
    return allowed


def _in_state(certificate: Certificate, on: date, states: set[str], reason: str) -> Verdict:
    return Verdict.yes() if certificate.state_on(on) in states else Verdict.no(reason)
