"""Make entries of the audit trail that belong to one organization or to the network."""

from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.models import Entry
from tests.access_world import AccessStageSet, Target, World


@act
def say(*, organization: str, by):
    """State something of an organization ("": of the network)."""
    record(AccessStageSet(subject="test:access", organization=organization), by=by)


def entry(world: World, place: str) -> Target:
    """Open an entry."""
    organization = world.organization(place)
    say(organization=organization.code if organization else "", by=automaton("tests"))
    return Target({"number": Entry.objects.order_by("-number").first().number})


OBJECTS = {"trail:entry": entry, "trail:proof": entry}
