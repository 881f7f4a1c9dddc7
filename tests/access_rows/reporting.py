"""Say who may report events, with a name and without, and who follows a report."""

from tests.access_matrix import (
    ABILITIES,
    ALL,
    EVERYBODY,
    SIGNED_IN,
    Row,
    hidden_unless,
    place_needs,
    read,
    somewhere_needs,
    write,
)
from tests.access_world import NETWORK, OWN, Identity

DECLARER = "research_staff"
"""Who declared the reports of tests/access_objects/reporting.py."""


def declared(who: Identity, place: str) -> bool:
    """Tell whether the visitor is who declared the report."""
    return who.name == DECLARER


def reads_events(who: Identity, place: str) -> bool:
    """Tell whether the visitor reads events of that place; held for the network, only the network's own."""
    own = place == OWN and who.level == "organization"
    return who.role in ABILITIES["read_events"] and (own or (place == NETWORK and who.level == "network"))


MINE = hidden_unless(declared, "one declared it oneself")
REMOVE = hidden_unless(reads_events, "one reads the events there", "triage_event")

ROWS: dict[str, Row] = {
    "quality_events:anonymous": read(EVERYBODY),
    "quality_events:drop": write(EVERYBODY),
    "quality_events:following": read(EVERYBODY),
    "quality_events:follow_up": write(EVERYBODY),
    "quality_events:say_more": write(EVERYBODY),
    "quality_events:poster": read(place_needs("report_event"), ALL),
    "quality_events:settings": read(somewhere_needs("triage_event")),
    "quality_events:set_photos": write(place_needs("triage_event"), ALL),
    "quality_events:report": read(somewhere_needs("report_event")),
    "quality_events:send": write(somewhere_needs("report_event")),
    "quality_events:charter": read(SIGNED_IN),
    "quality_events:mine": read(SIGNED_IN),
    "quality_events:declared": read(MINE),
    "quality_events:route": write(MINE),
    "quality_events:add": write(MINE),
    "quality_events:done": write(MINE),
    "quality_events:add_photo": write(MINE),
    "quality_events:keep_photo": write(MINE),
    "quality_events:remove_photo": write(REMOVE, ALL),
}
