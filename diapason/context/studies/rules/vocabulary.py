"""Hold the vocabularies of a study: category, phase, kind, purpose and status, each with its message id."""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from diapason.kernel.words import message


class Category(StrEnum):
    """Name the legal category (French public health code L1121-1; EU 536/2014, 2017/745, 2017/746)."""

    UNKNOWN = ""
    RIPH1 = "RIPH1"
    RIPH2 = "RIPH2"
    RIPH3 = "RIPH3"
    RNIPH = "RNIPH"
    CTR = "CTR"
    MDR = "MDR"
    IVDR = "IVDR"


CATEGORY_LABELS: Final[dict[str, str]] = {
    Category.UNKNOWN: message("category not known"),
    Category.RIPH1: message("RIPH 1, interventional"),
    Category.RIPH2: message("RIPH 2, interventional with minimal risks and burdens"),
    Category.RIPH3: message("RIPH 3, non-interventional"),
    Category.RNIPH: message("outside the Jardé act (RNIPH)"),
    Category.CTR: message("clinical trial of a medicine (Regulation 536/2014)"),
    Category.MDR: message("clinical investigation of a device (Regulation 2017/745)"),
    Category.IVDR: message("performance study (Regulation 2017/746)"),
}
INTERVENTIONAL_CATEGORIES: Final = frozenset({Category.RIPH1, Category.RIPH2, Category.CTR, Category.MDR})


class Phase(StrEnum):
    """Name the phase of a trial."""

    UNKNOWN = ""
    NOT_APPLICABLE = "NA"
    EARLY_1 = "0"
    ONE = "1"
    ONE_TWO = "1/2"
    TWO = "2"
    TWO_THREE = "2/3"
    THREE = "3"
    FOUR = "4"


PHASE_LABELS: Final[dict[str, str]] = {
    Phase.UNKNOWN: message("phase not known"),
    Phase.NOT_APPLICABLE: message("no phase"),
    Phase.EARLY_1: message("early phase 1"),
    Phase.ONE: message("phase 1"),
    Phase.ONE_TWO: message("phase 1/2"),
    Phase.TWO: message("phase 2"),
    Phase.TWO_THREE: message("phase 2/3"),
    Phase.THREE: message("phase 3"),
    Phase.FOUR: message("phase 4"),
}


class StudyKind(StrEnum):
    """Say whether something is done to the participants for the sake of the study."""

    INTERVENTIONAL = "interventional"
    OBSERVATIONAL = "observational"
    EXPANDED_ACCESS = "expanded_access"
    UNKNOWN = ""


KIND_LABELS: Final[dict[str, str]] = {
    StudyKind.INTERVENTIONAL: message("interventional study"),
    StudyKind.OBSERVATIONAL: message("observational study"),
    StudyKind.EXPANDED_ACCESS: message("expanded access"),
    StudyKind.UNKNOWN: message("kind of study not known"),
}


class Status(StrEnum):
    """Name where a study stands, from the idea to its end."""

    IDEA = "idea"
    PROTOCOL = "protocol"
    SUBMITTED = "submitted"
    AUTHORISED = "authorised"
    NOT_YET_RECRUITING = "not_yet_recruiting"
    RECRUITING = "recruiting"
    BY_INVITATION = "by_invitation"
    SUSPENDED = "suspended"
    CLOSED_TO_INCLUSION = "closed_to_inclusion"
    IN_FOLLOW_UP = "in_follow_up"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    EXPANDED_AVAILABLE = "expanded_available"
    EXPANDED_PAUSED = "expanded_paused"
    EXPANDED_ENDED = "expanded_ended"
    MARKETED = "marketed"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


STATUS_LABELS: Final[dict[str, str]] = {
    Status.IDEA: message("idea"),
    Status.PROTOCOL: message("protocol being written"),
    Status.SUBMITTED: message("submitted"),
    Status.AUTHORISED: message("authorised"),
    Status.NOT_YET_RECRUITING: message("not yet recruiting"),
    Status.RECRUITING: message("recruiting"),
    Status.BY_INVITATION: message("recruiting by invitation"),
    Status.SUSPENDED: message("suspended"),
    Status.CLOSED_TO_INCLUSION: message("closed to inclusion"),
    Status.IN_FOLLOW_UP: message("in follow-up"),
    Status.UNDERWAY: message("under way, stage not known"),
    Status.COMPLETED: message("completed"),
    Status.TERMINATED: message("stopped early"),
    Status.WITHDRAWN: message("withdrawn before the first inclusion"),
    Status.EXPANDED_AVAILABLE: message("expanded access open"),
    Status.EXPANDED_PAUSED: message("expanded access paused"),
    Status.EXPANDED_ENDED: message("expanded access ended"),
    Status.MARKETED: message("product approved for marketing"),
    Status.WITHHELD: message("withheld by the register"),
    Status.UNKNOWN: message("status not known"),
}

