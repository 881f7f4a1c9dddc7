"""Make what the kept files open."""

import io
from typing import Any

from diapason.audit_trail.acts import automaton
from diapason.context.files import acts, readers, store
from tests.access_world import OWN, Target, World

KIND = "access_test"


def belongs(user: Any, key: str) -> bool:
    """Let the members of an organization read its files."""
    return int(key) in user.scope.organizations


readers.register(KIND, belongs)


def file(world: World, place: str) -> Target:
    """Keep a file with a record of that place."""
    organization = world.alpha if place == OWN else world.beta
    kept = acts.keep_file(
        staged=store.stage(io.BytesIO(b"Evidence."), "evidence.txt"),
        kind=KIND,
        key=str(organization.pk),
        organization=organization,
        by=automaton("tests"),
        on=world.today,
    )
    return Target({"number": kept.number})


OBJECTS = {"files:file": file}
