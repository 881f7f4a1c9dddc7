"""Tell people by letter what concerns them: who is asked to check, and whose invitation has ended (ISO 9001 § 7.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from diapason.context.mailing.acts import post
from diapason.context.mailing.rules import Letter
from diapason.context.people.models import Account
from diapason.improvement.action_plan.models import Action

KIND: Final = "check_invitation"


@dataclass(frozen=True)
class Notice:
    """Hold a letter written before the act, to whom it goes and when it was written."""

    account: Account
    letter: Letter
    at: datetime


def tell(notices: Sequence[Notice], action: Action, *, by: Any) -> None:
    """Put the letters into the outbox; part of the open act, and gone with it when it is refused."""
    for one in notices:
        post(to=one.account.email, letter=one.letter, kind=KIND, about=action.subject, by=by, at=one.at)
