"""Compute the indicators that certificates answer: how many are certified, and since when all are."""

from datetime import date

from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules import coverage as rules
from diapason.certification.certificates.rules.coverage import Cell, Coverage, Requirement
from diapason.certification.certificates.rules.spans import holding
from diapason.context.indicators.rules.computation import Completeness, Measure, Part, RecordsLink, computes
from diapason.context.network.models import Organization
from diapason.kernel.dates import Period
from diapason.kernel.words import message


def records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the lists of certificates behind a figure."""
    query = {"organization": organization} if organization else {}
    query["valid_on"] = (period.end or date.max).isoformat()
    return [RecordsLink(message("Certificates"), "certificates:certificates", query)]


def organizations_certified(period: Period) -> Measure:
    """Return how many members hold a valid certificate on the last day of the period, of how many members."""
    day = period.end or date.max
    register = Register()
    sure, possible = register.stretches
    existing = list(Organization.objects.members().open_on(day).order_by("sort_key"))
    parts, missing = [], []
    for member in existing:
        held = holding(sure.get(member.code, []), day) is not None
        if not held and holding(possible.get(member.code, []), day) is not None:
            missing.append(member.code)
            parts.append(Part(member.pk))
        else:
            parts.append(Part(member.pk, int(held), 1))
    if not register.entries:
        return Measure(completeness=Completeness(len(existing), 0, tuple(m.code for m in existing)))
    count = sum(int(part.numerator or 0) for part in parts)
    done = Completeness(len(existing), len(existing) - len(missing), tuple(missing))
    known = count if len(missing) < len(existing) else None
    return Measure(known, len(existing), completeness=done, parts=tuple(parts))


def network_certified_since(period: Period) -> Measure:
    """Return since when every member has held a certificate without a break, as of the last day of the period."""
    day = period.end or date.max
    register = Register()
    sure, possible = register.stretches
    existing = list(Organization.objects.members().open_on(day).order_by("sort_key"))
    cells = {member.code: Cell(member.code, "", "") for member in existing}
    covered = Coverage(
        {cells[code]: s for code, s in sure.items() if code in cells},
        {cells[code]: s for code, s in possible.items() if code in cells},
    )
    required = [Requirement(cells[m.code], m.opened_on, m.closed_on) for m in existing]
    answer = rules.network_answer(required, covered, day)
    missing = tuple(c.organization for c in answer.not_known)
    done = Completeness(len(existing), len(existing) - len(missing), missing)
    firsts = {m.code: covered.since(cells[m.code], day) for m in existing}
    parts = tuple(Part(m.pk, day=since.latest if (since := firsts[m.code]) else None) for m in existing)
    found = answer.since.latest if answer.since else None
    return Measure(day=found, completeness=done, parts=parts)


def register() -> None:
    """Register the functions under the names that the catalogue of indicators uses."""
    computes("organizations_certified", records=records)(organizations_certified)
    computes("network_certified_since", records=records)(network_certified_since)
