"""Find the account of a session together with what decides its rights: one statement for who asks."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from diapason.context.people.models import Account, what_decides
from diapason.kernel.clock import today
from diapason.ui.together import ask_together


class AccountWithScope(AuthenticationBackend):
    """Be allauth's own way to sign in; the account of each request comes with its scope."""

    def get_user(self, user_id: Any) -> Account | None:
        """Return the active account of that key with its scope of today, None when there is none."""
        accounts, rows, charter = ask_together(
            Account.objects.filter(pk=user_id), *what_decides(today(), person__account=user_id)
        )
        if not accounts or not self.user_can_authenticate(accounts[0]):
            return None
        account: Account = accounts[0]
        account.scope = account.scope_from(rows, charter)
        return account
