"""Count root causes, categories and clauses of events, for the Pareto charts and the view by clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause
from diapason.improvement.quality_events.models import CauseFound, EventClause, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.figures import Asked
from diapason.improvement.quality_events.queries.sights import FEWEST_HOUSES, Sight
from diapason.improvement.quality_events.queries.spans import MonthOf
from diapason.improvement.quality_events.rules import moves
from diapason.ui.together import HowMany, ask_together

COUNTED = ~Q(event__state=moves.MERGED) & ~Q(event__state=moves.DISMISSED) & ~Q(event__state=moves.ROUTED)
"""Say which events count, by the states that do not, so that one index answers; each alone, which is faster."""


@dataclass(frozen=True)
class Counted:
    """Hold how many events share a code (of a cause or a category), and in how many organizations."""

    code: str
    events: int
    houses: int


@dataclass(frozen=True)
class ClauseCount:
    """Hold how many events touch a clause: of one house and month, or of all (`house` 0) in so many organizations."""

    edition: str
    edition_label: str
    number: str
    house: int
    month: str
    events: int
    houses: int


def causes_of(sight: Sight, asked: Asked) -> tuple[list[Counted], list[Counted], int]:
    """Return root causes, categories, and how many organizations they come from: one statement."""
    roots = CauseFound.objects.filter(
        sight.where("event__"), asked.reported("event__"),
        removed_on=None, is_root=True,
    ).filter(COUNTED).exclude(cause="").order_by()  # fmt: skip
    rows = sight.rows.filter(asked.reported()).order_by()
    causes, categories, houses = ask_together(
        roots.values("cause")
        .annotate(events=Count("event", distinct=True), houses=Count("event__organization", distinct=True))
        .values_list("cause", "events", "houses"),
        rows.exclude(category="")
        .values("category")
        .annotate(events=Count("pk"), houses=Count("organization", distinct=True))
        .values_list("category", "events", "houses"),
        HowMany(Organization.objects.filter(Exists(rows.filter(organization=OuterRef("pk")))).order_by()),
    )
    return _told(sight, causes), _told(sight, categories), houses


def _told(sight: Sight, rows: Sequence[tuple[str, int, int]]) -> list[Counted]:
    """Return the counts that may be told: of others nothing below five organizations."""
    found = [Counted(*row) for row in rows]
    return [one for one in found if one.houses >= FEWEST_HOUSES] if sight.counts_only else found


def name_of_cause(code: str) -> str:
    """Return the shared word for a cause."""
    named = words().causes.get(code)
    return said(named.name) if named else code


def name_of_category(code: str) -> str:
    """Return the name of a category."""
    named = words().categories.get(code)
    return said(named.name) if named else code


def clauses_of(sight: Sight, asked: Asked) -> list[ClauseCount]:
    """Return the clauses touched by house and month; of others only what at least five organizations share."""
    rows: QuerySet[EventClause] = (
        EventClause.objects.filter(sight.where("event__"), asked.reported("event__"))
        .filter(COUNTED)
        .order_by()
    )
    names = Clause.objects.order_by().values_list("pk", "edition__code", "edition__label", "number")
    if sight.counts_only:
        each = rows.values("clause_id").annotate(
            events=Count("pk"), houses=Count("event__organization", distinct=True)
        )
        known, found = ask_together(names, each.values_list("clause_id", "events", "houses"))
        told = {pk: (edition, label, number) for pk, edition, label, number in known}
        return [
            ClauseCount(*told[clause], 0, "", events, houses)
            for clause, events, houses in found
            if houses >= FEWEST_HOUSES
        ]
    monthly = rows.values(month=MonthOf("event__reported_on")).annotate(events=Count("pk"))
    asked_for = monthly.values_list("clause_id", "event__organization_id", "month", "events")
    known, found = ask_together(names, asked_for)
    told = {pk: (edition, label, number) for pk, edition, label, number in known}
    return [ClauseCount(*told[clause], house, month, events, 1) for clause, house, month, events in found]
