"""Ask what an account may do now: where a request or a command meets the clock, so that models are told the day."""

from datetime import date
from typing import Protocol

from diapason.kernel import clock
from diapason.kernel.scope import Scope


class Scoped(Protocol):
    """Be somebody whose scope depends on the day."""

    def scope_on(self, day: date) -> Scope:
        """Return what this person may do and see on that day."""
        ...


def scope_today(account: Scoped) -> Scope:
    """Return what this person may do and see today."""
    return account.scope_on(clock.today())
