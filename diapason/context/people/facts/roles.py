"""State which roles were granted, ended and stood in for."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Fact):
    """A role was granted for one organization or the network."""

    SENTENCE: ClassVar[str] = message("The role %(role)s was granted from %(starts_on)s")
    reference: str
    role: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Fact):
    """A role was given an end."""

    SENTENCE: ClassVar[str] = message("The role %(role)s ends on %(ends_on)s: %(reason)s")
    reference: str
    role: str
    ends_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class StandInNamed(Fact):
    """Somebody was named to stand in for another in one role."""

    SENTENCE: ClassVar[str] = message("Named to stand in for %(replaced)s as %(role)s until %(ends_on)s")
    reference: str
    role: str
    replaced: str
    starts_on: date
    ends_on: date
