"""Say who may open the pages about persons and about one's own sign-in."""

from tests.access_matrix import (
    ALL,
    EVERYBODY,
    OWN_ACCOUNT,
    SIGNED_IN,
    Row,
    Rule,
    both,
    holds,
    read,
    somewhere_needs,
    write,
)
from tests.access_world import OWN, Identity

MANAGE = "manage_accounts"


def known(who: Identity, place: str) -> bool:
    """Tell whether a person of that place may be known: colleagues, and everybody for the network's administration."""
    return holds(who, MANAGE, place) or (place == OWN and who.level == "organization")


def manages(who: Identity, place: str) -> bool:
    """Tell whether the visitor manages accounts of that place."""
    return holds(who, MANAGE, place)


PERSON = Rule("manage_accounts; hidden unless of one's organization", sees=known, may=manages)
ACCOUNTS = somewhere_needs(MANAGE)

ROWS: dict[str, Row] = {
    "people:accounts": read(ACCOUNTS),
    "people:new_invitation": read(ACCOUNTS),
    "people:invite": write(ACCOUNTS),
    "people:person": read(PERSON, ALL),
    "people:correct": write(PERSON, ALL),
    "people:renew": write(PERSON, ALL),
    "people:end": write(PERSON, ALL),
    "people:new_role": read(PERSON, ALL),
    "people:grant_role": write(PERSON, ALL),
    "people:held": read(PERSON, ALL),
    "people:end_role": write(PERSON, ALL),
    "people:name_stand_in": write(PERSON, ALL),
    "people:roles": read(SIGNED_IN),
    "people:me": read(OWN_ACCOUNT),
    "people:language": write(OWN_ACCOUNT),
    "people:keep_view": write(SIGNED_IN),
    "people:forget_view": write(SIGNED_IN),
    "people:invitation": read(EVERYBODY),
    "people:accept": write(EVERYBODY),
    "account_login": both(EVERYBODY, done=(200, 302)),
    "account_logout": both(EVERYBODY, done=(200, 302)),
    "account_inactive": read(EVERYBODY),
    "account_reauthenticate": both(OWN_ACCOUNT),
    "account_change_password": both(OWN_ACCOUNT),
    "account_reset_password": both(EVERYBODY),
    "account_reset_password_done": read(EVERYBODY),
    "account_reset_password_from_key": both(EVERYBODY),
    "account_reset_password_from_key_done": read(EVERYBODY),
    # Pages of second factors first ask who it is once more (302); without a factor there is nothing to show (404).
    "mfa_index": both(OWN_ACCOUNT, posted=(405,)),
    "mfa_authenticate": both(EVERYBODY, done=(302,)),
    "mfa_reauthenticate": both(OWN_ACCOUNT, done=(200, 302)),
    "mfa_activate_totp": both(OWN_ACCOUNT, done=(302,)),
    "mfa_deactivate_totp": both(OWN_ACCOUNT, done=(302, 404), posted=(302, 404)),
    "mfa_view_recovery_codes": both(OWN_ACCOUNT, done=(302, 404), posted=(405,)),
    "mfa_generate_recovery_codes": both(OWN_ACCOUNT, done=(302,)),
    "mfa_download_recovery_codes": both(OWN_ACCOUNT, done=(302, 404), posted=(302, 404)),
    "mfa_list_webauthn": both(OWN_ACCOUNT, posted=(405,)),
    "mfa_add_webauthn": both(OWN_ACCOUNT, done=(302,)),
    "mfa_reauthenticate_webauthn": both(OWN_ACCOUNT, done=(200, 302)),
    "mfa_remove_webauthn": both(OWN_ACCOUNT, done=(302, 404), posted=(302, 404)),
    "mfa_edit_webauthn": both(OWN_ACCOUNT, done=(302, 404), posted=(302, 404)),
    "mfa_login_webauthn": both(EVERYBODY, done=(200, 302)),
    "usersessions_list": both(OWN_ACCOUNT),
}
