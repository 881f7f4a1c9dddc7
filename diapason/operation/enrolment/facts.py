"""State what happens to counts of inclusions."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class EnrolmentCountsRecorded(Fact):
    """State that the inclusions of a year were entered or corrected."""

    SENTENCE: ClassVar[str] = message("Inclusions of %(year)s entered: %(total)s (%(source)s)")
    year: int
    total: int
    source: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentCountsTakenOver(Fact):
    """State that many counts were taken over from a source at once."""

    SENTENCE: ClassVar[str] = message(
        "%(counts)s counts of inclusions taken over, %(total)s inclusions (%(source)s)"
    )
    counts: int
    total: int
    source: str
