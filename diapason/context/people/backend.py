"""Find the account of a session together with what decides its rights: one statement for who asks."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigAutoField, DateField

from diapason.context.people.models import Account, what_decides
from diapason.kernel.clock import today
from diapason.ui.together import Given, Prepared

_WHO, _DAY = Given("who", BigAutoField()), Given("day", DateField())
_ACCOUNT_WITH_SCOPE = Prepared(
    lambda: [Account.objects.filter(pk=_WHO), *what_decides(_DAY, person__account=_WHO)]
)


class AccountWithScope(AuthenticationBackend):
    """Be allauth's own way to sign in; the account of each request comes with its scope."""

    def get_user(self, user_id: Any) -> Account | None:
        """Return the active account of that key with its scope of today, None when there is none."""
        accounts, rows, charter = _ACCOUNT_WITH_SCOPE.ask(who=user_id, day=today())
        if not accounts or not self.user_can_authenticate(accounts[0]):
            return None
        account: Account = accounts[0]
        account.scope = account.scope_from(rows, charter)
        return account
