"""Invent the certificates: three before 2015, all centres by April 2018, R&D on 1 October 2018, and today."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.acts import act, take_number
from diapason.audit_trail.open_act import Automaton
from diapason.certification.certificates.acts.bulk import take_over_certificates
from diapason.certification.certificates.models import (
    AuditedSite,
    BodyGrade,
    Certificate,
    CertificationAudit,
    CertificationBody,
    DeclaredActivity,
    ScopeCell,
)
from diapason.context.network.models import Organization
from diapason.context.standards.models import Edition
from diapason.demonstration.invention import declared, draw
from diapason.demonstration.network import SOURCE
from diapason.kernel.dates import months_after

CENTRAL_CERTIFIED = date(2018, 10, 1)
EDITION_SINCE = date(2016, 6, 1)
"""From this day the invented certificates are on the edition of 2015; the note says what came before."""
ALWAYS = ("promotion", "investigation")
SOMETIMES = ("biometrics", "biobank", "platforms")
Kind = CertificationAudit.Kind
Result = CertificationAudit.Result


@dataclass
class Story:
    """Gather the invented rows before they are handed over at once."""

    today: date
    edition: Edition
    next_edition: Edition | None
    bodies: list[CertificationBody]
    certificates: list[Certificate] = field(default_factory=list)
    cells: list[ScopeCell] = field(default_factory=list)
    activities: list[DeclaredActivity] = field(default_factory=list)
    audits: list[CertificationAudit] = field(default_factory=list)
    visited: list[AuditedSite] = field(default_factory=list)

    def tell(self, organization: Organization, first: date, plan: str) -> None:
        """Tell one organization's certificates from the first to the one in force, with their audits."""
        chance = draw(f"certificate {organization.code}")
        body = chance.choice(self.bodies)
        squares = list(_squares(organization, chance))
        self.activities += [
            DeclaredActivity(organization=organization, site=site, activity=activity, source=SOURCE)
            for site, activity in squares
        ]
        starts, cycle, previous = first, 1, None
        while starts <= self.today:
            certificate = self._certificate(organization, body, starts, cycle, previous, chance)
            self.cells += [
                ScopeCell(certificate=certificate, organization=organization, site=site, activity=activity)
                for site, activity in squares
            ]
            for audit in self._cycle(certificate, starts, cycle, plan):
                self._add(audit, squares)
            previous, cycle, starts = certificate, cycle + 1, months_after(first, 36 * cycle)

    def _certificate(
        self,
        organization: Organization,
        body: CertificationBody,
        starts: date,
        cycle: int,
        previous: Certificate | None,
        chance: random.Random,
    ) -> Certificate:
        decided = starts if cycle == 1 else starts - timedelta(days=chance.randint(5, 25))
        recent = starts >= EDITION_SINCE
        certificate = Certificate(
            reference=take_number("CE", organization.code, decided.year),
            number=f"FICTIF-{organization.code}-{cycle:02}",
            holder=organization,
            body=body,
            edition=self.edition if recent else None,
            cycle=cycle,
            previous=previous,
            decision_earliest=decided,
            decision_latest=decided,
            effective_on=starts,
            expires_on=months_after(starts, 36) - timedelta(days=1),
            personnel=chance.randint(28, 120),
            scope_fr="Promotion et conduite de la recherche clinique (certificat fictif)",
            scope_en="Sponsoring and conduct of clinical research (fictional certificate)",
            source=SOURCE,
            note="" if recent else "ISO 9001:2008",
        )
        self.certificates.append(certificate)
        return certificate

    def _cycle(
        self, certificate: Certificate, starts: date, cycle: int, plan: str
    ) -> Iterator[CertificationAudit]:
        ends = months_after(starts, 36)
        current = ends > self.today
        if cycle == 1:
            yield self._audit(certificate, Kind.STAGE1, starts - timedelta(days=75), None)
            yield self._audit(certificate, Kind.STAGE2, starts - timedelta(days=32), certificate)
        for months in (10, 22):
            day = months_after(starts, months)
            if current and plan == "no_surveillance" and day.year >= self.today.year:
                continue
            if current and plan == "no_surveillance":
                day = date(self.today.year - 1, 11, 4)
            yield self._audit(certificate, Kind.SURVEILLANCE, day, certificate)
        renewal = months_after(ends, -2)
        if not (current and plan == "threatened"):
            yield self._audit(certificate, Kind.RECERTIFICATION, renewal, certificate)
        if current and plan == "transition" and self.next_edition:
            audit = self._audit(certificate, Kind.TRANSITION, months_after(self.today, 7), certificate)
            audit.edition = self.next_edition
            yield audit

    def _audit(
        self, certificate: Certificate, kind: str, day: date, of: Certificate | None
    ) -> CertificationAudit:
        day -= timedelta(days=max(day.weekday() - 4, 0))
        chance = draw(f"audit {certificate.reference} {kind} {day}")
        held = day <= self.today
        audit = CertificationAudit(
            organization=certificate.holder,
            certificate=of,
            body=certificate.body,
            edition=certificate.edition,
            kind=kind,
            planned_on=day,
            note=SOURCE,
        )
        if held:
            audit.held_from, audit.held_until = day - timedelta(days=1), day
            audit.result = chance.choice((Result.FAVOURABLE, Result.MINOR, Result.MINOR))
        return audit

    def _add(self, audit: CertificationAudit, squares: list[Any]) -> None:
        planned: date = audit.planned_on or self.today
        audit.reference = take_number("AC", audit.organization.code, planned.year)
        self.audits.append(audit)
        for site in {site.pk: site for site, _ in squares}.values():
            self.visited.append(AuditedSite(audit=audit, site=site, reason=""))


