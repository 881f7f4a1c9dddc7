"""Check the catalogue as a whole: numbers that point nowhere, duplicates, clauses without a way to the next edition."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from diapason.context.standards.rules.declarations import Catalogue, Change, Edition, Link, Problem
from diapason.kernel.languages import Bilingual
from diapason.kernel.words import message


def check(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with unlisted changes filled in and the problems found across files added."""
    full = replace(catalogue, changes=with_unchanged(catalogue))
    found = [*_codes(full.editions), *(p for edition in full.editions for p in _tree(edition))]
    found += _pointers(full, full.links)
    found += _pointers(full, full.changes)
    return replace(full, problems=(*full.problems, *found))


def with_unchanged(catalogue: Catalogue) -> tuple[Change, ...]:
    """Return the changes, and for each pair of editions the clauses that no row names, as unchanged."""
    editions = {edition.code: edition for edition in catalogue.editions}
    filled = list(catalogue.changes)
    for first in {(c.edition_from, c.edition_to): c for c in catalogue.changes}.values():
        if first.edition_from not in editions or first.edition_to not in editions:
            continue
        of_pair = [c for c in catalogue.changes if (c.edition_from, c.edition_to) == _pair(first)]
        named = {c.number_from for c in of_pair} | {c.number_to for c in of_pair}
        kept = editions[first.edition_to].numbers()
        for clause in editions[first.edition_from].clauses:
            if clause.assessable and clause.number not in named and clause.number in kept:
                filled.append(
                    replace(
                        first,
                        number_from=clause.number,
                        number_to=clause.number,
                        nature="unchanged",
                        what=Bilingual("", ""),
                    )
                )
    return tuple(filled)


def _pair(change: Change) -> tuple[str, str]:
    return change.edition_from, change.edition_to


def _codes(editions: tuple[Edition, ...]) -> Iterator[Problem]:
    codes = Counter(edition.code for edition in editions)
    known = set(codes)
    for edition in editions:
        if codes[edition.code] > 1:
            yield Problem(edition.file, "", "code", message("two files declare this code"))
        if edition.takes_over and edition.takes_over not in known:
            yield Problem(edition.file, "", "takes_over", message("no edition has this code"))
        if edition.transition and edition.transition.edition_from not in known:
            yield Problem(edition.file, "", "transition.from", message("no edition has this code"))


def _tree(edition: Edition) -> Iterator[Problem]:
    numbers = Counter(clause.number for clause in edition.clauses)
    for clause in edition.clauses:
        if numbers[clause.number] > 1:
            yield Problem(edition.file, clause.number, "number", message("this number appears twice"))
        if clause.parent and clause.parent not in numbers:
            yield Problem(
                edition.file,
                clause.number,
                "parent",
                message("the clause above, %(parent)s, is not in the file"),
                {"parent": clause.parent},
            )
    for number in edition.columns:
        if number not in numbers:
            yield Problem(edition.file, number, "columns", message("this clause is not in the file"))
    if not any(clause.assessable for clause in edition.clauses):
        yield Problem(edition.file, "", "clauses", message("no clause can be assessed"))


def _pointers(catalogue: Catalogue, rows: tuple[Link, ...] | tuple[Change, ...]) -> Iterator[Problem]:
    editions = {edition.code: edition for edition in catalogue.editions}
    seen: set[tuple[str, str, str, str]] = set()
    for row in rows:
        key = (row.edition_from, row.number_from, row.edition_to, row.number_to)
        if key in seen:
            yield Problem(row.file, row.number_from, "to", message("this correspondence is written twice"))
        seen.add(key)
        for side, code, number in (
            ("from", row.edition_from, row.number_from),
            ("to", row.edition_to, row.number_to),
        ):
            if code not in editions:
                yield Problem(row.file, row.number_from, side, message("no edition has this code"))
            elif number and number not in editions[code].numbers():
                yield Problem(
                    row.file,
                    row.number_from or row.number_to,
                    side,
                    message("%(edition)s has no clause %(number)s"),
                    {"edition": editions[code].label, "number": number},
                )
