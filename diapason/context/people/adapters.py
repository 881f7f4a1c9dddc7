"""Fit the sign-in package to our house: no sign-up, ended accounts stay out, the log knows failures."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from diapason.context.people import security_log
from diapason.context.people.models import Account


class Accounts(DefaultAccountAdapter):
    """Decide for allauth where it asks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody sign up: accounts begin with an invitation."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note the failure: with the identifier of the account when there is one, never with what was typed."""
        address = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        known = Account.objects.filter(email=address).first()
        security_log.note("sign-in failed", request, account=known.trail_name if known else "unknown")
