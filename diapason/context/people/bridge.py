"""Carry what happens inside the sign-in package to the trail and to the security log: the only bridge."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from diapason.context.people import security_log
from diapason.context.people.acts import (
    note_password_change,
    note_recovery_codes,
    note_second_factor_added,
    note_second_factor_removed,
)
from diapason.context.people.acts.sign_in import end_sessions
from diapason.context.people.models import Account


def signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    """Note the sign-in; a failed note stops nobody."""
    security_log.note("signed in", request, account=user.trail_name)


def signed_out(request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Note the sign-out of a person."""
    if user is not None:
        security_log.note("signed out", request, account=user.trail_name)


def password_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    """State the change; every other session ends."""
    note_password_change(account=user, by=user)
    end_sessions(user, but=request.session.session_key or "")


def factor_added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """State the new factor."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note_recovery_codes(account=user, by=user)
    else:
        note_second_factor_added(account=user, kind=authenticator.type, by=user)


def factor_removed(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """State the removal; every other session ends, and this one proves its second factor anew."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note_second_factor_removed(account=user, kind=authenticator.type, by=user)
        end_sessions(user, but=request.session.session_key or "")
        request.session.pop("second_factor", None)


def codes_renewed(request: HttpRequest, user: Account, **_: Any) -> None:
    """State the new recovery codes."""
    note_recovery_codes(account=user, by=user)


def factor_failed(
    request: HttpRequest, user: Account, authenticator: Authenticator | None = None, **_: Any
) -> None:
    """Note the wrong code or key."""
    kind = authenticator.type if authenticator else ""
    security_log.note("second factor failed", request, account=user.trail_name, kind=kind)


def connect() -> None:
    """Connect every signal once."""
    name = "diapason.people"
    user_logged_in.connect(signed_in, dispatch_uid=f"{name}.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid=f"{name}.signed_out")
    for signal in (
        account_signals.password_changed,
        account_signals.password_set,
        account_signals.password_reset,
    ):
        signal.connect(password_changed, dispatch_uid=f"{name}.password")
    mfa_signals.authenticator_added.connect(factor_added, dispatch_uid=f"{name}.added")
    mfa_signals.authenticator_removed.connect(factor_removed, dispatch_uid=f"{name}.removed")
    mfa_signals.authenticator_reset.connect(codes_renewed, dispatch_uid=f"{name}.codes")
    mfa_signals.authentication_failed.connect(factor_failed, dispatch_uid=f"{name}.failed")
