"""Decide who may manage persons, roles and accounts."""

from typing import TYPE_CHECKING

from diapason.context.people.models import Account, Person, RoleAssignment, declared_roles
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

if TYPE_CHECKING:
    from diapason.context.network.models import Organization

MANAGE = "manage_accounts"
NOT_YOURS = message("Only the administration may manage accounts.")


def may_manage_accounts(*, by: Account) -> Verdict:
    """Tell whether the list of accounts is open to this person, for one organization at least."""
    return Verdict.yes() if by.scope.may_somewhere(MANAGE) else Verdict.no(NOT_YOURS)


def may_grant(organization: "Organization | None", *, by: Account) -> Verdict:
    """Tell whether roles of that organization (None: of the network) may be granted and ended."""
    if by.scope.may(MANAGE, organization.pk if organization else None):
        return Verdict.yes()
    if not by.scope.may_somewhere(MANAGE):
        return Verdict.no(NOT_YOURS)
    if organization is None:
        return Verdict.no(message("Only the administration of the network grants a role of the network."))
    return Verdict.no(message("You manage the accounts of another organization."))


def may_grant_role(
    role: str, organization: "Organization | None", *, person: Person | None, by: Account
) -> Verdict:
    """Tell whether that role may be granted to that person for that organization (None: the network)."""
    if person is not None and person.pk == by.person_id:
        return Verdict.no(message("Nobody grants a role to himself or herself."))
    roles = declared_roles()
    if role not in roles:
        return Verdict.no(message("This role is not declared."))
    level = "network" if organization is None else "organization"
    if level not in roles[role].levels:
        return Verdict.no(
            message("This role is held for one organization.")
            if organization is None
            else message("This role is held for the network.")
        )
    return may_grant(organization, by=by)


def may_grant_somewhere(person: Person, *, by: Account) -> Verdict:
    """Tell whether any role may be granted to that person by this administrator: never to oneself."""
    if not by.scope.may_somewhere(MANAGE):
        return Verdict.no(NOT_YOURS)
    if person.pk == by.person_id:
        return Verdict.no(message("Nobody grants a role to himself or herself."))
    return Verdict.yes()


def may_end_role(assignment: RoleAssignment, *, by: Account) -> Verdict:
    """Tell whether that role may be ended; that the last administrator stays is checked by the act."""
    return may_grant(assignment.organization, by=by)


def may_manage_person(person: Person, *, by: Account) -> Verdict:
    """Tell whether name, address and account of that person may be changed.

    The administration of one organization manages the persons whose every role is of that organization.
    """
    if by.scope.may(MANAGE):
        return Verdict.yes()
    if not by.scope.may_somewhere(MANAGE):
        return Verdict.no(NOT_YOURS)
    held = set(person.assignments.values_list("organization_id", flat=True))
    if held and None not in held and held <= by.scope.where(MANAGE):
        return Verdict.yes()
    return Verdict.no(
        message("This person also holds roles outside your organization: ask the network’s administration.")
    )


def may_end_account(person: Person, *, by: Account) -> Verdict:
    """Tell whether that account may be ended: not one's own."""
    if person.pk == by.person_id:
        return Verdict.no(message("Nobody ends his or her own account."))
    return may_manage_person(person, by=by)


def may_read_person(person: Person, *, by: Account) -> Verdict:
    """Tell whether the page of that person is open: to herself and to those who manage accounts."""
    return Verdict.yes() if person.pk == by.person_id else may_manage_accounts(by=by)
