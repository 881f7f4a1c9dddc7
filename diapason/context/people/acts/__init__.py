"""Change who acts: invite, grant, end, stand in, correct; note what people do to their own sign-in."""

from diapason.context.people.acts.accounts import correct_person, end_account
from diapason.context.people.acts.demonstration import create_demo_accounts
from diapason.context.people.acts.invitations import accept_invitation, invite_person, renew_invitation
from diapason.context.people.acts.roles import end_role, grant_role, name_stand_in
from diapason.context.people.acts.sign_in import (
    mail_sign_in_letter,
    note_password_change,
    note_recovery_codes,
    note_second_factor_added,
    note_second_factor_removed,
)

__all__ = [
    "accept_invitation", "correct_person", "create_demo_accounts", "end_account", "end_role", "grant_role",
    "invite_person", "mail_sign_in_letter", "name_stand_in", "note_password_change", "note_recovery_codes",
    "note_second_factor_added", "note_second_factor_removed", "renew_invitation",
]  # fmt: skip