def _squares(organization: Organization, chance: random.Random) -> Iterator[tuple[Any, str]]:
    sites = list(organization.sites.all())
    central = organization.kind == Organization.Kind.CENTRAL_FUNCTION
    for site in sites:
        if central:
            yield from ((site, activity) for activity in ("promotion", "biometrics"))
            continue
        yield from ((site, activity) for activity in ALWAYS)
        if site is sites[0]:
            yield from ((site, activity) for activity in SOMETIMES if chance.random() < 0.6)


@act
def certify(*, today: date, by: Automaton) -> None:
    """Hand the invented certificates, audits and scopes over to the certificates' chapter."""
    bodies = [
        CertificationBody(
            code=code,
            name=name,
            surveillance_fr="audit de suivi",
            surveillance_en="follow-up audit",
            recertification_fr="audit de renouvellement",
            recertification_en="renewal audit",
        )
        for code, name in (("OC-A", "Certif-Arpège (fictif)"), ("OC-B", "Bémol Certification (fictif)"))
    ]
    editions = {edition.code: edition for edition in Edition.objects.all()}
    story = Story(today, editions["iso-9001-2015"], editions.get("iso-9001-2026"), bodies)
    words = {centre["code"]: centre for centre in declared("network")["centres"]}
    for organization in Organization.objects.members().prefetch_related("sites").order_by("code"):
        centre = words.get(organization.code)
        first = date.fromisoformat(centre["certified"]) if centre else CENTRAL_CERTIFIED
        story.tell(organization, first, (centre or {}).get("plan", ""))
    take_over_certificates(
        bodies=bodies,
        grades=[grade for body in bodies for grade in _grades(body)],
        certificates=story.certificates,
        cells=story.cells,
        activities=story.activities,
        audits=story.audits,
        visited=story.visited,
        source=SOURCE,
        by=by,
        on=today,
    )


def _grades(body: CertificationBody) -> list[BodyGrade]:
    scale = (
        ("NCM", "Non-conformité majeure", "Major nonconformity", "major", 90),
        ("NCm", "Non-conformité mineure", "Minor nonconformity", "minor", 30),
        ("PP", "Piste de progrès", "Opportunity for improvement", "improvement", None),
        ("PF", "Point fort", "Strength", "strength", None),
    )
    return [
        BodyGrade(
            body=body,
            code=code,
            label_fr=fr,
            label_en=en,
            severity=severity,
            answer_days=days,
            position=position,
        )
        for position, (code, fr, en, severity, days) in enumerate(scale)
    ]
