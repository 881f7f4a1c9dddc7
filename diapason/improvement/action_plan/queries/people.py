"""Say who may be asked to check an action of another house."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from diapason.context.people.models import Person, RoleAssignment, declared_roles
from diapason.improvement.action_plan.models import Action


def checkers_elsewhere(action: Action, on: date) -> "QuerySet[Person]":
    """Return who checks effectiveness in another house on that day (entraide)."""
    roles = [code for code, role in declared_roles().roles.items() if "check_effectiveness" in role.abilities]
    held = RoleAssignment.objects.in_force(on=on).filter(role__in=roles, person=OuterRef("pk"))
    elsewhere = held.exclude(organization=action.organization_id).exclude(organization=None)
    return Person.objects.filter(Exists(elsewhere))
