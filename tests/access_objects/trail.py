"""Make what the screens of the audit trail open."""

from dataclasses import dataclass
from typing import Any

from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.models import Entry
from diapason.kernel.facts import Fact
from tests.access_world import Factory, Target, World


@dataclass(frozen=True, kw_only=True)
class EntryMade(Fact):
    """State that an entry was made for the walk."""

    SENTENCE = "Entry made for the walk"


@act
def _make(*, by: Any, organization: str) -> None:
    record(EntryMade(subject="test:entry", organization=organization), by=by)


def entry(world: World, place: str) -> Target:
    """Open an entry of that place."""
    organization = world.organization(place)
    _make(by=automaton("tests"), organization=organization.code if organization else "")
    return Target({"number": Entry.objects.latest("number").number})


FACTORIES: dict[str, Factory] = {"trail:entry": entry, "trail:proof": entry}