RECRUITING: Final = frozenset({Status.RECRUITING, Status.BY_INVITATION})
ACTIVE: Final = RECRUITING | {
    Status.SUSPENDED,
    Status.CLOSED_TO_INCLUSION,
    Status.IN_FOLLOW_UP,
    Status.UNDERWAY,
}
"""In inclusion or in follow-up: what the network counts as its studies of a year."""
ENDED: Final = frozenset(
    {Status.COMPLETED, Status.TERMINATED, Status.WITHDRAWN, Status.EXPANDED_ENDED, Status.MARKETED}
)

STATES: Final[dict[str, str]] = {
    **dict.fromkeys(RECRUITING, "ok"),
    **dict.fromkeys(
        (Status.CLOSED_TO_INCLUSION, Status.IN_FOLLOW_UP, Status.UNDERWAY, Status.EXPANDED_AVAILABLE), "run"
    ),
    **dict.fromkeys((Status.SUSPENDED, Status.EXPANDED_PAUSED), "warn"),
    **dict.fromkeys((Status.TERMINATED, Status.WITHDRAWN), "bad"),
}
"""How a status is drawn (ok, run, warn, bad); the others are slate."""

_REGISTRY_STATUSES: Final[dict[str, Status]] = {
    "notyetrecruiting": Status.NOT_YET_RECRUITING,
    "recruiting": Status.RECRUITING,
    "enrollingbyinvitation": Status.BY_INVITATION,
    "activenotrecruiting": Status.CLOSED_TO_INCLUSION,
    "completed": Status.COMPLETED,
    "suspended": Status.SUSPENDED,
    "temporarilyhalted": Status.SUSPENDED,
    "terminated": Status.TERMINATED,
    "prematurelyended": Status.TERMINATED,
    "withdrawn": Status.WITHDRAWN,
    "available": Status.EXPANDED_AVAILABLE,
    "temporarilynotavailable": Status.EXPANDED_PAUSED,
    "nolongeravailable": Status.EXPANDED_ENDED,
    "approvedformarketing": Status.MARKETED,
    "withheld": Status.WITHHELD,
    "unknownstatus": Status.UNKNOWN,
    "unknown": Status.UNKNOWN,
    "ongoing": Status.UNDERWAY,
}
_REGISTRY_PHASES: Final[dict[str, Phase]] = {
    "": Phase.UNKNOWN,
    "na": Phase.NOT_APPLICABLE,
    "earlyphase1": Phase.EARLY_1,
    "phase0": Phase.EARLY_1,
    "phase1": Phase.ONE,
    "phase1phase2": Phase.ONE_TWO,
    "phase2": Phase.TWO,
    "phase2phase3": Phase.TWO_THREE,
    "phase3": Phase.THREE,
    "phase4": Phase.FOUR,
}


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@lru_cache(maxsize=200)
def status_from_registry(text: str) -> Status | None:
    """Return the status that a register's word means, None when the word is new to us."""
    return _REGISTRY_STATUSES.get(_letters(text))


def phase_from_registry(text: str) -> Phase | None:
    """Return the phase that "Phase 1/Phase 2", "PHASE1 PHASE2"… mean, None when the word is new to us."""
    return _REGISTRY_PHASES.get(_letters(text))


def kind_from_registry(text: str) -> StudyKind | None:
    """Return the kind that "Interventional", "Observational [Patient Registry]", "EXPANDED_ACCESS"… mean."""
    letters = _letters(text)
    if letters.startswith("observational"):
        return StudyKind.OBSERVATIONAL
    known = {
        "interventional": StudyKind.INTERVENTIONAL,
        "expandedaccess": StudyKind.EXPANDED_ACCESS,
        "": StudyKind.UNKNOWN,
        "na": StudyKind.UNKNOWN,
    }
    return known.get(letters)
