"""Write the weekly letter: what is due, each line with its link; in the language of whoever reads it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from diapason.context.mailing.rules import Letter
from diapason.context.people.models import Account
from diapason.improvement.action_plan.queries.reminders import Due, carried_by_reader
from diapason.ui import wording
from diapason.ui.printing import absolute


def digest_for(account: Account, dues: Sequence[Due], *, on: date) -> Letter:
    """Return the letter: late things first, then what comes due, then checks, then what others carry late."""
    language = account.language if account.language in ("fr", "en") else "fr"
    with override(language):
        title = ngettext(
            "Diapason: %(number)s action waits for you",
            "Diapason: %(number)s actions wait for you",
            len(dues),
        ) % {"number": len(dues)}
        parts = [_("Hello %(name)s,") % {"name": account.person.given_name}]
        parts += [
            part for part in (_part(head, rows, on) for head, rows in _sorted(account, dues, on)) if part
        ]
        parts.append(
            _("You receive this letter once a week at most, and only when something is due: %(url)s")
            % {"url": absolute("/day/")}
        )
        return Letter(title, "\n\n".join(parts) + "\n", language)


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
    """Return one part of the letter, "" without a line."""
    if not dues:
        return ""
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
