"""Ask who is who: accounts listed, sessions, second factors, the last administrator."""

from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from diapason.context.people.models import Account, Invitation, Person, RoleAssignment, declared_roles

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


def network_administrators(*, on: date) -> "QuerySet[Person]":
    """Return the persons with an open account who may manage every account on that day, stand-ins left out."""
    codes = [role.code for role in declared_roles().holding("manage_accounts")]
    holding = RoleAssignment.objects.dated(on=on).filter(
        person=OuterRef("pk"), role__in=codes, organization=None, stands_in_for=None
    )
    return Person.objects.filter(Exists(holding), account__is_active=True)
