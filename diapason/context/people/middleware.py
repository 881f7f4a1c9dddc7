"""End idle and long sessions, demand a second factor and a role, note refusals (OWASP ASVS 5.0 6.3, 7.3, 8.2, 16.3)."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.people import security_log
from diapason.context.people.queries import has_second_factor
from diapason.context.people.sign_in import ABSOLUTE_SECONDS, IDLE_SECONDS, TOUCH_SECONDS
from diapason.ui.views import forbidden

Answer = Callable[[HttpRequest], HttpResponse]

OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "ui_language",
        "ui_theme",
    }
)

OPEN_WITHOUT_ROLE = OPEN_WITHOUT_SECOND_FACTOR | {
    "account_login",
    "account_inactive",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_login_webauthn",
    "usersessions_list",
    "people:me",
    "people:language",
    "people:invitation",
    "people:accept",
    "portal_health",
}


class SessionLimits:
    """End a session 30 minutes after its last request and 12 hours after sign-in; note what is refused."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_over(request):
            security_log.note("session ended by time", request)
            logout(request)
            messages.info(request, _("Your session has ended. Sign in again to go on."))
        response = self.get_response(request)
        if response.status_code in {403, 404} and request.resolver_match is not None:
            security_log.note("refused", request, status=response.status_code)
        return response

    @staticmethod
    def _is_over(request: HttpRequest) -> bool:
        """Tell whether the session is over; else touch it, at most once a minute."""
        now, session = int(time()), request.session
        began, touched = session.get("began"), session.get("touched")
        if began is None or touched is None:
            session["began"] = session["touched"] = began = touched = now
        request.session_seconds_left = began + ABSOLUTE_SECONDS - now  # type: ignore[attr-defined]
        if now - touched > IDLE_SECONDS or now - began > ABSOLUTE_SECONDS:
            return True
        if now - touched >= TOUCH_SECONDS:
            session["touched"] = now
        return False


class SecondFactor:
    """Let nobody past the second-factor pages without a second factor, where the settings demand one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        """Send to the second-factor page whoever has none yet; whether one exists is asked once a session."""
        if not settings.DIAPASON["require_mfa"] or not request.user.is_authenticated:
            return None
        if request.session.get("second_factor") == request.user.pk:
            return None
        if has_second_factor(request.user):
            request.session["second_factor"] = request.user.pk
            return None
        if request.resolver_match and request.resolver_match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        messages.info(request, _("Add a second factor to go on: an authenticator application or a passkey."))
        return redirect(reverse("mfa_index"))


class RoleHeld:
    """Open nothing of the network to an account without a role in force: only its own account (deny by default)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        """Refuse, or lead from the home page to one's own account; the scope asked here is the one pages use."""
        match = request.resolver_match
        if not request.user.is_authenticated or match is None or match.view_name in OPEN_WITHOUT_ROLE:
            return None
        if request.user.scope.roles:
            return None
        if match.view_name == "portal_home" and request.method == "GET":
            return redirect("people:me")
        return forbidden(
            request, _("You hold no role yet. Ask the administration of your organization for one.")
        )
