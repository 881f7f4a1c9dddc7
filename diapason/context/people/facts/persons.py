"""State what happened to persons and their accounts."""

from dataclasses import dataclass
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
class AccountEnded(Fact):
    """An account was closed, its sessions with it."""

    SENTENCE: ClassVar[str] = message("The account was ended: %(reason)s")
    reason: str
