"""Hold members, certificates and audits as the plain values that the questions work on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from diapason.certification.certificates.rules import validity
from diapason.certification.certificates.rules.coverage import Cell, Holding
from diapason.certification.certificates.rules.cycle import AuditRecord, Cycle

ScopeLine = tuple[Cell, date | None, date | None]


@dataclass(frozen=True)
class Member:
    """Hold what the screens show of an organization."""

    pk: int
    code: str
    name: str
    kind: str
    city: str
    latitude: Decimal | None
    longitude: Decimal | None


@dataclass(frozen=True)
class AuditLine:
    """Hold what the alarms look at in one audit."""

    reference: str
    organization: str
    certificate_id: int | None
    kind: str
    planned_on: date | None
    held_on: date | None
    result: str
    majors_verified_on: date | None

    @property
    def record(self) -> AuditRecord:
        """Return it as the rules of the cycle read it."""
        return AuditRecord(self.kind, self.planned_on, self.held_on)


@dataclass
class Entry:
    """Hold one certificate with its scope and audits as plain values."""

    pk: int
    reference: str
    number: str
    holder: str
    edition: str
    cycle: int | None
    previous_id: int | None
    dates: validity.Dates
    lines: list[ScopeLine] = field(default_factory=list)

    @property
    def covers(self) -> frozenset[str]:
        """Return the codes of the organizations that it covers: its holder at least."""
        return frozenset(cell.organization for cell, _, _ in self.lines) or frozenset({self.holder})

    @property
    def holdings(self) -> list[Holding]:
        """Return what it holds on each cell of its scope."""
        return [
            Holding(cell, validity.span_of(self.dates, first, last), self.dates.suspensions, self.reference)
            for cell, first, last in self.lines
        ]

    def cycle_on(self, on: date, audits: Iterable[AuditLine]) -> Cycle:
        """Return what the alarms look at, that day; `audits` are those of the cycle."""
        state = validity.state_on(self.dates, on)
        return Cycle(
            decision_on=self.dates.decision.latest or self.dates.effective_on,
            expires_on=self.dates.expires_on,
            initial=self.cycle == 1,
            suspended_since=validity.suspended_since(self.dates, on),
            ended=state in {validity.WITHDRAWN, validity.REPLACED, validity.NOT_KNOWN, validity.NOT_YET},
            audits=tuple(audit.record for audit in audits),
        )
