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


CHAPTERS = (
    "diapason.context.mailing",
    "diapason.context.people",
    "diapason.improvement.quality_events",
    "diapason.operation.registry_imports",
)
"""Chapters with tables of their own that are not watched, listed in their module `unrecorded`."""


def unrecorded() -> dict[str, str]:
    """Return table name → reason, those of the chapters included."""
    found = dict(OWN)
    for chapter in CHAPTERS:
        try:
            found.update(import_module(f"{chapter}.unrecorded").UNRECORDED)
        except ModuleNotFoundError:
            continue
    return found
