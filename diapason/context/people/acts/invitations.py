"""Invite people and let them in: one link, one use (OWASP ASVS 5.0 6.4)."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from diapason.audit_trail.acts import act, record, reread
from diapason.context.mailing.acts import post
from diapason.context.mailing.rules import Letter
from diapason.context.network.models import Organization
from diapason.context.network.rules import sort_key
from diapason.context.people.acts.roles import add_assignment
from diapason.context.people.acts.sign_in import close_every_door
from diapason.context.people.facts import InvitationAccepted, InvitationRenewed, PersonInvited
from diapason.context.people.letters import GAP
from diapason.context.people.models import Account, Invitation, Person
from diapason.context.people.permissions import may_end_account, may_grant_role
from diapason.context.people.queries import hash_of
from diapason.context.people.rules import INVITATION_DAYS, next_number
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message


@act
def invite_person(
    *,
    given_name: str,
    family_name: str,
    email: str,
    role: str,
    organization: Organization | None,
    starts_on: date,
    ends_on: date | None,
    by: Any,
    at: datetime,
    letter: Letter | None = None,
) -> tuple[Person, str]:
    """Invite somebody with a first role; return the person and the one-use token, of which the hash alone is kept.

    `letter` (letters.invitation_letter) goes to the person's address, the token put in its place.
    """
    may_grant_role(role, organization, person=None, by=by).require()
    if Person.objects.filter(email=email.strip().lower()).exists():
        raise Refused(Verdict.no(message("Somebody with this address is already known.")))
    person = Person.objects.create(
        identifier=next_identifier(),
        given_name=given_name,
        family_name=family_name,
        email=email.strip().lower(),
        sort_key=sort_key(f"{family_name} {given_name}"),
    )
    code = organization.code if organization else ""
    record(PersonInvited(subject=person.subject, organization=code, name=person.full_name), by=by)
    add_assignment(person, role, organization, starts_on, ends_on, by=by)
    return person, _new_link(person, letter, by=by, at=at)


def next_identifier() -> str:
    """Return the identifier of the next person; inside an act, where numbers are given one after the other."""
    ours = Person.objects.filter(identifier__regex=r"^P-[0-9]+$")
    last = ours.order_by("-pk").values_list("identifier", flat=True).first()
    return next_number(last or "", "P")


def _new_link(person: Person, letter: Letter | None, *, by: Any, at: datetime) -> str:
    """Close the former links of a person, store the hash of a new one, post it and return its token."""
    Invitation.objects.filter(person=person, closed_at=None).update(closed_at=at)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person,
        token_hash=hash_of(token),
        issued_at=at,
        expires_at=invitation_end(at),
    )
    if letter is not None:
        filled = letter.filled(GAP, token)
        post(
            to=person.email,
            letter=filled,
            kind="invitation",
            about=person.subject,
            by=by,
            at=at,
            confidential=True,
        )
    return token


def invitation_end(at: datetime) -> datetime:
    """Return the moment at which a link made `at` ends."""
    return at + timedelta(days=INVITATION_DAYS)


@act
def renew_invitation(
    *, person: Person, version: int | None, by: Any, at: datetime, letter: Letter | None = None
) -> str:
    """Give a new one-use link to somebody who lost the first, the password or the second factor.

    Sessions, password and second factors are taken away at once. Returns the token, of which the hash alone is kept;
    `letter` carries it to the person's address.
    """
    may_end_account(person, by=by).require()
    fresh = reread(person, version)
    fresh.save(update_fields=["version"])
    close_every_door(fresh)
    record(InvitationRenewed(subject=fresh.subject), by=by)
    return _new_link(fresh, letter, by=by, at=at)


@act
def accept_invitation(*, invitation: Invitation, password_hash: str, by: Any, at: datetime) -> Account:
    """Open the account of the invited person with the password chosen (hashed before, since acts are serial)."""
    fresh = Invitation.objects.select_related("person").get(pk=invitation.pk)
    if not fresh.is_open(at=at):
        raise Refused(Verdict.no(message("This invitation was used, replaced, or has expired.")))
    person = fresh.person
    fresh.closed_at = at
    fresh.save(update_fields=["closed_at"])
    account = Account.objects.filter(person=person).first() or Account(person=person)
    account.email, account.password, account.is_active = person.email, password_hash, True
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, primary=True, defaults={"email": person.email, "verified": True}
    )
    record(InvitationAccepted(subject=person.subject), by=by)
    return account
