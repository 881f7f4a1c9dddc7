"""Say what a newer view of a study changes, field by field, and what a person's correction keeps."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from diapason.kernel.words import message

FIELD_LABELS: Final[dict[str, str]] = {
    "title_fr": message("title in French"),
    "title_en": message("title in English"),
    "acronym": message("acronym"),
    "sponsor": message("sponsor"),
    "sponsor_kind": message("kind of sponsor"),
    "lead": message("lead organization"),
    "kind": message("kind of study"),
    "category": message("category"),
    "phase": message("phase"),
    "purpose": message("purpose"),
    "interventions": message("what is studied"),
    "conditions": message("conditions"),
    "is_therapeutic": message("therapeutic study"),
    "planned_enrolment": message("planned inclusions"),
    "actual_enrolment": message("actual inclusions"),
    "starts": message("start"),
    "primary_ends": message("end of the main follow-up"),
    "ends": message("end"),
    "funding": message("funding"),
    "status": message("status"),
    "identifiers": message("identifiers"),
    "sites": message("investigator sites"),
    "site_status": message("status of investigator sites"),
}
"""What each field is called; also the fields that a revision may name."""

Change = dict[str, Any]


def differences(old: Mapping[str, Any], new: Mapping[str, Any], held: Collection[str] = ()) -> list[Change]:
    """Return one change per field of `new` that says something else than `old`, in the order of `new`.

    A field in `held` was corrected by a person: its change is returned with "kept" and must not be applied.
    A value that the newer view does not give (None or "") never erases a known number or date.
    """
    found: list[Change] = []
    for name, value in new.items():
        before = old[name]
        if value == before or (value in (None, "") and name in _NEVER_ERASED):
            continue
        change: Change = {"field": name, "old": before, "new": value}
        if name in held:
            change["kept"] = True
        found.append(change)
    return found


_NEVER_ERASED: Final = frozenset(
    {"planned_enrolment", "actual_enrolment", "title_fr", "title_en", "category"}
)
