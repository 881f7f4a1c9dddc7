"""Say in which state each organization is on a day, and what needs somebody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

from diapason.certification.certificates.permissions import scope_of, sees_details
from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.queries.register import (
    AuditLine,
    Entry,
    Member,
    Register,
    register_of,
)
from diapason.certification.certificates.rules import cycle, timeline, validity
from diapason.certification.certificates.rules.cycle import Alarm


@dataclass(frozen=True)
class Raised:
    """Hold an alarm with the organization and the certificate (or audit) that it is about."""

    alarm: Alarm
    organization: Member
    certificate: str = ""
    audit: str = ""


@dataclass(frozen=True)
class Standing:
    """Hold where an organization stands: state, the certificate that holds, when it ends, what needs somebody."""

    member: Member
    state: str
    certificate: str = ""
    edition: str = ""
    expires_on: date | None = None
    alarms: tuple[Raised, ...] = ()
    covered: str = ""

    @property
    def public(self) -> "Standing":
        """Return what is public of it: certified, not certified or not known; no alarm."""
        return replace(
            self, state=timeline.organization_state(self.covered, [], in_transition=False), alarms=()
        )


def certificate_alarms(entry: Entry, audits: Iterable[AuditLine], on: date) -> list[Alarm]:
    """Return what one certificate needs on that day; `audits` are those of its cycle."""
    return cycle.alarms(entry.cycle_on(on, audits), on, tables.cycle())


def organization_alarms(register: Register, code: str, on: date) -> list[Raised]:
    """Return what an organization's certificates and audits need on that day, most pressing first."""
    member = register.members[code]
    found = [
        Raised(alarm, member, entry.reference)
        for entry in register.of(code)
        if not _superseded(entry, register, on)
        for alarm in certificate_alarms(entry, register.audits_in(entry), on)
    ]
    for audit in register.audits_of(code):
        if alarm := _stage2(audit, on):
            found.append(Raised(alarm, member, audit=audit.reference))
    return sorted(found, key=lambda r: (r.alarm.level != cycle.THREATENED, r.alarm.due_on))


def _superseded(entry: Entry, register: Register, on: date) -> bool:
    """Tell whether a lapsed certificate no longer matters: a later one of the same holder holds."""
    if validity.state_on(entry.dates, on) != validity.LAPSED:
        return False
    others = (e for e in register.of(entry.holder) if e.pk != entry.pk)
    return any(validity.state_on(e.dates, on) in {validity.VALID, validity.SUSPENDED} for e in others)


def _stage2(audit: AuditLine, on: date) -> Alarm | None:
    if audit.kind != "stage2" or audit.held_on is None or audit.certificate_id is not None:
        return None
    majors_open = audit.result == "major" and audit.majors_verified_on is None
    return cycle.stage2_alarm(audit.held_on, majors_open, on, tables.cycle())


def standing(register: Register, code: str, on: date) -> Standing:
    """Return where one organization stands on that day."""
    sure, possible = register.stretches
    alarms = tuple(organization_alarms(register, code, on))
    covered = certain = timeline.coverage_state(sure.get(code, []), possible.get(code, []), on)
    current = [
        e for e in register.of(code) if validity.state_on(e.dates, on) in {validity.VALID, validity.SUSPENDED}
    ]
    if any(validity.state_on(e.dates, on) == validity.SUSPENDED for e in current):
        covered = covered or timeline.COVERED
    state = timeline.organization_state(
        covered, [r.alarm for r in alarms], _in_transition(register, code, on)
    )
    best = current[0] if current else None
    return Standing(
        member=register.members[code],
        state=state,
        certificate=best.reference if best else "",
        edition=best.edition if best else "",
        expires_on=best.dates.expires_on if best else None,
        alarms=alarms,
        covered=certain,
    )


def _in_transition(register: Register, code: str, on: date) -> bool:
    """Tell whether a transition audit is dated and still to come: the organization has engaged in it."""
    return any(
        audit.kind == "transition"
        and (audit.held_on is None or audit.held_on > on)
        and audit.planned_on is not None
        and audit.planned_on >= on
        for audit in register.audits_of(code)
    )


def standings(register: Register, on: date) -> list[Standing]:
    """Return where each member stands, in the order of their names."""
    return [standing(register, code, on) for code in register.members]


def standings_of(request: HttpRequest, on: date) -> list[Standing]:
    """Return where each member stands as this reader may see it, computed once a request."""
    found: list[Standing] | None = getattr(request, "certification_standings", None)
    if found is None:
        scope = scope_of(request.user)
        everything = standings(register_of(request), on)
        found = [s if sees_details(scope, s.member.pk) else s.public for s in everything]
        request.certification_standings = found  # type: ignore[attr-defined]
    return found


def counts(each: Iterable[Standing]) -> dict[str, int]:
    """Return how many organizations are in each state, every state named."""
    found = dict.fromkeys(timeline.ORGANIZATION_STATES, 0)
    for one in each:
        found[one.state] += 1
    return found


def to_decide(each: Iterable[Standing]) -> list[Raised]:
    """Return everything that needs somebody in the network, most pressing first."""
    found = [raised for one in each for raised in one.alarms]
    return sorted(
        found, key=lambda r: (r.alarm.level != cycle.THREATENED, r.alarm.due_on, r.organization.name)
    )
