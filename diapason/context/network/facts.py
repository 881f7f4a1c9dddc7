"""State what happens to the network's make-up."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class NetworkDescribed(Fact):
    """State that organizations, sites and groupings were taken over from a source."""

    SENTENCE: ClassVar[str] = message(
        "Network described: %(organizations)s organizations, %(sites)s sites (%(source)s)"
    )
    organizations: int
    sites: int
    source: str


@dataclass(frozen=True, kw_only=True)
class OrganizationRegistered(Fact):
    """State that an organization joined the network's register."""

    SENTENCE: ClassVar[str] = message("Organization registered: %(name)s")
    name: str


@dataclass(frozen=True, kw_only=True)
class OrganizationCorrected(Fact):
    """State that an organization's sheet was corrected, and why."""

    SENTENCE: ClassVar[str] = message("Organization sheet corrected: %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrganizationRenamed(Fact):
    """State that an organization bears another name from a day on."""

    SENTENCE: ClassVar[str] = message("Renamed from “%(old_name)s” to “%(new_name)s” on %(on)s")
    old_name: str
    new_name: str
    on: str


@dataclass(frozen=True, kw_only=True)
class OrganizationMerged(Fact):
    """State that an organization was taken into another one."""

    SENTENCE: ClassVar[str] = message("Merged into %(into)s on %(on)s")
    into: str
    on: str


@dataclass(frozen=True, kw_only=True)
class VisibilityRuleDecided(Fact):
    """State that the visibility charter opens or closes something."""

    SENTENCE: ClassVar[str] = message(
        "Visibility of “%(object_kind)s” for “%(audience)s” set to “%(form)s” (%(decision)s)"
    )
    object_kind: str
    audience: str
    form: str
    decision: str
