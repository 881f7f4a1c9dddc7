"""Answer questions about standards: the stored records, a loading plan, a clause tree, correspondences."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from diapason.context.standards.models import Amendment, Clause, ClauseChange, ClauseLink, Edition, Standard
from diapason.context.standards.rules.planning import Plan, Stored, section_of
from diapason.context.standards.rules.records import KINDS, Records, catalogue_hash, clause_key
from diapason.ui.search import Hit

MODELS: dict[str, Any] = {
    "standard": Standard,
    "edition": Edition,
    "amendment": Amendment,
    "clause": Clause,
    "link": ClauseLink,
    "change": ClauseChange,
}
JOINS: dict[str, tuple[str, ...]] = {
    "standard": (),
    "edition": ("standard", "transition_from"),
    "amendment": ("edition",),
    "clause": ("edition",),
    "link": ("edition_from", "edition_to", "clause_from", "clause_to"),
    "change": ("edition_from", "edition_to", "clause_from", "clause_to"),
}
POINTERS = {"standard": "standard", "edition": "edition", "transition_from": "transition_from"}


def stored_records() -> dict[str, dict[str, tuple[Any, Stored]]]:
    """Return kind → key → (row, its values) for all that is stored (6 queries)."""
    found: dict[str, dict[str, tuple[Any, Stored]]] = {}
    for kind in KINDS:
        rows = MODELS[kind].objects.select_related(*JOINS[kind]).order_by("pk")
        found[kind] = {
            key_of(kind, row): (row, Stored(_values(kind, row), bool(getattr(row, "withdrawn_on", None))))
            for row in rows
        }
    return found


def loading_plan(records: Records, stored: dict[str, dict[str, tuple[Any, Stored]]] | None = None) -> Plan:
    """Return what a loading of these records would do (6 queries)."""
    stored = stored if stored is not None else stored_records()
    sections = []
    for kind in KINDS:
        plain = {key: one for key, (_, one) in stored[kind].items()}
        if kind == "standard":  # a standard stays: its editions are what is withdrawn
            plain = {key: one for key, one in plain.items() if key in records[kind]}
        sections.append(section_of(kind, records[kind], plain))
    return Plan(tuple(sections), catalogue_hash(records))


def key_of(kind: str, row: Any) -> str:
    """Return the natural key of a stored row, the same as in the catalogue."""
    if kind in {"standard", "edition"}:
        return str(row.code)
    if kind == "amendment":
        return f"{row.edition.code}/{row.label}"
    if kind == "clause":
        return clause_key(row.edition.code, row.number)
    start = clause_key(row.edition_from.code, row.clause_from.number if row.clause_from else "")
    return f"{start} > {clause_key(row.edition_to.code, row.clause_to.number if row.clause_to else '')}"


def _values(kind: str, row: Any) -> dict[str, Any]:
    values = {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if not f.is_relation}
    for name in JOINS[kind]:
        thing = getattr(row, name)
        if name.startswith("clause_"):
            values[name.replace("clause_", "number_")] = thing.number if thing else ""
        else:
            values[name] = thing.code if thing else ""
    return values


def editions_in_use() -> QuerySet[Edition]:
    """Return the editions that the catalogue declares, with their standard."""
    return Edition.objects.in_use().select_related("standard")


def editions_with_counts() -> QuerySet[Edition]:
    """Return the editions in use, each with the number of clauses that are assessed (`questions`)."""
    counted = Count("clauses", filter=Q(clauses__assessable=True, clauses__withdrawn_on=None))
    return editions_in_use().annotate(questions=counted)


def applicable_edition(standard_code: str = "iso-9001") -> QuerySet[Edition]:
    """Return the applicable edition of a standard as a question of one row at most."""
    applicable = Edition.objects.in_use().filter(status=Edition.Status.APPLICABLE)
    return applicable.filter(standard__code=standard_code).order_by("-published_on", "pk")[:1]


def current_edition(standard_code: str = "iso-9001") -> Edition | None:
    """Return the applicable edition of a standard, None when nothing is loaded."""
    return next(iter(applicable_edition(standard_code)), None)


def chapters_of(clauses: Iterable[Clause]) -> list[tuple[Clause, list[Clause]]]:
    """Return each chapter with all clauses below it, in order; a clause whose parent is gone stands alone."""
    found: list[tuple[Clause, list[Clause]]] = []
    place: dict[str, list[Clause]] = {}
    for clause in clauses:
        above = place.get(clause.parent_number)
        if above is None:
            below: list[Clause] = []
            found.append((clause, below))
            place[clause.number] = below
        else:
            above.append(clause)
            place[clause.number] = above
    return found


def ancestors_of(clause: Clause, clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses above, from the chapter down."""
    by_number = {one.number: one for one in clauses}
    found: list[Clause] = []
    above = by_number.get(clause.parent_number)
    while above is not None and above not in found:
        found.insert(0, above)
        above = by_number.get(above.parent_number)
    return found


