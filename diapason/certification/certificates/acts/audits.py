"""Plan the audits of a certification cycle and record how they went."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.certification.certificates import permissions
from diapason.certification.certificates.facts import audits as facts
from diapason.certification.certificates.models import AuditedSite, Certificate, CertificationAudit
from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.rules.audit_time import audit_time
from diapason.context.network.models import Organization, Site
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

SHARES = {
    "surveillance": "surveillance",
    "recertification": "recertification",
    "stage1": "initial",
    "stage2": "initial",
}


@act
def plan_audit(
    *,
    organization: Organization,
    kind: str,
    planned_on: date,
    certificate: Certificate | None = None,
    days_quoted: Decimal | None = None,
    sites: Sequence[tuple[Site, str]] = (),
    by: Any,
    on: date,
    **description: Any,
) -> CertificationAudit:
    """Give a date to an audit of the certification body (ISO/IEC 17021-1 § 9.1.3); `sites` are (site, why chosen)."""
    permissions.may_plan_audit(organization, by=by).require()
    audit = CertificationAudit(
        reference=take_number("AC", organization.code, planned_on.year),
        organization=organization,
        certificate=certificate,
        body=description.pop("body", None) or (certificate.body if certificate else None),
        kind=kind,
        planned_on=planned_on,
        days_quoted=days_quoted,
        days_computed=computed_days(kind, certificate.personnel if certificate else None),
        **description,
    )
    audit.full_clean(exclude=["reference"])
    audit.save()
    AuditedSite.objects.bulk_create(
        AuditedSite(audit=audit, site=site, reason=reason) for site, reason in sites
    )
    record(
        facts.CertificationAuditPlanned(
            subject=audit.subject,
            organization=organization.code,
            kind=kind,
            planned_on=planned_on,
            days_quoted=facts.plain(days_quoted),
        ),
        by=by,
    )
    return audit


def computed_days(kind: str, personnel: int | None) -> Decimal | None:
    """Return the days that the audit-time table gives, None when the personnel is not known (IAF MD 5)."""
    share = SHARES.get(kind)
    if share is None or not personnel:
        return None
    days = getattr(audit_time(personnel, tables.audit_time()), share)
    return Decimal(days.numerator) / Decimal(days.denominator)


@act
def move_audit(
    *, audit: CertificationAudit, planned_on: date, version: int | None, by: Any, on: date
) -> CertificationAudit:
    """Give an audit that was not held another date."""
    permissions.may_record_audit(audit, by=by).require()
    audit = reread(audit, version)
    audit.planned_on = planned_on
    audit.save()
    record(
        facts.CertificationAuditPlanned(
            subject=audit.subject,
            organization=audit.organization.code,
            kind=audit.kind,
            planned_on=planned_on,
            days_quoted=facts.plain(audit.days_quoted),
        ),
        by=by,
    )
    return audit


@act
def record_audit(
    *,
    audit: CertificationAudit,
    held_from: date,
    held_until: date,
    result: str,
    version: int | None,
    by: Any,
    on: date,
    note: str = "",
) -> CertificationAudit:
    """Record that an audit of the body took place, and how it ended."""
    permissions.may_record_audit(audit, by=by).require()
    check_held(held_from, held_until, on).require()
    audit = reread(audit, version)
    audit.held_from, audit.held_until, audit.result = held_from, held_until, result
    audit.note = note or audit.note
    audit.full_clean(exclude=["reference"])
    audit.save()
    record(
        facts.CertificationAuditHeld(
            subject=audit.subject,
            organization=audit.organization.code,
            kind=audit.kind,
            held_until=held_until,
            result=result,
        ),
        by=by,
    )
    return audit


def check_held(held_from: date, held_until: date, on: date) -> Verdict:
    """Tell whether the days of an audit stand in order and are past."""
    if held_until < held_from:
        return Verdict.no(message("An audit ends after it begins."))
    if held_until > on:
        return Verdict.no(message("An audit cannot be recorded as held before its last day."))
    return Verdict.yes()


@act
def verify_majors(
    *, audit: CertificationAudit, verified_on: date, version: int | None, by: Any, on: date
) -> CertificationAudit:
    """Record that the body verified the treatment of the major nonconformities of an audit."""
    permissions.may_verify_majors(audit, by=by).require()
    audit = reread(audit, version)
    if audit.held_until and verified_on < audit.held_until:
        Verdict.no(message("Nonconformities are verified after the audit that found them.")).require()
    audit.majors_verified_on = verified_on
    audit.save()
    record(
        facts.MajorsVerified(
            subject=audit.subject, organization=audit.organization.code, verified_on=verified_on
        ),
        by=by,
    )
    return audit
