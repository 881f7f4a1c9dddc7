"""Compute audit time and samples from the declared tables, for forms and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from diapason.certification.certificates.models import AuditedSite, Certificate
from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.rules import sampling
from diapason.certification.certificates.rules.audit_time import AuditTime, audit_time
from diapason.context.network.models import Site

SAMPLED = ("initial", "surveillance", "recertification")
KINDS = {"stage2": "initial", "surveillance": "surveillance", "recertification": "recertification"}


@dataclass(frozen=True)
class Computed:
    """Hold the audit time for so many persons, and the samples for so many sites."""

    time: AuditTime
    samples: tuple[tuple[str, sampling.SampleSize, sampling.SampleSize], ...]


@dataclass(frozen=True)
class Chosen:
    """Hold a site that sampling proposes, and why."""

    site: Site
    reason: str


def computed(asked: Mapping[str, Any]) -> Computed:
    """Return what the calculator was asked; raises BadAuditTime when the reduction is too large."""
    time = audit_time(
        asked["personnel"], tables.audit_time(), adjustment_percent=asked.get("adjustment") or 0
    )
    sites = asked.get("sites")
    samples = tuple(
        (
            kind,
            sampling.sample_size(sites, kind, tables.sampling()),
            sampling.sample_size(sites, kind, tables.sampling(), sampling_allowed=False),
        )
        for kind in SAMPLED
        if sites is not None
    )
    return Computed(time, samples)


def times_of(personnel: int | None) -> AuditTime | None:
    """Return the audit time for the certificate's personnel, None when it is not known."""
    return audit_time(personnel, tables.audit_time()) if personnel else None


def proposals(certificate: Certificate, on: date) -> dict[str, list[Chosen]]:
    """Return, by kind of audit, the sites that sampling proposes for a multi-site certificate."""
    if certificate.model != Certificate.Model.MULTI_SITE:
        return {}
    return {kind: proposed_sites(certificate, kind, on) for kind in KINDS}


def proposed_sites(certificate: Certificate, kind: str, planned_on: date) -> list[Chosen]:
    """Return the sites that an audit should visit (IAF MD 1): two queries; the draw can be redone from its seed.

    The seed is the certificate's reference with the year of the audit, so that nobody can draw until it suits.
    """
    if certificate.model != Certificate.Model.MULTI_SITE or kind not in KINDS:
        return []
    sites = {s.code: s for s in Site.objects.filter(pk__in=certificate.cells.values("site")).distinct()}
    visits: dict[str, date] = {}
    rows = AuditedSite.objects.filter(site__in=sites.values(), audit__held_until__isnull=False)
    for code, day in rows.values_list("site__code", "audit__held_until"):
        if day:
            visits[code] = max(visits.get(code, day), day)
    size = sampling.sample_size(len(sites), KINDS[kind], tables.sampling())
    known = [sampling.SiteRecord(code, visits.get(code)) for code in sites]
    seed = f"{certificate.reference} {kind} {planned_on.year}"
    return [Chosen(sites[chosen.key], chosen.reason) for chosen in sampling.choose_sites(known, size, seed)]
