"""Say what the certificates cover, cell by cell, and since when the whole network is certified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.queries.entries import Member
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules import coverage as rules
from diapason.certification.certificates.rules.coverage import Cell, NetworkAnswer, Requirement
from diapason.context.network.models import Site


@dataclass(frozen=True)
class Declared:
    """Hold what was declared of a cell: performed or not, and where this is known from."""

    requirement: Requirement
    performed: bool
    source: str = ""


@dataclass(frozen=True)
class Row:
    """Hold one line of the coverage matrix: an organization, one of its sites ("" for the whole), its states."""

    member: Member
    site: str
    site_name: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Hold the coverage matrix: activities across, organizations and sites down."""

    activities: tuple[tables.Activity, ...]
    rows: tuple[Row, ...]

    def count(self, state: str) -> int:
        """Return how many cells are in that state."""
        return sum(row.states.count(state) for row in self.rows)


def declared_activities(register: Register) -> dict[Cell, Declared]:
    """Return what the members declared, by cell (kept on the register)."""
    known: dict[Cell, Declared] | None = getattr(register, "declared", None)
    if known is not None:
        return known
    found = {}
    for code, site, activity, performed, first, last, source in register.declarations:
        cell = Cell(code, site or "", activity)
        found[cell] = Declared(Requirement(cell, first, last), performed, source)
    register.declared = found  # type: ignore[attr-defined]
    return found


def network_answer(register: Register, on: date) -> NetworkAnswer:
    """Return since when every declared activity of every member is certified, from certificates only.

    A member that declared nothing is a cell that is not known: the network is never called whole without it.
    """
    declared = declared_activities(register)
    required = [d.requirement for d in declared.values() if d.performed]
    answer = rules.network_answer(required, register.coverage, on)
    silent = sorted(register.members.keys() - {cell.organization for cell in declared})
    if not silent:
        return answer
    cells = tuple(Cell(code, "", "") for code in silent)
    state = rules.UNCOVERED if answer.state == rules.UNCOVERED else rules.NOT_KNOWN
    return NetworkAnswer(
        state,
        on,
        None,
        answer.uncovered,
        (*answer.not_known, *cells),
        answer.bounded,
        answer.complete,
        answer.required,
    )


def matrix(register: Register, on: date) -> Matrix:
    """Return the state of each activity at each site on that day (one query).

    A declared activity is covered, uncovered or not known; one declared as not performed is said so; a cell of
    which nobody said anything is not known, unless a certificate covers it.
    """
    declared = declared_activities(register)
    used = {c.activity for c in declared} | {c.activity for c in register.coverage.possible}
    columns = tuple(a for a in tables.activities().values() if a.detail or a.code in used)
    places = _places(register, {*declared, *register.coverage.possible})
    rows = tuple(
        Row(
            member,
            site,
            name,
            tuple(_state(Cell(member.code, site, a.code), declared, register, on) for a in columns),
        )
        for member, site, name in places
    )
    return Matrix(columns, rows)


def _places(register: Register, cells: set[Cell]) -> list[tuple[Member, str, str]]:
    """Return the lines of the matrix: the organization as a whole when something is known so, then its sites.

    The only site of an organization that is known as a whole gets no line of its own.
    """
    whole = {cell.organization for cell in cells if not cell.site}
    sites: dict[str, list[tuple[str, str]]] = {}
    named = {cell.site for cell in cells if cell.site}
    for owner, code, name, hospital in Site.objects.order_by("code").values_list(
        "organization__code", "code", "name", "is_hospital_site"
    ):
        if hospital or code in named:
            sites.setdefault(owner, []).append((code, name))
    found: list[tuple[Member, str, str]] = []
    for code, member in register.members.items():
        places = sites.get(code, [])
        if code in whole or not places:
            found.append((member, "", ""))
            places = [p for p in places if len(places) > 1 or p[0] in named]
        found += [(member, site, name) for site, name in places]
    return found


def _state(cell: Cell, declared: dict[Cell, Declared], register: Register, on: date) -> str:
    said = declared.get(cell)
    state = register.coverage.state(cell, on)
    if said is None:
        return state if state != rules.UNCOVERED else rules.NOT_KNOWN
    if not said.performed:
        return rules.NOT_PERFORMED
    first, last = said.requirement.stretch
    return state if first <= on <= last else rules.NOT_PERFORMED


def uncovered(answer: NetworkAnswer, register: Register) -> Sequence[tuple[Member, Cell]]:
    """Return the uncovered cells with the organization they belong to."""
    return [
        (register.members[c.organization], c) for c in answer.uncovered if c.organization in register.members
    ]
