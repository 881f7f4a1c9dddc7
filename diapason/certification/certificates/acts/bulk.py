"""Take over many certificates at once, from a source: demonstration network, public record, first set-up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.certification.certificates.facts import taking_over
from diapason.certification.certificates.models import (
    AuditedSite,
    BodyGrade,
    Certificate,
    CertificationAudit,
    CertificationBody,
    DeclaredActivity,
    ScopeCell,
    Suspension,
)


@act
def take_over_certificates(
    *,
    bodies: Sequence[CertificationBody] = (),
    grades: Sequence[BodyGrade] = (),
    certificates: Sequence[Certificate] = (),
    cells: Sequence[ScopeCell] = (),
    suspensions: Sequence[Suspension] = (),
    activities: Sequence[DeclaredActivity] = (),
    audits: Sequence[CertificationAudit] = (),
    visited: Sequence[AuditedSite] = (),
    source: str,
    by: Any,
    on: date,
) -> None:
    """Take over unsaved rows that point to each other; for automata only.

    Certificates come oldest first, so that `previous` of each one is saved before it; those with a predecessor are
    written cycle by cycle.
    """
    CertificationBody.objects.bulk_create([b for b in bodies if b.pk is None])
    BodyGrade.objects.bulk_create(grades)
    waiting = [c for c in certificates if c.pk is None]
    while waiting:
        ready = [c for c in waiting if c.previous is None or c.previous.pk is not None]
        if not ready:
            raise ValueError("certificates point to predecessors that are not among those taken over")
        Certificate.objects.bulk_create(ready)
        waiting = [c for c in waiting if c.pk is None]
    ScopeCell.objects.bulk_create(cells)
    Suspension.objects.bulk_create(suspensions)
    DeclaredActivity.objects.bulk_create(activities)
    CertificationAudit.objects.bulk_create(audits)
    AuditedSite.objects.bulk_create(visited)
    for certificate in certificates:
        _state(certificate, by)
    record(
        taking_over.CertificatesTakenOver(
            subject="network:all", certificates=len(certificates), audits=len(audits), source=source
        ),
        by=by,
    )


def _state(certificate: Certificate, by: Any) -> None:
    fact = taking_over.CertificateTakenOver(
        subject=certificate.subject, organization=certificate.holder.code, number=certificate.number
    )
    record(fact, by=by)
