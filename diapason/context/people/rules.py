"""Read the declared roles and decide what assignments amount to; no Django, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from diapason.kernel.declarations import read_yaml
from diapason.kernel.languages import Bilingual
from diapason.kernel.scope import EVERYWHERE, FORMS, Scope

LEVELS = ("network", "organization")
AUDIENCES = ("steering", "quality_managers", "organization", "certifier", "funder", "public")
"""From the one to whom most is shown to the one to whom least is: a person with several roles is the first of them."""
INVITATION_DAYS = 7


class BadRoles(Exception):
    """Stop the loading of roles; carries every mistake found, one sentence each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("roles.yaml: " + "; ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True)
class Role:
    """Hold one declared role."""

    code: str
    name: Bilingual
    description: Bilingual
    levels: tuple[str, ...]
    sees_all: bool
    audience: str
    abilities: frozenset[str]


@dataclass(frozen=True)
class Roles:
    """Hold the declared roles and the wording of each ability, in the order of the file."""

    roles: Mapping[str, Role]
    abilities: Mapping[str, Bilingual]

    def __getitem__(self, code: str) -> Role:
        return self.roles[code]

    def __contains__(self, code: object) -> bool:
        return code in self.roles

    def named(self, code: str) -> Bilingual:
        """Return the name of a role; of one no longer declared, its code."""
        role = self.roles.get(code)
        return role.name if role else Bilingual(code, code)

    def holding(self, ability: str) -> list[Role]:
        """Return the roles that include `ability`."""
        return [role for role in self.roles.values() if ability in role.abilities]


@lru_cache(maxsize=4)
def load_roles(path: Path) -> Roles:
    """Return the roles declared in the YAML file; raise BadRoles naming every mistake."""
    try:
        raw = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadRoles([f"cannot be read: {error}"]) from error
    return parse_roles(raw)


def parse_roles(raw: Any) -> Roles:
    """Return the roles of parsed YAML; raise BadRoles naming every mistake."""
    if not isinstance(raw, dict) or set(raw) != {"abilities", "roles"}:
        raise BadRoles(["the file needs exactly the two keys abilities and roles"])
    mistakes: list[str] = []
    abilities = {code: _words(texts, code, mistakes) for code, texts in (raw["abilities"] or {}).items()}
    roles = {code: _role(code, given, abilities, mistakes) for code, given in (raw["roles"] or {}).items()}
    if not any("manage_accounts" in role.abilities and "network" in role.levels for role in roles.values()):
        mistakes.append("no role of the network may manage_accounts: nobody could invite anybody")
    if mistakes:
        raise BadRoles(mistakes)
    return Roles(roles, abilities)


def _words(given: Any, where: str, mistakes: list[str]) -> Bilingual:
    if not isinstance(given, dict) or set(given) != {"fr", "en"} or not all(given.values()):
        mistakes.append(f"{where}: needs fr and en")
        return Bilingual("", "")
    return Bilingual(str(given["fr"]), str(given["en"]))


def _role(code: str, given: Any, known: Mapping[str, Bilingual], mistakes: list[str]) -> Role:
    wanted = {"name", "description", "levels", "sees", "audience", "abilities"}
    if not isinstance(given, dict) or set(given) != wanted:
        mistakes.append(f"{code}: needs exactly {', '.join(sorted(wanted))}")
        given = {"abilities": [], "levels": ["network"], "sees": "own", "audience": "public"} | dict(
            given or {}
        )
    levels, listed = tuple(given["levels"] or ()), list(given["abilities"] or ())
    if not levels or set(levels) - set(LEVELS):
        mistakes.append(f"{code}: levels are {' and '.join(LEVELS)}, not {', '.join(levels) or 'nothing'}")
    if given["audience"] not in AUDIENCES:
        mistakes.append(f"{code}: unknown audience {given['audience']}")
    if given["sees"] not in {"all", "own"}:
        mistakes.append(f"{code}: sees is all or own, not {given['sees']}")
    mistakes += [f"{code}: unknown ability {name}" for name in listed if name not in known]
    mistakes += [
        f"{code}: ability {name} stands twice" for name in {n for n in listed if listed.count(n) > 1}
    ]
    return Role(
        code=code,
        name=_words(given.get("name"), f"{code}, name", mistakes),
        description=_words(given.get("description"), f"{code}, description", mistakes),
        levels=levels,
        sees_all=given["sees"] == "all",
        audience=given["audience"],
        abilities=frozenset(listed),
    )


def roles_in_force(
    person: int, rows: list[tuple[int, str, int | None, int | None]]
) -> list[tuple[str, int | None]]:
    """Return (role, organization) of the roles that a person exercises, among rows whose dates include the day.

    `rows` are (person, role, organization, person replaced) of that person and of those whom he or she replaces: a
    stand-in's role holds only while the person replaced holds it.
    """
    own = {(who, role, where) for who, role, where, replaced in rows if replaced is None}
    return [
        (role, where)
        for who, role, where, replaced in rows
        if who == person and (replaced is None or (replaced, role, where) in own)
    ]


def audiences(held: Iterable[str], roles: Roles) -> list[str]:
    """Return the audiences to which the holder of these roles belongs, the widest sight first."""
    mine = {roles[code].audience for code in held if code in roles}
    return [name for name in AUDIENCES if name in mine or name == "public"]


def scope_of(
    person: str, held: Iterable[tuple[str, int | None]], charter: Iterable[tuple[str, str]], roles: Roles
) -> Scope:
    """Return what a person may do and see.

    `held` are (role code, organization id or None for the network) in force; `charter` are (object kind, form) open to
    one of the audiences, of which the widest form counts. A role that is no longer declared gives nothing.
    """
    known = [(roles[code], organization) for code, organization in held if code in roles]
    abilities: dict[str, frozenset[int]] = {}
    for role, organization in known:
        where = EVERYWHERE if organization is None else frozenset({organization})
        for ability in role.abilities:
            so_far = abilities.get(ability, frozenset())
            abilities[ability] = EVERYWHERE if EVERYWHERE in (so_far, where) else so_far | where
    forms: dict[str, str] = {}
    for kind, form in charter:
        forms[kind] = max(form, forms.get(kind, "none"), key=FORMS.index)
    codes = tuple(dict.fromkeys(role.code for role, _ in known))
    return Scope(
        person=person,
        organizations=frozenset(organization for _, organization in known if organization is not None),
        network_wide=any(role.sees_all and organization is None for role, organization in known),
        audience=audiences(codes, roles)[0] if codes else "nobody",
        abilities=abilities,
        charter=forms,
        roles=codes,
    )


def next_number(last: str, prefix: str) -> str:
    """Return the identifier that follows `last` ("" when there is none): P-0001, P-0002 … P-10000."""
    number = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return f"{prefix}-{number:04d}"


DEMO_PASSWORD = "accordons-nos-voix-2026"  # noqa: S105  # nosec B105: shown to everybody, in a demonstration only
DEMO_DOMAIN = "demo.example"
DEMO_ROLES = {
    "network_coordinator": "coordination",
    "network_director": "direction",
    "quality_manager": "raq",
    "process_owner": "pilote",
    "research_staff": "equipe",
    "sponsor_project_manager": "promotion",
    "internal_auditor": "audit",
    "external_certifier": "certification",
    "funder": "financeur",
    "administrator": "administration",
}
"""The demo account of each role: the local part of its address."""

_GIVEN = (
    "Maëlle", "Bastien", "Clarisse", "Ilyes", "Sidonie", "Corentin", "Nour", "Aurélien", "Solène", "Tanguy", "Inès",
    "Gaspard",
    "Héloïse", "Malik", "Ondine", "Rémi", "Yasmine", "Loïc", "Apolline", "Kévin", "Faustine", "Émile", "Zélie",
)  # fmt: skip
_FAMILY = (
    "Quercelin", "Vaubrun", "Tillemay", "Orsenne", "Dalvimar", "Bellecombre",
    "Farnoise", "Lagrenée", "Montesquivel",
    "Pravaux", "Sauvelune", "Tressanges", "Valombreuse", "Aubrelle", "Corvisac", "Estrevigne", "Granvelle-Roc",
    "Hautecime",
    "Kermoal-Riec", "Lorvain-Bois", "Marnival", "Noirlieu", "Ombredane",
)  # fmt: skip


def fictional_name(position: int) -> tuple[str, str]:
    """Return the given and family name of the nth fictional person; the first 506 differ."""
    family = _FAMILY[position % len(_FAMILY)]
    return _GIVEN[(position + position // len(_FAMILY)) % len(_GIVEN)], family
