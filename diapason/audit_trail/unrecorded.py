"""List the tables that the trail does not watch, each with its reason; everything else is recorded."""

from importlib import import_module

OWN: dict[str, str] = {
    "audit_trail_instance": "the identity of the instance, written once and repeated in each statement",
    "audit_trail_entry": "the trail itself: append-only",
    "audit_trail_entrysubject": "an index over the trail: append-only, rebuilt from the statements",
    "audit_trail_node": "hashes over the trail: append-only",
    "audit_trail_head": "signed hashes over the trail: append-only",
    "audit_trail_opening": "values behind commitments: shredded on purpose, by an act that lists what went",
    "audit_trail_pending": "changes of the act that is open; empty between two acts",
    "audit_trail_counter": "the last number given; the number itself stands in its record",
}


def unrecorded() -> dict[str, str]:
    """Return table name → reason, those of the accounts included."""
    try:
        chapter = import_module("diapason.context.people.unrecorded")
    except ModuleNotFoundError:
        return dict(OWN)
    return {**OWN, **chapter.UNRECORDED}
