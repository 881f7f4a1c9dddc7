"""Count root causes, categories and clauses of events, for the Pareto charts and the view by clause."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from diapason.context.standards.models import Clause
from diapason.improvement.quality_events.models import CauseFound, EventClause, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.figures import Asked
from diapason.improvement.quality_events.queries.sights import FEWEST_HOUSES, Sight
from diapason.improvement.quality_events.queries.spans import Gathered, tokens
from diapason.improvement.quality_events.rules import moves
from diapason.ui.together import ask_together

LEFT_OUT = (moves.MERGED, moves.DISMISSED, moves.ROUTED)
"""States that count in no figure; said as what they are not, so that one index answers."""


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
    roots = root_causes().filter(sight.where("event__"), asked.reported("event__"))
    rows = sight.rows.filter(asked.reported()).order_by()
    rooted, categorized = ask_together(
        by_day(roots, "event__reported_on", "event_id", "event__organization_id", "cause"),
        by_day(rows, "reported_on", "organization_id", "category"),
    )
    found: Counter[str] = Counter()
    for _day, text in categorized:
        found.update(tokens(text))
    categories = Counter({(*token.split(" "),): events for token, events in found.items()})
    houses = {house for house, _category in categories}
    return (
        _told(sight, once_an_event(rooted)),
        _told(sight, Counter({key: events for key, events in categories.items() if key[1]})),
        len(houses),
    )


def root_causes() -> QuerySet[CauseFound]:
    """Return the root causes of the events that count, as far as they have a shared word."""
    roots = CauseFound.objects.filter(removed_on=None, is_root=True).exclude(cause="")
    return roots.exclude(event__state__in=LEFT_OUT).order_by()


def by_day(rows: QuerySet[Any], day: str, *parts: str) -> QuerySet[Any, Any]:
    """Return (day, what each of its rows holds)."""
    return rows.values(day).annotate(held=Gathered(*parts)).values_list(day, "held")


def once_an_event(days: Iterable[tuple[date, str]]) -> Counter[tuple[str, ...]]:
    """Return how many events hold the same, out of tokens that begin with the event."""
    found: Counter[str] = Counter()
    for _day, text in days:
        found.update([token.partition(" ")[2] for token in set(tokens(text))])
    return Counter({(*token.split(" "),): events for token, events in found.items()})


def _told(sight: Sight, counts: Counter[tuple[str, ...]]) -> list[Counted]:
    """Return the counts by code that may be told, out of (organization, code): of others nothing below five of them."""
    events: Counter[str] = Counter()
    houses: Counter[str] = Counter()
    for (_house, code), number in counts.items():
        events[code] += number
        houses[code] += 1
    found = [Counted(code, events[code], houses[code]) for code in sorted(events)]
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
        .exclude(event__state__in=LEFT_OUT)
        .order_by()
    )
    names = Clause.objects.order_by().values_list("pk", "edition__code", "edition__label", "number")
    known, days = ask_together(names, by_day(rows, "event__reported_on", "event__organization_id", "clause_id"))
    told = {pk: (edition, label, number) for pk, edition, label, number in known}
    months: dict[str, Counter[str]] = {}
    for day, text in days:
        months.setdefault(day.isoformat()[:7], Counter()).update(tokens(text))
    found = Counter(
        {(*map(int, token.split(" ")), month): events for month, counts in months.items() for token, events in counts.items()}
    )
    if not sight.counts_only:
        return [ClauseCount(*told[clause], house, month, events, 1) for (house, clause, month), events in found.items()]
    every, houses = Counter(), {}
    for (house, clause, _month), events in found.items():
        every[clause] += events
        houses.setdefault(clause, set()).add(house)
    return [
        ClauseCount(*told[clause], 0, "", events, len(houses[clause]))
        for clause, events in every.items()
        if len(houses[clause]) >= FEWEST_HOUSES
    ]
