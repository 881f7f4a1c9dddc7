"""Tell how the network came to be certified: who since when, how many on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diapason.certification.certificates.models import Certificate
from diapason.certification.certificates.queries.entries import Member
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules import timeline
from diapason.certification.certificates.rules.spans import Stretch, holding
from diapason.certification.certificates.rules.timeline import Step
from diapason.kernel.dates import PartialDate
from diapason.ui.together import load_related_of


@dataclass(frozen=True)
class FirstCertified:
    """Hold since when an organization has been certified for the first time, and the source of that."""

    member: Member
    since: PartialDate | None
    certificate: str = ""
    wording: str = ""


@dataclass(frozen=True)
class Drop:
    """Hold a day on which the count falls if nothing changes, how many are left, and who drops."""

    day: date
    left: int
    who: tuple[Member, ...]


def with_history(certificates: Sequence[Certificate]) -> Sequence[Certificate]:
    """Return these certificates with what decides their state loaded (one query)."""
    load_related_of(certificates, "suspensions", "successors")
    return certificates


def first_certified(register: Register) -> list[FirstCertified]:
    """Return each member's first certificate, the earliest first; those of whom nothing is known come last."""
    found = []
    for code, member in register.members.items():
        entries = [e for e in register.of(code) if e.dates.decision.is_known or e.dates.effective_on]
        first = min(
            entries, key=lambda e: e.dates.decision.latest or e.dates.effective_on or date.max, default=None
        )
        if first is None:
            found.append(FirstCertified(member, None))
            continue
        since = first.dates.decision
        if not since.is_known and first.dates.effective_on:
            since = PartialDate.day(first.dates.effective_on)
        found.append(FirstCertified(member, since, first.reference, since.wording))
    return sorted(found, key=_by_date)


def _by_date(one: FirstCertified) -> tuple[date, date, str]:
    if one.since is None:
        return date.max, date.max, one.member.name
    return one.since.latest or date.max, one.since.earliest or date.min, one.member.name


def certified_on(register: Register, on: date) -> tuple[int, int]:
    """Return how many members are surely, and at most possibly, certified on that day."""
    sure, possible = register.stretches
    certain = {code for code, stretches in sure.items() if holding(stretches, on)}
    maybe = {code for code, stretches in possible.items() if holding(stretches, on)}
    return len(certain), len(certain | maybe)


def curve(register: Register, on: date, start: date | None = None) -> list[Step]:
    """Return how many members were certified from the first certificate (or `start`) up to that day."""
    sure, possible = register.stretches
    begin = start or _first_day(sure)
    return timeline.steps(sure, possible, min(begin, on), on) if begin else []


def _first_day(sure: dict[str, list[Stretch]]) -> date:
    years = [s[0].year for stretches in sure.values() for s in stretches if s[0] != date.min]
    return date(min(years, default=2012), 1, 1)


def if_nothing_changes(register: Register, on: date, end: date) -> list[Drop]:
    """Return what becomes of the count after `on`: a certificate whose renewal audit has no date is taken to end.

    One whose recertification audit is dated before its expiry, or held, is taken to go on.
    """
    sure, _ = register.stretches
    last_days = {}
    for code, stretches in sure.items():
        now = holding(stretches, on)
        if now is not None:
            last_days[code] = date.max if _renewal_dated(register, code, on, now[1]) else now[1]
    drops = timeline.falling(last_days, on, end)
    return [Drop(day, left, tuple(register.members[code] for code in who)) for day, left, who in drops]


def _renewal_dated(register: Register, code: str, on: date, expiry: date) -> bool:
    for entry in register.of(code):
        begin = entry.dates.decision.latest or date.min
        for audit in register.audits_in(entry):
            day = audit.held_on or audit.planned_on
            waits = audit.held_on is None and audit.planned_on is not None and audit.planned_on >= on
            if audit.kind == "recertification" and day and begin < day <= expiry and (waits or audit.held_on):
                return entry.dates.expires_on is None or entry.dates.expires_on >= on
    return False
