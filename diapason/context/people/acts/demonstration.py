"""Make the accounts of a fictional network: one per role, and a quality manager for each organization."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from diapason.audit_trail.acts import act, record
from diapason.context.network.models import Organization
from diapason.context.network.rules import sort_key
from diapason.context.people.acts.invitations import next_identifier
from diapason.context.people.acts.roles import next_reference
from diapason.context.people.facts import InvitationAccepted, PersonInvited, RoleGranted
from diapason.context.people.models import Account, Person, RoleAssignment, declared_roles
from diapason.context.people.rules import (
    DEMO_DOMAIN,
    DEMO_PASSWORD,
    DEMO_ROLES,
    fictional_name,
    next_number,
)
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class _Seat:
    """Hold one demo account to be made."""

    address: str
    role: str
    organization: Organization | None


@act
def create_demo_accounts(*, organizations: Iterable[Organization], by: Any, on: date) -> list[Account]:
    """Make fictional persons with accounts: one per role, and one quality manager for each organization.

    `on` is the day from which the roles hold. The first organization takes the roles of one organization. The
    password is hashed once and shared: there is one demo password anyway. Only in a demonstration.
    """
    if not settings.DIAPASON["demonstration"]:
        raise Refused(Verdict.no(message("Demo accounts exist only in a demonstration.")))
    seats = list(_seats(list(organizations)))
    persons = Person.objects.bulk_create(_persons(seats))
    references = _numbers(next_reference(), len(seats))
    pairs = list(zip(persons, seats, references, strict=True))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            reference=reference, person=person, role=seat.role, organization=seat.organization, starts_on=on
        )
        for person, seat, reference in pairs
    )
    shared = make_password(DEMO_PASSWORD)
    accounts = Account.objects.bulk_create(
        Account(person=each, email=each.email, password=shared) for each in persons
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=account, email=account.email, primary=True, verified=True) for account in accounts
    )
    for person, seat, reference in pairs:
        _state(person, seat, reference, by=by, on=on)
    return accounts


def _seats(organizations: list[Organization]) -> Iterable[_Seat]:
    """List the accounts: a role of the network once, a role of an organization at the first one, a RAQ everywhere."""
    for code, address in DEMO_ROLES.items():
        for_network = declared_roles()[code].levels[0] == "network"
        if for_network or organizations:
            yield _Seat(f"{address}@{DEMO_DOMAIN}", code, None if for_network else organizations[0])
    for organization in organizations[1:]:
        yield _Seat(f"raq.{organization.code.lower()}@{DEMO_DOMAIN}", "quality_manager", organization)


def _persons(seats: list[_Seat]) -> list[Person]:
    """Return the fictional persons who take these seats, not yet stored."""
    found = []
    for position, (seat, identifier) in enumerate(
        zip(seats, _numbers(next_identifier(), len(seats)), strict=True)
    ):
        given, family = fictional_name(position)
        found.append(
            Person(
                identifier=identifier,
                given_name=given,
                family_name=family,
                email=seat.address,
                sort_key=sort_key(f"{family} {given}"),
            )
        )
    return found


def _numbers(first: str, count: int) -> list[str]:
    """Return `count` numbers from `first` on."""
    numbers = [first]
    while len(numbers) < count:
        numbers.append(next_number(numbers[-1], first[0]))
    return numbers[:count]


def _state(person: Person, seat: _Seat, reference: str, *, by: Any, on: date) -> None:
    """State invitation, acceptance and role of one demo account."""
    code = seat.organization.code if seat.organization else ""
    record(PersonInvited(subject=person.subject, organization=code, name=person.full_name), by=by)
    granted = RoleGranted(
        subject=person.subject,
        organization=code,
        reference=reference,
        role=seat.role,
        starts_on=on,
        ends_on=None,
    )
    record(granted, by=by)
    record(InvitationAccepted(subject=person.subject, organization=code), by=by)
