"""Write the letters of sign-in, each in its reader's language: invitation, new link, forgotten password."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from diapason.context.mailing.rules import Letter
from diapason.ui.wording import moment

GAP = "link-to-be-filled-in"
"""Stands in a letter where the act that makes the one-use token puts it."""


def invitation_letter(name: str, address: str, *, link: str, until: datetime, language: str) -> Letter:
    """Write to somebody who may open an account; `link` holds GAP in the place of the token."""
    with override(language):
        words = [
            _("Hello %(name)s,") % {"name": name},
            _("An account of Diapason waits for you; you will sign in with the address %(address)s.")
            % {"address": address},
            _("Open this link and choose a password. It works once, until %(moment)s:")
            % {"moment": moment(until)},
            link,
            _("If you expected nothing of the kind, leave the link alone and tell whoever runs Diapason."),
        ]
        return Letter(title=_("Your Diapason account"), text="\n\n".join(words), language=language)


def forgotten_password_letter(name: str, *, link: str, language: str) -> Letter:
    """Write to somebody who forgot a password."""
    with override(language):
        words = [
            _("Hello %(name)s,") % {"name": name},
            _("Somebody, you no doubt, asked for a new Diapason password. Open this link to choose it:"),
            link,
            _("If it was not you, leave the link alone: your password stays as it is."),
        ]
        return Letter(title=_("A new Diapason password"), text="\n\n".join(words), language=language)
