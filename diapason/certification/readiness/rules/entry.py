"""Say what an answer must hold before it may be recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from diapason.certification.readiness.rules.scale import Scale
from diapason.kernel.words import message

MOST_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Hold one answer as it is given: to which clause, at which level, with what proof, and what is left to do.

    `maturity` None with `aside` False means "not assessed": notes may be kept all the same. `owner` is a person.
    """

    clause: str
    maturity: int | None = None
    aside: bool = False
    evidence: str = ""
    references: str = ""
    gap: str = ""
    action: str = ""
    owner: Any = None
    due_on: date | None = None
    done_on: date | None = None
    assessed_on: date | None = None


def troubles(entry: Entry, scale: Scale) -> dict[str, str]:
    """Return what is missing, by field (message ids)."""
    found: dict[str, str] = {}
    if entry.maturity is not None and not 0 <= entry.maturity <= scale.highest:
        found["maturity"] = message("This level is not on the scale.")
    if entry.maturity is not None and entry.aside:
        found["maturity"] = message("A requirement that does not apply has no level.")
    if entry.aside and not entry.evidence.strip():
        found["evidence"] = message("Say why this requirement does not apply.")
    if entry.maturity is not None and entry.maturity >= scale.ready_from and not entry.evidence.strip():
        found["evidence"] = message("Say what proves it: this level means that it can be shown today.")
    if entry.action.strip() and entry.due_on is None:
        found["due_on"] = message("An action needs a date.")
    if not entry.action.strip() and (entry.due_on or entry.done_on or entry.owner):
        found["action"] = message("Say what will be done.")
    return found