def links_of(clause: Clause) -> QuerySet[ClauseLink]:
    """Return the links of a clause in both directions; a later edition's has those of where it comes from, too."""
    inherited = ClauseChange.objects.in_use().filter(clause_to=clause).values("clause_from")
    links = ClauseLink.objects.in_use().filter(
        Q(clause_from=clause) | Q(clause_to=clause) | Q(clause_from__in=inherited)
    )
    return links.select_related("clause_from__edition", "clause_to__edition")


def correspondences(clause: Clause, links: Iterable[ClauseLink]) -> list[tuple[ClauseLink, Clause]]:
    """Return the links of a clause, each with the clause at the other end."""
    return [(link, link.clause_from if link.clause_to_id == clause.pk else link.clause_to) for link in links]


def linked_editions(edition: Edition) -> QuerySet[Edition]:
    """Return the editions of other standards to which this one is linked (1 query)."""
    links = ClauseLink.objects.in_use().order_by()
    towards = links.filter(edition_from=edition).values("edition_to")
    from_others = links.filter(edition_to=edition).values("edition_from")
    linked = Edition.objects.in_use().filter(Q(pk__in=towards) | Q(pk__in=from_others))
    return linked.exclude(pk=edition.pk).order_by("label")


def correspondence_table(edition: Edition) -> list[tuple[Clause, list[tuple[ClauseLink, Clause]]]]:
    """Return each assessed clause with its links in both directions, those without any included (3 queries)."""
    links = (
        ClauseLink.objects.in_use()
        .filter(Q(edition_from=edition) | Q(edition_to=edition))
        .select_related("clause_from__edition", "clause_to__edition")
    )
    by_clause: dict[int, list[tuple[ClauseLink, Clause]]] = {}
    for link in links:
        mine, other = (
            (link.clause_from, link.clause_to)
            if link.edition_from_id == edition.pk
            else (link.clause_to, link.clause_from)
        )
        by_clause.setdefault(mine.pk, []).append((link, other))
    clauses = edition.clauses.assessable().select_related("edition")
    return [(clause, by_clause.get(clause.pk, [])) for clause in clauses]


def neighbours(clause: Clause, clauses: Iterable[Clause]) -> tuple[Clause | None, Clause | None]:
    """Return the assessed clauses before and after this one."""
    asked = [one for one in clauses if one.assessable]
    before = [one for one in asked if one.position < clause.position]
    after = [one for one in asked if one.position > clause.position]
    return (before[-1] if before else None), (after[0] if after else None)


def changes_of(clause: Clause) -> QuerySet[ClauseChange]:
    """Return what became of a clause, or where it comes from (1 query)."""
    changes = ClauseChange.objects.in_use().filter(Q(clause_from=clause) | Q(clause_to=clause))
    return changes.select_related("edition_from", "edition_to", "clause_from__edition", "clause_to__edition")


def changes_to(edition: Edition) -> QuerySet[ClauseChange]:
    """Return what changes, clause by clause, from the edition that this one follows (1 query)."""
    changes = ClauseChange.objects.in_use().filter(
        edition_from=edition.transition_from_id, edition_to=edition
    )
    return changes.select_related("clause_from", "clause_to")


def changes_between(edition_from: Edition, edition_to: Edition) -> QuerySet[ClauseChange]:
    """Return what changes from one edition to another, clause by clause (1 query)."""
    changes = ClauseChange.objects.in_use().filter(edition_from=edition_from, edition_to=edition_to)
    return changes.select_related("clause_from", "clause_to")


def clauses_matching(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Return the clauses whose number or title holds the text (one query)."""
    wanted = text.removeprefix("§").strip()
    found = (
        Clause.objects.in_use()
        .filter(Q(number__startswith=wanted) | Q(title_fr__icontains=wanted) | Q(title_en__icontains=wanted))
        .filter(edition__withdrawn_on=None)
        .select_related("edition")[:limit]
    )
    return [Hit(f"§ {c.number} {c.title}", c.get_absolute_url(), c.edition.label) for c in found]
