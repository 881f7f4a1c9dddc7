"""State what happened to persons, their roles and their sign-in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Fact):
    """Somebody was invited to open an account."""

    SENTENCE: ClassVar[str] = message("%(name)s was invited")
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name"})
    name: str


@dataclass(frozen=True, kw_only=True)
class InvitationRenewed(Fact):
    """A new one-use link replaced the former sign-in: password and second factors were taken away."""

    SENTENCE: ClassVar[str] = message("A new invitation replaced password and second factors")


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Fact):
    """The invited person chose a password."""

    SENTENCE: ClassVar[str] = message("The invitation was accepted and a password chosen")


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Fact):
    """Name or address of a person was corrected."""

    SENTENCE: ClassVar[str] = message("Name or address was corrected: %(reason)s")
    reason: str


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


@dataclass(frozen=True, kw_only=True)
class AccountEnded(Fact):
    """An account was closed, its sessions with it."""

    SENTENCE: ClassVar[str] = message("The account was ended: %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    """The person chose another password."""

    SENTENCE: ClassVar[str] = message("The password was changed")


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(Fact):
    """The person added a second factor."""

    SENTENCE: ClassVar[str] = message("A second factor was added (%(kind)s)")
    kind: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Fact):
    """A second factor was removed."""

    SENTENCE: ClassVar[str] = message("A second factor was removed (%(kind)s)")
    kind: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesRenewed(Fact):
    """The person made new recovery codes."""

    SENTENCE: ClassVar[str] = message("New recovery codes were made")
