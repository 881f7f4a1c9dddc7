"""Fit the sign-in package to our house: no sign-up, the log knows failures, its mails leave from the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language, override

from diapason.audit_trail.acts import automaton
from diapason.context.mailing.rules import Letter
from diapason.context.people import letters, security_log
from diapason.context.people.acts.sign_in import mail_sign_in_letter
from diapason.context.people.models import Account
from diapason.kernel.clock import now
from diapason.kernel.words import message


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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail into the outbox, in the language of the account."""
        account = context.get("user") or Account.objects.filter(email=email.strip().lower()).first()
        language = (account.language if account else "") or get_language() or "fr"
        mail_sign_in_letter(
            letter=self._letter(template_prefix, email, context, account, language),
            address=email,
            person=account.person if account else None,
            by=automaton(message("sign-in")),
            at=now(),
        )

    def _letter(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        account: Account | None,
        language: str,
    ) -> Letter:
        """Return our own words for a forgotten password, the package's for anything else."""
        link = context.get("password_reset_url")
        if account and link:
            return letters.forgotten_password_letter(account.person.full_name, link=link, language=language)
        with override(language):
            rendered = self.render_mail(template_prefix, email, {"email": email, **context})
        return Letter(title=rendered.subject, text=str(rendered.body), language=language)
