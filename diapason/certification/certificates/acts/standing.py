"""Suspend, restore and withdraw certificates; extend what they cover."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.certification.certificates import permissions
from diapason.certification.certificates.acts.certificates import Square, check_scope
from diapason.certification.certificates.facts import certificates as facts
from diapason.certification.certificates.models import Certificate, DeclaredActivity, ScopeCell, Suspension
from diapason.context.network.models import Organization, Site
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def suspend_certificate(
    *, certificate: Certificate, starts_on: date, reason: str, version: int | None, by: Any, on: date
) -> Suspension:
    """Record that the body suspended a certificate (ISO/IEC 17021-1 § 9.6.5)."""
    permissions.may_suspend_certificate(certificate, by=by, on=on).require()
    certificate = reread(certificate, version)
    _not_before_start(certificate, starts_on).require()
    certificate.save()
    suspension = Suspension.objects.create(certificate=certificate, starts_on=starts_on, reason=reason)
    record(
        facts.CertificateSuspended(
            subject=certificate.subject,
            organization=certificate.holder.code,
            from_day=starts_on,
            reason=reason,
        ),
        by=by,
    )
    return suspension


@act
def restore_certificate(
    *, certificate: Certificate, restored_on: date, version: int | None, by: Any, on: date
) -> Certificate:
    """Record that the body lifted the suspension: the certificate holds again from that day."""
    permissions.may_restore_certificate(certificate, by=by, on=on).require()
    certificate = reread(certificate, version)
    running = certificate.suspensions.filter(starts_on__lte=on).order_by("-starts_on")
    suspension = reread(running[0])
    suspension.ends_on = restored_on - timedelta(days=1)
    if suspension.ends_on < suspension.starts_on:
        Verdict.no(message("A suspension is lifted after its first day.")).require()
    suspension.save()
    certificate.save()
    record(
        facts.CertificateRestored(
            subject=certificate.subject, organization=certificate.holder.code, last_day=suspension.ends_on
        ),
        by=by,
    )
    return certificate


@act
def withdraw_certificate(
    *, certificate: Certificate, withdrawn_on: date, reason: str, version: int | None, by: Any, on: date
) -> Certificate:
    """Record that a certificate was withdrawn, or given back (ISO/IEC 17021-1 § 9.6.5)."""
    permissions.may_withdraw_certificate(certificate, by=by, on=on).require()
    certificate = reread(certificate, version)
    _not_before_start(certificate, withdrawn_on).require()
    certificate.withdrawn_on, certificate.withdrawal_reason = withdrawn_on, reason
    certificate.save()
    record(
        facts.CertificateWithdrawn(
            subject=certificate.subject,
            organization=certificate.holder.code,
            from_day=withdrawn_on,
            reason=reason,
        ),
        by=by,
    )
    return certificate


@act
def extend_scope(
    *,
    certificate: Certificate,
    scope: Sequence[Square],
    covered_from: date,
    version: int | None,
    by: Any,
    on: date,
) -> list[ScopeCell]:
    """Record that a certificate covers more activities or sites from a day on (ISO/IEC 17021-1 § 9.6.4.1)."""
    permissions.may_extend_scope(certificate, by=by, on=on).require()
    check_scope(scope).require()
    certificate = reread(certificate, version)
    _not_before_start(certificate, covered_from).require()
    held = set(certificate.cells.values_list("organization_id", "site_id", "activity"))
    new = [(o, s, a) for o, s, a in scope if (o.pk, s.pk if s else None, a) not in held]
    if not new:
        Verdict.no(message("The certificate already covers all of this.")).require()
    certificate.save()
    cells = ScopeCell.objects.bulk_create(
        ScopeCell(certificate=certificate, organization=o, site=s, activity=a, covered_from=covered_from)
        for o, s, a in new
    )
    record(
        facts.ScopeExtended(
            subject=certificate.subject,
            organization=certificate.holder.code,
            from_day=covered_from,
            cells=", ".join(f"{a} {s.code if s else o.code}" for o, s, a in new),
        ),
        by=by,
    )
    return cells


def _not_before_start(certificate: Certificate, day: date) -> Verdict:
    first = certificate.starts_on
    if first is not None and day < first:
        return Verdict.no(
            message("This day lies before the certificate takes effect, on %(first)s."), first=first
        )
    return Verdict.yes()


@act
def declare_activities(
    *,
    organization: Organization,
    performed: Sequence[tuple[Site | None, str]],
    not_performed: Sequence[tuple[Site | None, str]] = (),
    starts_on: date | None = None,
    source: str = "",
    by: Any,
    on: date,
) -> None:
    """Declare what an organization does and where, so that uncovered activities show (ISO 9001 § 4.3)."""
    permissions.may_record_certificate(organization, by=by).require()
    wanted = {(site.pk if site else None, a): (site, True) for site, a in performed}
    wanted |= {(site.pk if site else None, a): (site, False) for site, a in not_performed}
    check_scope([(organization, site, a) for (_, a), (site, _) in wanted.items()]).require()
    known = {(d.site_id, d.activity): d for d in DeclaredActivity.objects.filter(organization=organization)}
    for (pk, activity), (site, does) in wanted.items():
        found = known.get((pk, activity))
        if found is None:
            found = DeclaredActivity(
                organization=organization, site=site, activity=activity, starts_on=starts_on
            )
        elif found.performed == does and found.source == source:
            continue
        else:
            found = reread(found)
        found.performed, found.source = does, source
        found.save()
    cells = ", ".join(
        f"{a} {s.code if s else organization.code} {'+' if d else '-'}" for (_, a), (s, d) in wanted.items()
    )
    record(
        facts.ActivityDeclared(subject=organization.subject, organization=organization.code, cells=cells),
        by=by,
    )
