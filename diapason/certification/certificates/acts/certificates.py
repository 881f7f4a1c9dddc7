"""Record, correct and renew certificates."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.certification.certificates import permissions
from diapason.certification.certificates.facts import certificates as facts
from diapason.certification.certificates.models import Certificate, ScopeCell
from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.rules import cycle, renewal
from diapason.context.network.models import Organization, Site
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

Square = tuple[Organization, Site | None, str]


@act
def record_certificate(
    *,
    holder: Organization,
    decision: PartialDate,
    scope: Sequence[Square],
    by: Any,
    on: date,
    **description: Any,
) -> Certificate:
    """Record a certificate that a body granted (ISO/IEC 17021-1 § 8.2)."""
    permissions.may_record_certificate(holder, by=by).require()
    check_dates(decision, description.get("effective_on"), description.get("expires_on")).require()
    check_scope(scope).require()
    year = (description.get("effective_on") or decision.latest or on).year
    certificate = Certificate(
        reference=take_number("CE", holder.code, year),
        holder=holder,
        decision_earliest=decision.earliest,
        decision_latest=decision.latest,
        decision_wording=decision.wording,
        **description,
    )
    certificate.full_clean(exclude=["reference"])
    certificate.save()
    ScopeCell.objects.bulk_create(_cells(certificate, scope))
    record(
        facts.CertificateRecorded(
            subject=certificate.subject,
            organization=holder.code,
            number=certificate.number or certificate.reference,
            expires_on=certificate.expires_on,
        ),
        by=by,
    )
    return certificate


def check_dates(decision: PartialDate, effective_on: date | None, expires_on: date | None) -> Verdict:
    """Tell whether the dates stand in order; what is not known is not checked."""
    if not decision.is_known and effective_on is None:
        return Verdict.no(message("Give at least a bound of the decision date, or the day it takes effect."))
    first = effective_on or decision.latest
    if expires_on is None or first is None:
        return Verdict.yes()
    latest = cycle.last_valid_day(first, tables.cycle()) + timedelta(days=1)
    return renewal.check_cycle_dates(decision.earliest or first, first, expires_on, latest)


def check_scope(scope: Sequence[Square]) -> Verdict:
    """Tell whether the scope names at least one activity, all of them declared."""
    if not scope:
        return Verdict.no(message("A certificate covers at least one activity."))
    known = tables.activities()
    unknown = sorted({activity for _, _, activity in scope if activity not in known})
    if unknown:
        return Verdict.no(message("Unknown activity: %(activity)s."), activity=", ".join(unknown))
    return Verdict.yes()


def _cells(certificate: Certificate, scope: Sequence[Square], first: date | None = None) -> list[ScopeCell]:
    return [
        ScopeCell(certificate=certificate, organization=o, site=s, activity=a, covered_from=first)
        for o, s, a in scope
    ]


@act
def amend_certificate(
    *, certificate: Certificate, reason: str, version: int | None, by: Any, on: date, **changes: Any
) -> Certificate:
    """Correct what is written of a certificate (« rectifier »), the former values staying in the trail only."""
    permissions.may_amend_certificate(certificate, by=by).require()
    certificate = reread(certificate, version)
    decision: PartialDate | None = changes.pop("decision", None)
    if decision is not None:
        certificate.decision_earliest, certificate.decision_latest = decision.earliest, decision.latest
        certificate.decision_wording = decision.wording
    for name, value in changes.items():
        setattr(certificate, name, value)
    check_dates(certificate.decision, certificate.effective_on, certificate.expires_on).require()
    certificate.full_clean(exclude=["reference"])
    certificate.save()
    record(
        facts.CertificateRectified(
            subject=certificate.subject, organization=certificate.holder.code, reason=reason
        ),
        by=by,
    )
    return certificate


@act
def renew_certificate(
    *,
    certificate: Certificate,
    decision_on: date,
    expires_on: date,
    effective_on: date | None = None,
    version: int | None,
    by: Any,
    on: date,
    **changes: Any,
) -> Certificate:
    """Record the next cycle of a certificate, its scope taken over (ISO/IEC 17021-1 § 9.6.3).

    Decided before the old expiry it may follow on that date; within the restoration time it comes back from its
    decision on; later it is a new certificate of its own.
    """
    permissions.may_renew_certificate(certificate, by=by, on=on).require()
    certificate = reread(certificate, version)
    terms = renewal.renewal_terms(certificate.expires_on or decision_on, decision_on, tables.cycle())
    first = effective_on or decision_on
    renewal.check_cycle_dates(decision_on, first, expires_on, terms.latest_expiry_on).require()
    successor = _next_cycle(certificate, decision_on, first, expires_on, changes)
    cells = certificate.cells.filter(covered_until=None).select_related("organization", "site")
    ScopeCell.objects.bulk_create(_cells(successor, [(c.organization, c.site, c.activity) for c in cells]))
    certificate.save()
    subject, code = certificate.subject, certificate.holder.code
    record(
        facts.CertificateRenewed(
            subject=subject, organization=code, successor=successor.reference, expires_on=expires_on
        ),
        by=by,
    )
    number = successor.number or successor.reference
    record(
        facts.CertificateRecorded(
            subject=successor.subject, organization=code, number=number, expires_on=expires_on
        ),
        by=by,
    )
    return successor


def _next_cycle(
    certificate: Certificate, decision_on: date, effective_on: date, expires_on: date, changes: dict[str, Any]
) -> Certificate:
    """Create the certificate of the next cycle, what it does not change taken over."""
    kept = {"number", "body", "edition", "model", "personnel", "scope_fr", "scope_en"}
    description = {name: getattr(certificate, name) for name in kept} | changes
    return Certificate.objects.create(
        reference=take_number("CE", certificate.holder.code, effective_on.year),
        holder=certificate.holder,
        previous=certificate,
        cycle=certificate.cycle + 1 if certificate.cycle else None,
        decision_earliest=decision_on,
        decision_latest=decision_on,
        effective_on=effective_on,
        expires_on=expires_on,
        **description,
    )
