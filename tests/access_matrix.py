"""Say who may open what: one row per address, the permission matrix (OWASP ASVS 5.0 8.1.1, 8.2).

A row names a *rule* for reading (GET) and one for writing (POST); a verb without a rule answers 405. A rule says
what a visitor gets for an object of the own organization, of another one, or of the network. The table ABILITIES
is written by hand on purpose: it is compared with catalogue/roles/roles.yaml, so that widening a role is decided twice.

`python -m tests.access_document` writes docs/validation/permissions.md from here; a test keeps both equal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.access_world import NETWORK, OWN, PLACES, Identity

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "validation" / "permissions.md"

ABILITIES: Final[dict[str, set[str]]] = {
    "manage_network": {"network_coordinator", "administrator"},
    "manage_charter": {"network_coordinator", "network_director"},
    "manage_accounts": {"administrator"},
    "load_catalogue": {"network_coordinator", "administrator"},
    "record_certificate": {"network_coordinator", "quality_manager"},
    "manage_programme": {"network_coordinator"},
    "assess_clause": {"quality_manager", "process_owner"},
    "manage_studies": {"network_coordinator", "quality_manager", "sponsor_project_manager"},
    "import_registry": {"network_coordinator", "sponsor_project_manager"},
    "record_enrolment": {"network_coordinator", "quality_manager", "research_staff", "sponsor_project_manager"},
    "declare_figure": {"network_coordinator", "quality_manager", "process_owner", "sponsor_project_manager"},
    "sign_figure": {"network_director", "quality_manager"},
    "freeze_edition": {"network_coordinator", "network_director"},
    "manage_claims": {"network_coordinator", "network_director"},
    "read_trail": {
        "network_coordinator", "network_director", "quality_manager", "internal_auditor", "external_certifier",
        "administrator",
    },
    "verify_trail": {
        "network_coordinator", "network_director", "quality_manager", "internal_auditor", "external_certifier",
        "administrator",
    },
    "report_event": {
        "network_coordinator", "network_director", "quality_manager", "process_owner", "research_staff",
        "sponsor_project_manager", "internal_auditor",
    },
    "read_events": {
        "network_coordinator", "network_director", "quality_manager", "process_owner", "sponsor_project_manager",
        "internal_auditor",
    },
    "triage_event": {"network_coordinator", "quality_manager"},
    "analyse_event": {"network_coordinator", "quality_manager", "process_owner", "sponsor_project_manager"},
    "approve_plan": {"network_coordinator", "network_director", "quality_manager"},
    "read_actions": {
        "network_coordinator", "network_director", "quality_manager", "process_owner", "sponsor_project_manager",
        "internal_auditor",
    },
    "plan_action": {"network_coordinator", "quality_manager", "process_owner"},
    "check_effectiveness": {"network_coordinator", "quality_manager"},
    "offer_lesson": {"network_coordinator"},
    "answer_lesson": {"quality_manager"},
    "keep_deviation_sheet": {"quality_manager", "research_staff", "sponsor_project_manager"},
    "run_crex": {"quality_manager"},
}  # fmt: skip

OK, LOGIN, FORBIDDEN, HIDDEN = "ok", "login", "403", "404"
Answer = str
Test = Callable[[Identity, str], bool]


@dataclass(frozen=True)
class Rule:
    """Say what a visitor gets: `sees` decides between the page and 404, then `may` between the page and 403."""

    words: str
    may: Test = lambda who, place: True
    sees: Test = lambda who, place: True
    public: bool = False
    without_role: bool = False

    def answer(self, who: Identity, place: str) -> Answer:
        """Return ok, login, 403 or 404."""
        if not who.signed_in:
            return OK if self.public else LOGIN
        if not who.role:
            return OK if self.public or self.without_role else FORBIDDEN
        if not self.sees(who, place):
            return HIDDEN
        return OK if self.may(who, place) else FORBIDDEN


@dataclass(frozen=True)
class Row:
    """Hold the rules of one address, and whose objects it opens; `done` are the codes that mean "allowed"."""

    get: Rule | None = None
    post: Rule | None = None
    places: tuple[str, ...] = (NETWORK,)
    done: frozenset[int] = frozenset({200})
    posted: frozenset[int] = frozenset({200, 302, 409, 422})


def holds(who: Identity, ability: str, place: str) -> bool:
    """Tell whether the visitor holds the ability for an object of that place."""
    return who.role in ABILITIES[ability] and (who.level == "network" or place == OWN)


def in_house(who: Identity, place: str) -> bool:
    """Tell whether the object is of the visitor's organization, or of the network that everybody is of."""
    return place == NETWORK or (place == OWN and who.level == "organization")


