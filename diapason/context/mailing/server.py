"""Read the operator's mail server from the environment; plain values, read by the settings.

DIAPASON_MAIL_HOST (none: nothing is sent), DIAPASON_MAIL_PORT, DIAPASON_MAIL_TLS (starttls, tls or none),
DIAPASON_MAIL_USER, DIAPASON_MAIL_PASSWORD_FILE, DIAPASON_MAIL_FROM, DIAPASON_MAIL_TEXT_DAYS.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEXT_DAYS = 90
PORTS = {"starttls": 587, "tls": 465, "none": 25}
NOTHING_LEAVES = "django.core.mail.backends.dummy.EmailBackend"


def tls_of(environment: Mapping[str, str]) -> str:
    """Return how the connection is encrypted; STARTTLS unless told otherwise."""
    return environment.get("DIAPASON_MAIL_TLS", "").strip().lower() or "starttls"


def number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    """Return a whole number of the environment, `otherwise` when it is absent or none (`mistakes` then says so)."""
    text = environment.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() else otherwise


def password_of(environment: Mapping[str, str]) -> str:
    """Return the password of the file, "" without one."""
    path = environment.get("DIAPASON_MAIL_PASSWORD_FILE", "")
    try:
        return Path(path).read_text(encoding="utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError):
        return ""


def mail_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return Django's settings for mail."""
    host, tls = environment.get("DIAPASON_MAIL_HOST", "").strip(), tls_of(environment)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend" if host else NOTHING_LEAVES,
        "EMAIL_HOST": host,
        "EMAIL_PORT": number(environment, "DIAPASON_MAIL_PORT", PORTS.get(tls, PORTS["starttls"])),
        "EMAIL_HOST_USER": environment.get("DIAPASON_MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": password_of(environment),
        "EMAIL_USE_TLS": tls not in {"tls", "none"},
        "EMAIL_USE_SSL": tls == "tls",
        "EMAIL_TIMEOUT": 30,
        "DEFAULT_FROM_EMAIL": environment.get("DIAPASON_MAIL_FROM", "").strip() or "diapason@localhost",
    }


def outbox_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what the outbox itself needs to know."""
    given = mail_settings(environment)
    return {
        "mail_server": {"host": given["EMAIL_HOST"], "port": given["EMAIL_PORT"]},
        "mail_text_days": number(environment, "DIAPASON_MAIL_TEXT_DAYS", TEXT_DAYS),
        "mail_mistakes": mistakes(environment),
    }


def mistakes(environment: Mapping[str, str]) -> list[str]:
    """Return one sentence for each mistake in what the operator gave; none without a mail server."""
    if not environment.get("DIAPASON_MAIL_HOST", "").strip():
        return []
    tls, user = tls_of(environment), environment.get("DIAPASON_MAIL_USER", "")
    path = environment.get("DIAPASON_MAIL_PASSWORD_FILE", "")
    numbers = [environment.get(f"DIAPASON_MAIL_{name}", "").strip() for name in ("PORT", "TEXT_DAYS")]
    found = {
        "DIAPASON_MAIL_TLS must be starttls, tls or none.": tls not in PORTS,
        "DIAPASON_MAIL_PORT and DIAPASON_MAIL_TEXT_DAYS must be whole numbers.": any(
            text and not (text.isascii() and text.isdigit()) for text in numbers
        ),
        "DIAPASON_MAIL_FROM must be an address.": "@" not in environment.get("DIAPASON_MAIL_FROM", ""),
        "DIAPASON_MAIL_PASSWORD_FILE names a file that cannot be read or is empty.": bool(path)
        and not password_of(environment),
        "DIAPASON_MAIL_USER needs DIAPASON_MAIL_PASSWORD_FILE.": bool(user) and not path,
        "A password does not travel without encryption: DIAPASON_MAIL_TLS=none with DIAPASON_MAIL_USER.": bool(
            user
        )
        and tls == "none",
    }
    return [sentence for sentence, is_wrong in found.items() if is_wrong]
