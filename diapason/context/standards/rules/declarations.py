"""Hold what the catalogue of standards declares, as plain values."""

import re
from dataclasses import dataclass, replace
from dataclasses import field as having
from datetime import date

from diapason.kernel.languages import Bilingual

STATUSES = ("applicable", "in_preparation", "superseded")
ROLES = ("both", "sponsor", "investigator", "central")
DUTIES = ("M", "R")
LINK_KINDS = ("equivalent", "overlap", "supports")
NATURES = ("unchanged", "clarified", "strengthened", "split", "new", "withdrawn")
WORKED_NATURES = ("strengthened", "split", "new")
"""Name the natures of change that an organization has to work on; the others are carried over."""

NUMBER = re.compile(r"^(\d+|[A-Z]\d*)(\.\d+)*$")


@dataclass(frozen=True)
class Problem:
    """Say what is wrong in the catalogue: file, clause and field, then a message id with its parameters."""

    file: str
    clause: str
    field: str
    reason: str
    parameters: dict[str, str] = having(default_factory=dict)

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.clause, self.field) if part)
        return f"{place}: {self.reason % self.parameters if self.parameters else self.reason}"


@dataclass(frozen=True)
class Provenance:
    """Say where a fact comes from and whether it was verified in its source."""

    verified: bool
    source: Bilingual
    as_of: date


@dataclass(frozen=True)
class Clause:
    """Hold one clause: number and title of the standard, question and evidence in our own words."""

    number: str
    parent: str
    title: Bilingual
    title_is_ours: bool
    assessable: bool
    applies_to: str
    weight: int
    documents: str
    question: Bilingual
    evidence: Bilingual
    provenance: Provenance


@dataclass(frozen=True)
class Amendment:
    """Hold an amendment of an edition."""

    label: str
    published: str
    what: Bilingual
    provenance: Provenance


@dataclass(frozen=True)
class Transition:
    """Hold what is known of the time to move from an earlier edition."""

    edition_from: str
    years: int
    ends: date
    provenance: Provenance


@dataclass(frozen=True)
class Edition:
    """Hold one edition of a standard and its clauses, in order."""

    file: str
    code: str
    standard_code: str
    standard_name: str
    publisher: str
    subject: Bilingual
    label: str
    status: str
    published_on: date | None
    applicable_from: date | None
    status_note: Bilingual
    amendments: tuple[Amendment, ...]
    transition: Transition | None
    takes_over: str
    without: frozenset[str]
    documents_provenance: Provenance
    columns: tuple[str, ...]
    clauses: tuple[Clause, ...]

    def numbers(self) -> frozenset[str]:
        """Return the numbers of its clauses."""
        return frozenset(clause.number for clause in self.clauses)

    def completed_by(self, base: "Edition") -> "Edition":
        """Return the edition with the clauses that it takes over from `base`, in natural order."""
        own = {clause.number: clause for clause in self.clauses}
        provenance = self.documents_provenance
        for clause in base.clauses:
            if clause.number not in own and clause.number not in self.without:
                own[clause.number] = replace(clause, provenance=provenance)
        ordered = tuple(sorted(own.values(), key=lambda one: natural_key(one.number)))
        return replace(self, clauses=ordered, columns=self.columns or base.columns)


@dataclass(frozen=True)
class Link:
    """Hold one correspondence between clauses of two editions."""

    file: str
    edition_from: str
    number_from: str
    edition_to: str
    number_to: str
    kind: str
    why: Bilingual
    provenance: Provenance


@dataclass(frozen=True)
class Change:
    """Hold what becomes of a clause from one edition to the next; an empty number stands for nothing."""

    file: str
    edition_from: str
    number_from: str
    edition_to: str
    number_to: str
    nature: str
    what: Bilingual
    provenance: Provenance


@dataclass(frozen=True)
class Catalogue:
    """Hold the whole catalogue of standards and all that is wrong in it."""

    editions: tuple[Edition, ...] = ()
    links: tuple[Link, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def natural_key(number: str) -> tuple[tuple[int, str, int], ...]:
    """Return the key that sorts clause numbers as a table of contents does: P1, 4.2, 4.10, A.1."""
    return tuple(_segment_key(segment) for segment in number.split("."))


def parent_number(number: str) -> str:
    """Return the number of the clause above ("" for a chapter)."""
    return number.rpartition(".")[0]


def _segment_key(segment: str) -> tuple[int, str, int]:
    if segment.isdigit():
        return 1, "", int(segment)
    letter, digits = segment[:1], segment[1:]
    return (0 if letter == "P" else 2), letter, int(digits) if digits.isdigit() else 0