EVERYBODY = Rule("everybody, without signing in", public=True)
OWN_ACCOUNT = Rule("whoever is signed in, with or without a role", without_role=True)
SIGNED_IN = Rule("whoever holds a role")


def network_needs(ability: str) -> Rule:
    """Open to who holds the ability for the network."""
    return Rule(f"{ability}, for the network", may=lambda who, place: holds(who, ability, NETWORK))


def somewhere_needs(ability: str) -> Rule:
    """Open to who holds the ability for the network or for any organization."""
    return Rule(
        f"{ability}, for at least one organization", may=lambda who, place: who.role in ABILITIES[ability]
    )


def place_needs(ability: str) -> Rule:
    """Known to everybody, changed by who holds the ability for the organization of the object."""
    return Rule(
        f"{ability}, for the organization of the object", may=lambda who, place: holds(who, ability, place)
    )


def hidden_unless(sees: Test, words: str, ability: str = "") -> Rule:
    """Hidden (404) from who may not know of it; then the ability decides, when there is one."""
    if not ability:
        return Rule(f"{words}; hidden from others", sees=sees)
    return Rule(
        f"{ability}, for the organization of the object; hidden unless {words}",
        sees=sees,
        may=lambda who, place: holds(who, ability, place),
    )


def read(rule: Rule, places: tuple[str, ...] = (NETWORK,), done: tuple[int, ...] = (200,)) -> Row:
    """Make the row of a page."""
    return Row(get=rule, places=places, done=frozenset(done))


def write(rule: Rule, places: tuple[str, ...] = (NETWORK,)) -> Row:
    """Make the row of an act."""
    return Row(post=rule, places=places)


def both(rule: Rule, done: tuple[int, ...] = (200,), posted: tuple[int, ...] = (200, 302)) -> Row:
    """Make the row of a page of the sign-in package: the form and its answer share an address."""
    return Row(get=rule, post=rule, done=frozenset(done), posted=frozenset(posted))


def rows() -> dict[str, Row]:
    """Return the whole matrix: every part of tests/access_rows, by URL name."""
    from importlib import import_module

    found: dict[str, Row] = {}
    for path in sorted((ROOT / "tests" / "access_rows").glob("*.py")):
        part: dict[str, Row] = import_module(f"tests.access_rows.{path.stem}").ROWS
        assert not found.keys() & part.keys(), f"two rows for {found.keys() & part.keys()}"
        found |= part
    return found


def document() -> str:
    """Return the matrix as a page of the validation file."""
    lines = [
        "# Who may open what",
        "",
        "Made from the permission matrix (`tests/access_matrix.py`, `tests/access_rows/`) by",
        "`python -m tests.access_document`. `tests/test_access.py` opens every address below as each kind of visitor,",
        "for objects of the own organization, of another one and of the network, and fails on an address without a row",
        "(OWASP ASVS 5.0: 8.1.1, 8.2.1, 8.2.2, 8.4.1). What is not allowed answers 403 with its reason; what may not",
        "even be known answers 404; a visitor who is not signed in is sent to the sign-in page; a verb that an address",
        "does not know answers 405.",
        "",
        "## Abilities",
        "",
        "| ability | roles |",
        "| --- | --- |",
        *(f"| `{ability}` | {', '.join(sorted(roles)) or '–'} |" for ability, roles in ABILITIES.items()),
        "",
        "## Addresses",
        "",
        "| address | verb | open to | objects of |",
        "| --- | --- | --- | --- |",
    ]
    for name, row in sorted(rows().items()):
        places = "–" if row.places == (NETWORK,) else ", ".join(row.places)
        for verb, rule in (("GET", row.get), ("POST", row.post)):
            if rule:
                lines.append(f"| `{name}` | {verb} | {rule.words} | {places} |")
    return "\n".join(lines) + "\n"


ALL = PLACES


def main() -> None:
    """Write the document."""
    DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
    DOCUMENT.write_text(document(), encoding="utf-8")
