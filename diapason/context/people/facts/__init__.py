"""State what happened to persons, their roles and their sign-in."""

from diapason.context.people.facts.persons import (
    AccountEnded,
    InvitationAccepted,
    InvitationRenewed,
    PersonCorrected,
    PersonInvited,
)
from diapason.context.people.facts.roles import RoleEnded, RoleGranted, StandInNamed
from diapason.context.people.facts.sign_in import (
    PasswordChanged,
    RecoveryCodesRenewed,
    SecondFactorAdded,
    SecondFactorRemoved,
)

__all__ = [
    "AccountEnded",
    "InvitationAccepted",
    "InvitationRenewed",
    "PasswordChanged",
    "PersonCorrected",
    "PersonInvited",
    "RecoveryCodesRenewed",
    "RoleEnded",
    "RoleGranted",
    "SecondFactorAdded",
    "SecondFactorRemoved",
    "StandInNamed",
]
