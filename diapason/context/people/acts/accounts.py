"""Correct persons and end accounts."""

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress

from diapason.audit_trail.acts import act, record, reread
from diapason.context.network.rules import sort_key
from diapason.context.people.acts.roles import require_an_administrator, withdraw
from diapason.context.people.acts.sign_in import close_every_door
from diapason.context.people.facts import AccountEnded, PersonCorrected
from diapason.context.people.models import Account, Invitation, Person
from diapason.context.people.permissions import may_end_account, may_manage_person
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message


@act
def correct_person(
    *,
    person: Person,
    given_name: str,
    family_name: str,
    email: str,
    reason: str,
    version: int | None,
    by: Any,
) -> Person:
    """Correct name or address of a person; the address is also the one that signs in."""
    may_manage_person(person, by=by).require()
    address = email.strip().lower()
    if Person.objects.filter(email=address).exclude(pk=person.pk).exists():
        raise Refused(Verdict.no(message("Somebody with this address is already known.")))
    fresh = reread(person, version)
    fresh.given_name, fresh.family_name, fresh.email = given_name, family_name, address
    fresh.sort_key = sort_key(f"{family_name} {given_name}")
    fresh.save(update_fields=["given_name", "family_name", "email", "sort_key"])
    Account.objects.filter(person=fresh).update(email=address)
    EmailAddress.objects.filter(user__person=fresh, primary=True).update(email=address, verified=True)
    record(PersonCorrected(subject=fresh.subject, reason=reason), by=by)
    return fresh


@act
def end_account(
    *, person: Person, reason: str, version: int | None, by: Any, on: date, at: datetime
) -> Person:
    """End an account: its roles, sessions, password, second factors and open invitations, all at once."""
    may_end_account(person, by=by).require()
    fresh = reread(person, version)
    fresh.save(update_fields=["version"])
    for assignment in fresh.assignments.not_over(on=on).select_related("organization", "person"):
        withdraw(reread(assignment), None, reason, by=by, on=on)
    Account.objects.filter(person=fresh).update(is_active=False)
    require_an_administrator(on=on)
    close_every_door(fresh)
    Invitation.objects.filter(person=fresh, closed_at=None).update(closed_at=at)
    record(AccountEnded(subject=fresh.subject, reason=reason), by=by)
    return fresh
