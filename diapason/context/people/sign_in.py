"""Hold the settings of the sign-in package (django-allauth) and of sessions; plain values, read by the settings."""

from typing import Any

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 12 * 60 * 60
TOUCH_SECONDS = 60

SIGN_IN: dict[str, Any] = {
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "/",
    "ACCOUNT_ADAPTER": "diapason.context.people.adapters.Accounts",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": "email",
    "ACCOUNT_UNIQUE_EMAIL": True,
    "ACCOUNT_MAX_EMAIL_ADDRESSES": 1,
    # The invitation proves the address; a change of address is made by an administrator, and recorded.
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_NOTIFICATIONS": False,
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": False,
    "ACCOUNT_LOGIN_ON_PASSWORD_RESET": False,  # nosec B105
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,  # nosec B105
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_FORMS": {
        "login": "diapason.context.people.forms.sign_in.SignIn",
        "reset_password": "diapason.context.people.forms.sign_in.ForgottenPassword",  # nosec B105
    },
    "MFA_FORMS": {"add_webauthn": "diapason.context.people.forms.sign_in.AddPasskey"},
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_PASSKEY_SIGNUP_ENABLED": False,
    "MFA_WEBAUTHN_USER_VERIFICATION": "required",
    "MFA_TOTP_ISSUER": "Diapason",
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_TRUST_ENABLED": False,
    "USERSESSIONS_TRACK_ACTIVITY": False,
    "SESSION_ENGINE": "diapason.context.people.sessions",
    "SESSION_COOKIE_AGE": ABSOLUTE_SECONDS,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "SESSION_SAVE_EVERY_REQUEST": False,
}
