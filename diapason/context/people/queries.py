"""Ask who is who: accounts listed, sessions, second factors, the last administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from diapason.context.network.rules import sort_key
from diapason.context.people.models import Account, Invitation, Person, RoleAssignment, declared_roles
from diapason.context.people.rules import DEMO_DOMAIN, DEMO_ROLES
from diapason.kernel.languages import Bilingual

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def has_second_factor(account: "Account | AnonymousUser") -> bool:
    """Tell whether an authenticator application or a passkey is registered."""
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=account.pk, type__in=strong).exists()


def sessions_of(account: Account) -> "QuerySet[UserSession]":
    """Return the open sessions of an account."""
    return UserSession.objects.filter(user=account)


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation of a link while it may still be used."""
    found = Invitation.objects.select_related("person").filter(token_hash=hash_of(token)).first()
    return found if found and found.is_open(at=at) else None


def hash_of(token: str) -> str:
    """Return what is stored of a one-use link: its SHA-256, since 256 random bits need no slow hash."""
    return sha256(token.encode()).hexdigest()


def persons_listed(user: Account, *, on: date) -> "QuerySet[Person]":
    """Return the persons whom this administrator sees, each with `held` (roles in force) and `can_sign_in`."""
    held = RoleAssignment.objects.in_force(on=on).select_related("organization", "stands_in_for")
    active = Account.objects.filter(person=OuterRef("pk"), is_active=True)
    return (
        Person.objects.visible_to(user)
        .annotate(can_sign_in=Exists(active))
        .prefetch_related(Prefetch("assignments", queryset=held, to_attr="held"))
    )


Narrow = Callable[["QuerySet[Person]", str], "QuerySet[Person]"]


def named_like(persons: "QuerySet[Person]", text: str) -> "QuerySet[Person]":
    """Keep the persons whose name contains the text, accents and case aside."""
    return persons.filter(sort_key__contains=sort_key(text))


def holding(day: date) -> Narrow:
    """Return the filter that keeps whoever holds a role that day."""
    in_force = RoleAssignment.objects.in_force(on=day).filter(person=OuterRef("pk"))
    return lambda persons, role: persons.filter(Exists(in_force.filter(role=role)))


def belonging(day: date) -> Narrow:
    """Return the filter that keeps whoever holds a role of an organization that day."""
    in_force = RoleAssignment.objects.in_force(on=day).filter(person=OuterRef("pk"))
    return lambda persons, code: persons.filter(Exists(in_force.filter(organization__code=code)))


def account_of(person: Person) -> Account | None:
    """Return the account of a person, None before the invitation is accepted."""
    return Account.objects.filter(person=person).first()


def has_open_invitation(person: Person, *, at: datetime) -> bool:
    """Tell whether a link waits to be used."""
    return Invitation.objects.filter(person=person, closed_at=None, expires_at__gt=at).exists()


def factors_of(account: Account) -> list[str]:
    """Return the kinds of second factors registered, by allauth's names."""
    return list(
        Authenticator.objects.filter(user=account).order_by("type").values_list("type", flat=True).distinct()
    )


def network_administrators(*, on: date) -> "QuerySet[Person]":
    """Return the persons with an open account who may manage every account on that day, stand-ins left out."""
    codes = [role.code for role in declared_roles().holding("manage_accounts")]
    holding = RoleAssignment.objects.dated(on=on).filter(
        person=OuterRef("pk"), role__in=codes, organization=None, stands_in_for=None
    )
    return Person.objects.filter(Exists(holding), account__is_active=True)


@dataclass(frozen=True)
class DemoAccount:
    """Hold one line of the demo's list of accounts."""

    email: str
    code: str
    role: Bilingual
    organization: str


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts of a fictional network that stand for a role, in the order of the roles; else none."""
    if not settings.DIAPASON["demonstration"]:
        return []
    addresses = {f"{local}@{DEMO_DOMAIN}": code for code, local in DEMO_ROLES.items()}
    held = RoleAssignment.objects.filter(person__account__email__in=addresses).select_related(
        "person", "organization"
    )
    rows = [
        DemoAccount(
            each.person.email,
            each.role,
            declared_roles().named(each.role),
            each.organization.short_name if each.organization else "",
        )
        for each in held
        if addresses.get(each.person.email) == each.role
    ]
    return sorted(rows, key=lambda row: list(DEMO_ROLES).index(row.code))
