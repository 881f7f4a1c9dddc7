"""Write the weekly letter, and those about invitations to check; in the language of whoever reads them.

The weekly letter names what is due, each line with its link. Letters about another house's action hold its number
and what is asked, never what it is about: that is read in the application.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from diapason.context.mailing.rules import Letter
from diapason.context.people.models import Account
from diapason.improvement.action_plan.digests import MOST, Line
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries.reminders import Digest, Due, carried_by_reader
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.printing import absolute


def language_of(account: Account) -> str:
    """Return the language in which this person is written to."""
    return account.language if account.language in ("fr", "en") else "fr"


def digest_for(account: Account, digest: Digest, *, on: date) -> Letter:
    """Return the letter: late things first, then what comes due, checks, others’ late ones, then other chapters’."""
    language = language_of(account)
    with override(language):
        title = ngettext(
            "Diapason: %(number)s thing waits for you",
            "Diapason: %(number)s things wait for you",
            digest.size,
        ) % {"number": digest.size}
        parts = [_("Hello %(name)s,") % {"name": account.person.given_name}]
        parts += [_part(head, rows, on) for head, rows in _sorted(account, digest.dues, on) if rows]
        parts += [_told(head, lines) for head, lines in digest.more.items()]
        parts.append(
            _("You receive this letter once a week at most, and only when something is due: %(url)s")
            % {"url": absolute("/day/")}
        )
        return Letter(title, "\n\n".join(parts) + "\n", language)


def _told(head: str, lines: Sequence[Line]) -> str:
    """Return what another chapter tells, so many lines of it."""
    said = [f"- {line.say()}\n  {absolute(line.address)}" for line in lines[:MOST]]
    more = len(lines) - MOST
    if more > 0:
        said.append(ngettext("… and %(number)s more", "… and %(number)s more", more) % {"number": more})
    return "\n".join([_(head).upper(), *said])


def _sorted(account: Account, dues: Sequence[Due], on: date) -> list[tuple[str, list[Due]]]:
    own = [due for due in dues if not due.is_check and carried_by_reader(due, account.person)]
    others = [due for due in dues if not due.is_check and not carried_by_reader(due, account.person)]
    return [
        (_("Late"), [due for due in own if due.due_on < on]),
        (_("Coming due"), [due for due in own if due.due_on >= on]),
        (_("Effectiveness to be checked"), [due for due in dues if due.is_check]),
        (_("Carried by others"), others),
    ]


def _part(head: str, dues: Sequence[Due], on: date) -> str:
    """Return one part of the letter."""
    return "\n".join([head.upper(), *(_line(due, on) for due in dues)])


def _line(due: Due, on: date) -> str:
    said = _("%(title)s (%(number)s, %(organization)s), due on %(day)s") % {
        "title": due.action.title,
        "number": due.action.number,
        "organization": due.action.organization.short_name,
        "day": wording.day(due.due_on),
    }
    days = (on - due.due_on).days
    if days > 0 and not due.is_check:
        said += ngettext(", %(days)s day late", ", %(days)s days late", days) % {"days": days}
    return f"- {said}\n  {absolute(due.action.get_absolute_url())}"


def invitation(account: Account, action: Action) -> Letter:
    """Return the letter that asks somebody of another house to check an action."""
    return _about_check(
        account,
        action,
        message("%(organization)s asks you to check an action"),
        message("%(organization)s asks you to check the effectiveness of the action %(number)s."),
    )


def release(account: Account, action: Action, reason: str) -> Letter:
    """Return the letter that says that an invitation to check has ended, and why."""
    return _about_check(
        account,
        action,
        message("The check of %(number)s is no longer asked of you"),
        message("%(organization)s no longer asks you to check the action %(number)s: %(reason)s"),
        reason,
        opens=False,
    )


def declining(account: Account, action: Action, reason: str) -> Letter:
    """Return the letter that tells those who keep the plan that nobody elsewhere checks the action."""
    return _about_check(
        account,
        action,
        message("The check of %(number)s was declined"),
        message("Whoever was asked to check the action %(number)s declined: %(reason)s"),
        reason,
    )


def _about_check(
    account: Account, action: Action, title: str, text: str, reason: str = "", *, opens: bool = True
) -> Letter:
    words = {"number": action.number, "organization": action.organization.short_name, "reason": reason}
    language = language_of(account)
    with override(language):
        parts = [_("Hello %(name)s,") % {"name": account.person.given_name}, _(text) % words]
        if opens:
            parts.append(absolute(action.get_absolute_url()))
        return Letter(_(title) % words, "\n\n".join(parts) + "\n", language)
