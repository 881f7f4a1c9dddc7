"""Read the folder of standards; every error of every file is reported, not only the first."""

from pathlib import Path
from typing import Any

import yaml

from diapason.context.standards.rules.checking import check
from diapason.context.standards.rules.declarations import (
    DUTIES,
    LINK_KINDS,
    NATURES,
    NUMBER,
    ROLES,
    STATUSES,
    Amendment,
    Catalogue,
    Change,
    Clause,
    Edition,
    Link,
    Problem,
    Provenance,
    Transition,
    parent_number,
)
from diapason.context.standards.rules.fields import NEVER, Fields
from diapason.kernel.declarations import read_yaml
from diapason.kernel.languages import Bilingual
from diapason.kernel.words import message

EDITION_FIELDS = (
    "kind", "code", "standard", "label", "status", "published_on", "applicable_from", "status_note", "amendments",
    "transition", "takes_over", "without", "columns", "provenance", "clauses",
)  # fmt: skip
CLAUSE_FIELDS = (
    "number", "parent", "title", "title_is_ours", "assessable", "applies_to", "weight", "documents", "question",
    "evidence", "verified", "source", "as_of",
)  # fmt: skip
NOTHING = Bilingual("", "")


def read_catalogue(folder: Path) -> Catalogue:
    """Return the editions, links and changes that the YAML files of `folder` declare, with all their problems."""
    problems: list[Problem] = []
    editions: list[Edition] = []
    links: list[Link] = []
    changes: list[Change] = []
    for path in sorted(folder.glob("*.yaml")):
        data = _load(path, problems)
        fields = Fields(data, path.name, problems)
        kind = fields.choice("kind", ("edition", "crosswalk", "changes", "maturity_scale"))
        if not data:
            continue
        if kind == "edition":
            editions.append(_edition(fields))
        elif kind == "crosswalk":
            links += _links(fields)
        elif kind == "changes":
            changes += _changes(fields)
    catalogue = Catalogue(tuple(_completed(editions)), tuple(links), tuple(changes), tuple(problems))
    return check(catalogue)


def _load(path: Path, problems: list[Problem]) -> Any:
    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        problems.append(Problem(path.name, "", "", message("this file is not UTF-8 text")))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        problems.append(
            Problem(
                path.name, "", "", message("this file is not YAML, near line %(line)s"), {"line": str(line)}
            )
        )
    except ValueError:
        problems.append(Problem(path.name, "", "", message("a date in this file is not in the calendar")))
    return {}


def _completed(editions: list[Edition]) -> list[Edition]:
    """Return the editions, each with what it takes over from another."""
    known = {edition.code: edition for edition in editions}
    return [
        edition.completed_by(known[edition.takes_over]) if edition.takes_over in known else edition
        for edition in editions
    ]


def _edition(fields: Fields) -> Edition:
    fields.only(*EDITION_FIELDS)
    standard = Fields(fields.data.get("standard"), fields.file, fields.problems)
    aspects = Fields(fields.data.get("provenance"), fields.file, fields.problems)
    titles = Fields(aspects.data.get("titles"), fields.file, fields.problems).provenance()
    documents = Fields(aspects.data.get("documents"), fields.file, fields.problems).provenance()
    Fields(aspects.data.get("weight"), fields.file, fields.problems).provenance()
    return Edition(
        file=fields.file,
        code=fields.text("code"),
        standard_code=standard.text("code"),
        standard_name=standard.text("name"),
        publisher=standard.text("publisher"),
        subject=standard.bilingual("subject"),
        label=fields.text("label"),
        status=fields.choice("status", STATUSES),
        published_on=fields.day("published_on"),
        applicable_from=fields.day("applicable_from"),
        status_note=fields.bilingual("status_note", required=False),
        amendments=tuple(
            _amendment(Fields(row, fields.file, fields.problems)) for row in _rows(fields, "amendments")
        ),
        transition=_transition(fields),
        takes_over=fields.text("takes_over", required=False),
        without=frozenset(str(number) for number in _rows(fields, "without")),
        documents_provenance=documents,
        columns=tuple(str(number) for number in _rows(fields, "columns")),
        clauses=tuple(_clause(row, fields, titles) for row in _rows(fields, "clauses")),
    )


def _rows(fields: Fields, name: str) -> list[Any]:
    value = fields.data.get(name) or []
    if not isinstance(value, list):
        fields.wrong(name, message("a list is expected"))
        return []
    return value


def _amendment(fields: Fields) -> Amendment:
    return Amendment(
        fields.text("label"),
        fields.text("published", required=False),
        fields.bilingual("what"),
        fields.provenance(),
    )


def _transition(fields: Fields) -> Transition | None:
    if "transition" not in fields.data:
        return None
    inner = Fields(fields.data["transition"], fields.file, fields.problems)
    ends = inner.day("ends", required=True)
    return Transition(inner.text("from"), inner.whole("years", 1, 10, 3), ends or NEVER, inner.provenance())


def _clause(row: Any, edition: Fields, titles: Provenance) -> Clause:
    number = _named(row, "number")
    fields = Fields(row, edition.file, edition.problems, clause=number)
    fields.only(*CLAUSE_FIELDS)
    if not isinstance(fields.data.get("number"), str) or not NUMBER.match(number):
        fields.wrong("number", message("a clause number such as 7.1.5 is expected, between quotes"))
    assessable = fields.truth("assessable", default=True)
    return Clause(
        number=number,
        parent=fields.text("parent", required=False) or parent_number(number),
        title=fields.bilingual("title"),
        title_is_ours=fields.truth("title_is_ours"),
        assessable=assessable,
        applies_to=fields.choice("applies_to", ROLES, "both"),
        weight=fields.whole("weight", 1, 3, 2),
        documents=_duties(fields),
        question=fields.bilingual("question") if assessable else NOTHING,
        evidence=fields.bilingual_lines("evidence") if assessable else NOTHING,
        provenance=fields.provenance(titles),
    )


def _named(row: Any, name: str) -> str:
    """Return how a row is named in messages, even when it is not what it should be."""
    return str(row.get(name) or "") if isinstance(row, dict) else ""


def _duties(fields: Fields) -> str:
    """Return the document duty: "", "M" (maintain), "R" (retain) or "MR"."""
    found = _rows(fields, "documents")
    for letter in found:
        if letter not in DUTIES:
            fields.wrong("documents", message("only M (maintain) and R (retain) are known"))
    return "".join(letter for letter in DUTIES if letter in found)


def _links(fields: Fields) -> list[Link]:
    provenance = Fields(fields.data.get("provenance"), fields.file, fields.problems).provenance()
    found = []
    for row in _rows(fields, "links"):
        inner = Fields(row, fields.file, fields.problems, clause=_named(row, "from"))
        found.append(
            Link(
                fields.file,
                fields.text("from"),
                inner.text("from"),
                fields.text("to"),
                inner.text("to"),
                inner.choice("kind", LINK_KINDS),
                inner.bilingual("why"),
                inner.provenance(provenance),
            )
        )
    return found


def _changes(fields: Fields) -> list[Change]:
    provenance = Fields(fields.data.get("provenance"), fields.file, fields.problems).provenance()
    found = []
    for row in _rows(fields, "changes"):
        inner = Fields(row, fields.file, fields.problems, clause=_named(row, "from") or _named(row, "to"))
        found.append(
            Change(
                fields.file,
                fields.text("from"),
                inner.text("from", required=False),
                fields.text("to"),
                inner.text("to", required=False),
                inner.choice("nature", NATURES),
                inner.bilingual("what"),
                inner.provenance(provenance),
            )
        )
    return found
