"""Check the declared roles at start-up."""

from typing import Any

from django.core.checks import Error, register

from diapason.context.people.models import declared_roles
from diapason.context.people.rules import BadRoles


@register()
def roles_are_declared_well(**_: Any) -> list[Error]:
    """Return one error for each mistake of the catalogue of roles."""
    try:
        declared_roles()
    except BadRoles as bad:
        return [Error(mistake, id="people.E001") for mistake in bad.mistakes]
    return []
