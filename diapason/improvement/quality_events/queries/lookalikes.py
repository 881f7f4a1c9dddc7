"""Find the look-alikes of an event in its own house; across houses, only categories and causes are compared."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext

from diapason.improvement.quality_events.models import CauseFound, QualityEvent
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.lookalikes import Alike, Traits, alike
from diapason.kernel.scope import Scope
from diapason.kernel.words import message

CANDIDATES = 400
"""How many events are compared at most: the most recent of the same category."""
FEWEST_HOUSES = 5
"""Below so many organizations nothing is told of the others (visibility charter)."""
READ = ("number", "title", "description", "study_id", "site_id", "category", "process", "document", "kind")


FACTS = {
    "study": message("same study"),
    "site": message("same site"),
    "category": message("same category"),
    "process": message("same process"),
    "document": message("same document"),
    "kind": message("same kind"),
}


@dataclass(frozen=True)
class Lookalike:
    """Hold a look-alike with its event."""

    event: QualityEvent
    alike: Alike

    @property
    def reasons(self) -> str:
        """Return what is in common, in words."""
        facts = [gettext(FACTS[name]) for name in self.alike.facts]
        return ", ".join([*facts, *(f"{word}…" for word in self.alike.words)])


def lookalikes_of(event: QualityEvent, *, limit: int = 5) -> list[Lookalike]:
    """Return the look-alikes of an event among those of the house that deals with it: two statements."""
    return lookalikes_among(_traits(event), _candidates(event), limit=limit)


def lookalikes_among(one: Traits, rows: "QuerySet[QualityEvent]", *, limit: int) -> list[Lookalike]:
    """Return the look-alikes of one set of traits among those rows."""
    others = [_traits_of(row) for row in rows.values(*READ)]
    found = alike(one, others, limit=limit)
    events = QualityEvent.objects.in_bulk([item.key for item in found], field_name="number")
    return [Lookalike(events[item.key], item) for item in found]


def _candidates(event: QualityEvent) -> "QuerySet[QualityEvent]":
    """Return the events to compare with: capped by category first, then by date."""
    same = QualityEvent.objects.filter(organization=event.organization_id).exclude(pk=event.pk)
    same = same.exclude(state=moves.MERGED)
    if event.category:
        same = same.filter(category=event.category)
    return same.order_by("-reported_on", "-number")[:CANDIDATES]


def _traits(event: QualityEvent) -> Traits:
    return _traits_of({name: getattr(event, name) for name in READ})


def _traits_of(row: dict[str, Any]) -> Traits:
    facts = (
        ("study", str(row["study_id"] or "")),
        ("site", str(row["site_id"] or "")),
        ("category", row["category"]),
        ("process", row["process"]),
        ("document", row["document"]),
        ("kind", row["kind"]),
    )
    return Traits(row["number"], f"{row['title']} {row['description'][:600]}", facts)


@dataclass(frozen=True)
class Elsewhere:
    """Hold how many organizations met the same category or cause since a day; None when too few to be told."""

    houses: int | None
    events: int | None


def same_category_elsewhere(event: QualityEvent, *, since: date) -> Elsewhere:
    """Return how often the same category came up in other houses: counts only, nothing under five organizations."""
    rows = QualityEvent.objects.counted().filter(category=event.category, reported_on__gte=since)
    found = rows.exclude(organization=event.organization_id).aggregate(
        houses=Count("organization", distinct=True), events=Count("pk")
    )
    if not event.category or found["houses"] < FEWEST_HOUSES:
        return Elsewhere(None, None)
    return Elsewhere(found["houses"], found["events"])


@dataclass(frozen=True)
class SharedCause:
    """Hold a root cause met in several houses: how many houses and events, and since when."""

    cause: str
    category: str
    houses: int
    events: int
    first_on: date


def causes_shared(*, since: date, fewest: int = 3) -> list[SharedCause]:
    """Return the (cause, category) pairs met by at least `fewest` organizations, most widespread first.

    For the network's coordination: neither texts nor names of organizations are in it.
    """
    rows = (
        CauseFound.objects.filter(
            removed_on=None,
            is_root=True,
            event__reported_on__gte=since,
            event__state__in=(*moves.OPEN, moves.CLOSED),
        )
        .values("cause", "event__category")
        .annotate(
            houses=Count("event__organization", distinct=True),
            events=Count("event", distinct=True),
            first_on=Min("event__reported_on"),
        )
        .filter(~Q(cause=""), houses__gte=fewest)
        .order_by("-houses", "-events", "cause", "event__category")
    )
    return [
        SharedCause(row["cause"], row["event__category"], row["houses"], row["events"], row["first_on"])
        for row in rows
    ]


def recurrences_of(event: QualityEvent, scope: Scope) -> "QuerySet[QualityEvent]":
    """Return the events of the same house and category reported after this one was closed."""
    if event.closed_on is None or not event.category:
        return QualityEvent.objects.none()
    return (
        QualityEvent.objects.read_by(scope)
        .counted()
        .filter(organization=event.organization_id, category=event.category, reported_on__gt=event.closed_on)
    )
