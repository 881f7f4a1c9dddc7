"""List the tables of credentials and sessions that the trail does not watch, each with its reason."""

UNRECORDED: dict[str, str] = {
    "people_account": "credentials; invitations, roles and endings are recorded with the person",
    "people_invitation": "hash of a one-use link; issue and use are facts of the person",
    "account_emailaddress": "sign-in's copy of the recorded e-mail address",
    "account_emailconfirmation": "one-use keys of the sign-in package; not used",
    "mfa_authenticator": "secrets of second factors; adding and removing are facts of the person",
    "usersessions_usersession": "open sessions, shown to their owner and deleted when they end",
    "django_session": "open sessions, deleted when they end",
}
