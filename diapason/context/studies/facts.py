"""State what happens to the record of studies."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class StudyRegistered(Fact):
    """State that a study entered the record, and from where."""

    SENTENCE: ClassVar[str] = message("Study registered (%(source)s)")
    source: str


@dataclass(frozen=True, kw_only=True)
class StudyVersionTakenOver(Fact):
    """State that a newer version of a register changed a study."""

    SENTENCE: ClassVar[str] = message("Newer version taken over from %(register)s: %(fields)s")
    register: str
    version_on: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class StudyCorrected(Fact):
    """State that a person corrected a study, and why."""

    SENTENCE: ClassVar[str] = message("Study corrected: %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class StudyStatusRecorded(Fact):
    """State that a study reached another status."""

    SENTENCE: ClassVar[str] = message("Status of the study: %(status)s")
    status: str
    since: str


@dataclass(frozen=True, kw_only=True)
class StudyConfidentialitySet(Fact):
    """State that a study became confidential, or no longer is, and why."""

    SENTENCE: ClassVar[str] = message("Confidential study: %(is_confidential)s (%(reason)s)")
    is_confidential: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class InvestigatorSitesRecognised(Fact):
    """State that places of studies turned out to be a member's."""

    SENTENCE: ClassVar[str] = message("Investigator sites recognised as the organization’s: %(count)s")
    count: int


@dataclass(frozen=True, kw_only=True)
class SponsorRecognised(Fact):
    """State that studies turned out to be sponsored by a member."""

    SENTENCE: ClassVar[str] = message(
        "Studies of “%(name)s” recognised as sponsored by the organization: %(count)s"
    )
    name: str
    count: int
