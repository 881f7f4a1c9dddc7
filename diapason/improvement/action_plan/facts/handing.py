"""State that an action has another owner or record than a moment ago."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class ActionGivenBack(Fact):
    """State that an action handed over is its owner’s again: taken back, or its day has passed."""

    SENTENCE: ClassVar[str] = message("Given back to its owner")


@dataclass(frozen=True, kw_only=True)
class ActionCarriedOver(Fact):
    """State that an action goes on with another record, to which its own was joined."""

    SENTENCE: ClassVar[str] = message("Goes on with %(other)s")
    other: str
