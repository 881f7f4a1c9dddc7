"""Say who may be asked to check an action of another house, who stands in for its owner, who keeps its plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from diapason.context.people.models import Account, Person, RoleAssignment, declared_roles
from diapason.improvement.action_plan.models import Action


def roles_with(ability: str) -> list[str]:
    """Return the roles of the catalogue that have an ability."""
    return [code for code, role in declared_roles().roles.items() if ability in role.abilities]


def checkers_elsewhere(action: Action, on: date) -> "QuerySet[Person]":
    """Return who checks effectiveness in another house on that day (entraide)."""
    held = RoleAssignment.objects.in_force(on=on).filter(
        role__in=roles_with("check_effectiveness"), person=OuterRef("pk")
    )
    elsewhere = held.exclude(organization=action.organization_id).exclude(organization=None)
    return Person.objects.filter(Exists(elsewhere))


def stand_ins_of(action: Action, on: date) -> "QuerySet[RoleAssignment]":
    """Return by whom the owner is replaced in the action's house that day, with the last day of each: away until then.

    None when nobody stands in: the owner is there, as far as the record knows.
    """
    held = RoleAssignment.objects.in_force(on=on).filter(stands_in_for=action.owner_id)
    return _near(held, action) if action.owner_id else held.none()


def stand_ins_to_come(action: Action, on: date) -> "QuerySet[RoleAssignment]":
    """Return who stands in for the owner that day or will, the nearest first: those to hand it to before leaving."""
    held = RoleAssignment.objects.not_over(on=on).filter(stands_in_for=action.owner_id)
    return _near(held, action) if action.owner_id else held.none()


def _near(held: "QuerySet[RoleAssignment]", action: Action) -> "QuerySet[RoleAssignment]":
    here = Q(organization=action.organization_id) | Q(organization=None)
    near = held.filter(here).exclude(person=action.owner_id)
    return near.select_related("person").order_by("starts_on", "reference")


def owners_away(actions: Iterable[Action], on: date) -> set[int]:
    """Return whose actions somebody else looks after that day: one statement."""
    owners = {action.owner_id for action in actions if action.owner_id and action.is_active}
    if not owners:
        return set()
    held = RoleAssignment.objects.in_force(on=on).filter(stands_in_for__in=owners)
    return {owner for owner in held.values_list("stands_in_for", flat=True) if owner is not None}


def accounts_of(person: Person) -> list[Account]:
    """Return the account that this person may open, none when it is closed."""
    return list(Account.objects.filter(person=person, is_active=True))


def keepers_of(action: Action, roles: Iterable[str], on: date) -> list[Account]:
    """Return the accounts of those who keep the plan of the action's house."""
    house = None if action.organization.is_network else action.organization_id
    held = RoleAssignment.objects.in_force(on=on).filter(role__in=roles, organization=house)
    rows = Account.objects.filter(is_active=True, person__in=held.values("person"))
    return list(rows.order_by("person__identifier"))


def holders_of(ability: str, on: date) -> Mapping[int | None, set[int]]:
    """Return organization (None: the network) → who holds an ability there that day: one statement."""
    found: dict[int | None, set[int]] = defaultdict(set)
    rows = RoleAssignment.objects.in_force(on=on).filter(role__in=roles_with(ability))
    for organization, person in rows.order_by().values_list("organization", "person"):
        found[organization].add(person)
    return found
