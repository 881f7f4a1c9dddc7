"""State what is signed, and with which keys."""

from dataclasses import dataclass
from typing import Any, ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class SigningKeyIntroduced(Fact):
    """State that heads of the trail are signed with this key from now on."""

    SENTENCE: ClassVar[str] = message("Signing key introduced: %(fingerprint)s")
    fingerprint: str
    previous: str


@dataclass(frozen=True, kw_only=True)
class RecordSigned(Fact):
    """State that a person signed a text about a record; `subject` is the record."""

    SENTENCE: ClassVar[str] = message("Signed (%(meaning)s), signature %(number)s, text %(text_hash)s")
    number: str
    meaning: str
    method: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class TrailVerified(Fact):
    """State that the whole trail was checked, and with which result."""

    SENTENCE: ClassVar[str] = message("Trail verified: %(entries)s entries, %(faults)s faults")
    entries: int
    faults: int
    root: str
    first: str
    first_about: dict[str, Any]
    first_entry: int | None
