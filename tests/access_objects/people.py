"""Make what the pages about persons open."""

from allauth.mfa.models import Authenticator

from diapason.context.people import acts
from diapason.kernel.clock import now
from tests.access_world import NETWORK, Target, World


def somebody(world: World, place: str):
    """Return an account whose only role is of that place."""
    organization = world.organization(place)
    if place == NETWORK:
        return world.account("network_director", "network")
    return world.account("process_owner", "organization", organization)


def person(world: World, place: str) -> Target:
    """Open somebody's page, or change somebody."""
    found = somebody(world, place).person
    data = {
        "version": found.version,
        "reason": "a reason",
        "given_name": "A",
        "family_name": "B",
        "email": "a@example.org",
    }
    return Target({"identifier": found.identifier}, data)


def grant(world: World, place: str) -> Target:
    """Grant somebody a role of the same place."""
    found = somebody(world, place).person
    organization = world.organization(place)
    role = (
        {"role": "internal_auditor", "organization": organization.code}
        if organization
        else {"role": "funder", "organization": "network"}
    )
    return Target({"identifier": found.identifier}, role | {"starts_on": "2026-11-23", "ends_on": ""})


def held(world: World, place: str) -> Target:
    """Open or end somebody's role."""
    assignment = somebody(world, place).person.assignments.get()
    return Target(
        {"reference": assignment.reference},
        {"version": assignment.version, "reason": "a reason", "ends_on": ""},
    )


def stand_in(world: World, place: str) -> Target:
    """Name another person of the same place."""
    assignment = somebody(world, place).person.assignments.get()
    other = somebody(world, place).person
    data = {"person": other.identifier, "starts_on": "2026-11-23", "ends_on": "2026-11-30"}
    return Target({"reference": assignment.reference}, data)


def token_of(world: World) -> str:
    """Invite somebody and return the token."""
    boss = world.accounts["administrator (network)"]
    _, token = acts.invite_person(
        given_name="Ada", family_name="Marche", email="invited@example.org", role="funder", organization=None,
        starts_on=world.today, ends_on=None, by=boss, at=now(),
    )  # fmt: skip
    return token


def invitation(world: World, place: str) -> Target:
    """Open a one-use link."""
    return Target({"token": token_of(world)})


def accept(world: World, place: str) -> Target:
    """Choose a password."""
    return Target(
        {}, {"token": token_of(world), "new_password": "four words you keep", "again": "four words you keep"}
    )


def passkey(world: World, place: str) -> Target:
    """Open a passkey that is somebody else's."""
    key = Authenticator.objects.create(user=world.accounts["funder"], type="webauthn", data={"name": "key"})
    return Target({"pk": key.pk})


def password_link(world: World, place: str) -> Target:
    """Open a link of a forgotten password that is not valid."""
    return Target({"uidb36": "1", "key": "set-password"})


OBJECTS = {
    "people:person": person,
    "people:correct": person,
    "people:renew": person,
    "people:end": person,
    "people:new_role": person,
    "people:grant_role": grant,
    "people:held": held,
    "people:end_role": held,
    "people:name_stand_in": stand_in,
    "people:invitation": invitation,
    "people:accept": accept,
    "mfa_edit_webauthn": passkey,
    "mfa_remove_webauthn": passkey,
    "account_reset_password_from_key": password_link,
}
