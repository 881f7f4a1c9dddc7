"""State what happens to a certificate, to its scope, and to the activities that it ought to cover."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class CertificateRecorded(Fact):
    """State that a certificate was entered."""

    SENTENCE: ClassVar[str] = message("Certificate recorded: %(number)s")
    number: str
    expires_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CertificateRectified(Fact):
    """State that what is written of a certificate was corrected, and why."""

    SENTENCE: ClassVar[str] = message("Certificate corrected: %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class CertificateSuspended(Fact):
    """State that the body suspended the certificate."""

    SENTENCE: ClassVar[str] = message("Certificate suspended from %(from_day)s: %(reason)s")
    from_day: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class CertificateRestored(Fact):
    """State that the body lifted the suspension."""

    SENTENCE: ClassVar[str] = message("Suspension lifted: last day suspended %(last_day)s")
    last_day: date


@dataclass(frozen=True, kw_only=True)
class CertificateWithdrawn(Fact):
    """State that the certificate was withdrawn."""

    SENTENCE: ClassVar[str] = message("Certificate withdrawn on %(from_day)s: %(reason)s")
    from_day: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class CertificateRenewed(Fact):
    """State that a new cycle takes over from this certificate."""

    SENTENCE: ClassVar[str] = message("Certificate renewed by %(successor)s, until %(expires_on)s")
    successor: str
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class ScopeExtended(Fact):
    """State that the certificate covers more from a day on."""

    SENTENCE: ClassVar[str] = message("Scope extended from %(from_day)s: %(cells)s")
    from_day: date
    cells: str


@dataclass(frozen=True, kw_only=True)
class ActivityDeclared(Fact):
    """State that an organization declared what it does, and where."""

    SENTENCE: ClassVar[str] = message("Activities declared: %(cells)s")
    cells: str


@dataclass(frozen=True, kw_only=True)
class CertificationBodyRecorded(Fact):
    """State that a certification body was entered with its vocabulary."""

    SENTENCE: ClassVar[str] = message("Certification body recorded: %(name)s")
    name: str
