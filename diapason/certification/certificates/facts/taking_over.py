"""State that certificates were taken over from a source."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class CertificateTakenOver(Fact):
    """State that one certificate was taken over from a source."""

    SENTENCE: ClassVar[str] = message("Certificate taken over: %(number)s")
    number: str


@dataclass(frozen=True, kw_only=True)
class CertificatesTakenOver(Fact):
    """State that certificates and audits were taken over from a source."""

    SENTENCE: ClassVar[str] = message(
        "Certificates taken over: %(certificates)s, audits: %(audits)s (%(source)s)"
    )
    certificates: int
    audits: int
    source: str
