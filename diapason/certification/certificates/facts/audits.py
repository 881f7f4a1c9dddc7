"""State what happens to the audits of a certification cycle."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class CertificationAuditPlanned(Fact):
    """State that an audit of the body got a date."""

    SENTENCE: ClassVar[str] = message("Certification audit planned on %(planned_on)s")
    kind: str
    planned_on: date
    days_quoted: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificationAuditHeld(Fact):
    """State that an audit of the body took place, and how it ended."""

    SENTENCE: ClassVar[str] = message("Certification audit held, last day %(held_until)s")
    kind: str
    held_until: date
    result: str


@dataclass(frozen=True, kw_only=True)
class MajorsVerified(Fact):
    """State that the body verified the treatment of major nonconformities."""

    SENTENCE: ClassVar[str] = message("Major nonconformities verified on %(verified_on)s")
    verified_on: date


def plain(days: Decimal | None) -> str:
    """Return a number of days as the trail keeps it."""
    return "" if days is None else f"{days:f}"
