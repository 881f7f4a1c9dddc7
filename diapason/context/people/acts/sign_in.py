"""State what people do to their own sign-in, and close every door of an account."""

from datetime import datetime
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password

from diapason.audit_trail.acts import act, record
from diapason.context.mailing.acts import post
from diapason.context.mailing.models import OutgoingMessage
from diapason.context.mailing.rules import Letter
from diapason.context.people.facts import (
    PasswordChanged,
    RecoveryCodesRenewed,
    SecondFactorAdded,
    SecondFactorRemoved,
)
from diapason.context.people.models import Account, Person


@act
def note_password_change(*, account: Account, by: Any) -> None:
    """State that the person chose another password."""
    record(PasswordChanged(subject=account.person.subject), by=by)


@act
def note_second_factor_added(*, account: Account, kind: str, by: Any) -> None:
    """State that the person added a second factor ("totp" or "webauthn")."""
    record(SecondFactorAdded(subject=account.person.subject, kind=kind), by=by)


@act
def note_second_factor_removed(*, account: Account, kind: str, by: Any) -> None:
    """State that the person removed a second factor."""
    record(SecondFactorRemoved(subject=account.person.subject, kind=kind), by=by)


@act
def note_recovery_codes(*, account: Account, by: Any) -> None:
    """State that the person made new recovery codes."""
    record(RecoveryCodesRenewed(subject=account.person.subject), by=by)


@act
def mail_sign_in_letter(
    *, letter: Letter, address: str, person: Person | None, by: Any, at: datetime
) -> OutgoingMessage:
    """Write to somebody about his or her sign-in; the words may hold a one-use link."""
    about = person.subject if person else ""
    return post(to=address, letter=letter, kind="sign_in", about=about, by=by, at=at, confidential=True)


def choose_language(account: Account, language: str) -> None:
    """Keep the language of somebody's pages: a preference, not a record."""
    account.language = language
    account.save(update_fields=["language"])


def keep_view(account: Account, name: str, address: str) -> None:
    """Keep a list as it is narrowed now under a name of one's own: a preference, not a record.

    A view of the same list under the same name is replaced.
    """
    drop_view(account, name, address)
    account.kept_views = [*account.kept_views, [name, address]]
    account.save(update_fields=["kept_views"])


def drop_view(account: Account, name: str, address: str) -> None:
    """Forget the view of that name of the list at that address."""
    path = address.partition("?")[0]
    account.kept_views = [
        [kept, url] for kept, url in account.kept_views if (kept, url.partition("?")[0]) != (name, path)
    ]
    account.save(update_fields=["kept_views"])


def end_sessions(account: Account, *, but: str = "") -> None:
    """Delete the sessions of an account at once, but the one of that key."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in UserSession.objects.filter(user=account).exclude(session_key=but):
        store(session.session_key).delete()
        session.delete()


def close_every_door(person: Person) -> None:
    """Take away sessions, password and second factors of a person's account, if there is one."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    end_sessions(account)
    Authenticator.objects.filter(user=account).delete()
    account.password = make_password(None)
    account.save(update_fields=["password"])
