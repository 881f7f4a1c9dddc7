"""Make certificates, audits, answers of a self-assessment and a programme."""

from datetime import date

from diapason.audit_trail.acts import automaton
from diapason.certification.certificates.models import Certificate, CertificationAudit
from diapason.certification.programme.models import Programme
from diapason.certification.readiness.acts import record_assessments
from diapason.certification.readiness.models import Assessment
from diapason.certification.readiness.rules.entry import Entry
from diapason.context.standards.models import Edition
from tests.access_objects.house import organization, standards
from tests.access_world import OWN, Target, World

CLAUSE = "7.5.3"


def certificate_of(world: World, place: str) -> Certificate:
    """Return a valid certificate held there."""
    holder = world.organization(place)
    return world.stage(
        lambda: Certificate.objects.create(
            reference=f"CE-{holder.code}-2025-{world.number():04d}",
            holder=holder,
            decision_earliest=date(2025, 3, 12),
            decision_latest=date(2025, 3, 12),
            expires_on=date(2028, 3, 11),
        )
    )


def certificate(world: World, place: str) -> Target:
    """Open a certificate."""
    return Target({"reference": certificate_of(world, place).reference})


def deed(world: World, place: str) -> Target:
    """Correct a certificate."""
    return Target({"reference": certificate_of(world, place).reference, "name": "amend"})


def audit_of(world: World, place: str) -> CertificationAudit:
    """Return an audit that is planned there."""
    held = certificate_of(world, place)
    return world.stage(
        lambda: CertificationAudit.objects.create(
            reference=f"AC-{held.holder.code}-2026-{world.number():04d}",
            organization=held.holder,
            certificate=held,
            kind="surveillance",
            planned_on=date(2027, 3, 3),
        )
    )


def audit(world: World, place: str) -> Target:
    """Open an audit."""
    return Target({"reference": audit_of(world, place).reference})


def audit_deed(world: World, place: str) -> Target:
    """Change the date of an audit."""
    return Target({"reference": audit_of(world, place).reference, "name": "move"})


def answer_of(world: World, place: str) -> Assessment:
    """Return the answer of an organization to one clause, with an action that waits."""
    if not Edition.objects.exists():
        standards(world)
    house = world.organization(place)
    owner = world.accounts["quality_manager"].person
    entry = Entry(
        clause=CLAUSE,
        maturity=1,
        evidence="x",
        gap="y",
        action="z",
        owner=owner,
        due_on=date(2027, 1, 1),
    )
    edition = Edition.objects.get(code="iso-9001-2015")
    record_assessments(
        organization=house, edition=edition, answers=[entry], by=automaton("tests"), on=world.today
    )
    return Assessment.objects.get(organization=house)


def answer(world: World, place: str) -> Target:
    """Open an answer, or give it anew."""
    stored = answer_of(world, place)
    data = {"level": "2", "evidence": "x", "gap": "", "action": "", "version": stored.version}
    return Target({"key": f"{stored.organization.code}/iso-9001-2015/{CLAUSE}"}, data)


def sheet(world: World, place: str) -> Target:
    """Open the self-assessment of an organization."""
    answer_of(world, place)
    return Target({"code": world.organization(place).code, "edition": "iso-9001-2015"})


def programme_of(world: World) -> Programme:
    """Return a programme."""
    return world.stage(
        lambda: Programme.objects.create(
            code=f"certification-{world.number()}",
            kind="certification",
            title_fr="Programme",
            title_en="Programme",
            starts_earliest=date(2015, 1, 1),
            starts_latest=date(2015, 12, 31),
        )
    )


def programme(world: World, place: str) -> Target:
    """Open a programme."""
    return Target({"code": programme_of(world).code})


def milestone(world: World, place: str) -> Target:
    """Keep the milestones of an organization."""
    house = world.alpha if place == OWN else world.beta
    return Target({"code": programme_of(world).code, "organization_code": house.code})


OBJECTS = {
    "certificates:activities": organization,
    "certificates:declare": organization,
    "certificates:recording": organization,
    "certificates:record": organization,
    "certificates:certificate": certificate,
    "certificates:planning": certificate,
    "certificates:plan": certificate,
    "certificates:deed": deed,
    "certificates:do": deed,
    "certificates:audit": audit,
    "certificates:audit_deed": audit_deed,
    "certificates:audit_do": audit_deed,
    "readiness:sheet": sheet,
    "readiness:answer": answer,
    "readiness:save": answer,
    "readiness:complete": answer,
    "readiness:plan": answer,
    "programme:programme": programme,
    "programme:wave": programme,
    "programme:define_wave": programme,
    "programme:milestone": milestone,
    "programme:keep_milestone": milestone,
    "programme:sharing": programme,
    "programme:share": programme,
    "programme:mentoring": programme,
    "programme:accompany": programme,
}
