"""Find the look-alikes of an event in its own house; across houses, only categories and causes are compared."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext

from diapason.improvement.quality_events.models import CauseFound, QualityEvent
from diapason.improvement.quality_events.queries.causes import COUNTED
from diapason.improvement.quality_events.queries.spans import Gathered, tokens
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.lookalikes import Alike, Traits, alike
from diapason.kernel.words import message
from diapason.ui.asking import Asking, asks
from diapason.ui.together import Totals

CANDIDATES = 400
"""How many events are compared at most: the most recent of the same category."""
FEWEST_HOUSES = 5
"""Below so many organizations nothing is told of the others (visibility charter)."""
READ = ("number", "title", "study_id", "site_id", "category", "process", "document", "kind")
SHOWN = ("id", "state", "reported_on")
READ_OF_TEXT = 600
"""How many letters of what happened are compared."""

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


@asks
def lookalikes_of(event: QualityEvent, *, limit: int = 5) -> Asking[list[Lookalike]]:
    """Return the look-alikes of an event among those of the house that deals with it: one question."""
    texts = _candidates(event).annotate(text=Left("description", READ_OF_TEXT))
    (rows,) = yield [texts.values(*READ, *SHOWN, "text")]
    known = {row["number"]: row for row in rows}
    one = _traits_of(
        {name: getattr(event, name) for name in READ} | {"text": event.description[:READ_OF_TEXT]}
    )
    found = alike(one, map(_traits_of, rows), limit=limit)
    return [Lookalike(_shown(known[item.key]), item) for item in found]


def _shown(row: dict[str, Any]) -> QualityEvent:
    """Return the event with what was read of it, the rest deferred."""
    names = [field.attname for field in QualityEvent._meta.concrete_fields if field.attname in row]
    return QualityEvent.from_db(QualityEvent.objects.db, names, [row[name] for name in names])


def _candidates(event: QualityEvent) -> "QuerySet[QualityEvent]":
    """Return the events to compare with: capped by category first, then by date."""
    same = QualityEvent.objects.filter(organization=event.organization_id).exclude(pk=event.pk)
    same = same.exclude(state=moves.MERGED)
    if event.category:
        same = same.filter(category=event.category)
    return same.order_by("-reported_on", "-number")[:CANDIDATES]


def _traits_of(row: dict[str, Any]) -> Traits:
    facts = (
        ("study", str(row["study_id"] or "")),
        ("site", str(row["site_id"] or "")),
        ("category", row["category"]),
        ("process", row["process"]),
        ("document", row["document"]),
        ("kind", row["kind"]),
    )
    return Traits(row["number"], f"{row['title']} {row['text']}", facts)


@dataclass(frozen=True)
class Elsewhere:
    """Hold how many organizations met the same category or cause since a day; None when too few to be told."""

    houses: int | None
    events: int | None


@asks
def same_category_elsewhere(event: QualityEvent, *, since: date) -> Asking[Elsewhere]:
    """Return how often the same category came up in other houses: counts only, nothing under five organizations."""
    if not event.category:
        return Elsewhere(None, None)
    rows = QualityEvent.objects.counted().filter(category=event.category, reported_on__gte=since)
    others = rows.exclude(organization=event.organization_id)
    (found,) = yield [Totals(others, houses=Count("organization", distinct=True), events=Count("pk"))]
    if found["houses"] < FEWEST_HOUSES:
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
        CauseFound.objects.filter(COUNTED, removed_on=None, is_root=True, event__reported_on__gte=since)
        .exclude(cause="")
        .order_by()
        .values("event__reported_on")
        .annotate(held=Gathered("event_id", "cause", "event__category", "event__organization_id"))
    )
    times: Counter[str] = Counter()
    first: dict[str, date] = {}
    for day, text in rows.values_list("event__reported_on", "held"):
        met = [token.partition(" ")[2] for token in set(tokens(text))]
        times.update(met)
        first.update({each: min(day, first.get(each, day)) for each in met})
    return _shared(times, first, fewest)


def _shared(times: Counter[str], first: dict[str, date], fewest: int) -> list[SharedCause]:
    """Return the pairs met often enough, out of how often and since when each (cause, category, house) was met."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for each in times:
        cause, category, _house = each.split(" ")
        pairs.setdefault((cause, category), []).append(each)
    found = [
        SharedCause(*pair, len(met), sum(times[each] for each in met), min(first[each] for each in met))
        for pair, met in pairs.items()
        if len(met) >= fewest
    ]
    return sorted(found, key=lambda one: (-one.houses, -one.events, one.cause, one.category))


def recurrences_of(event: QualityEvent) -> "QuerySet[QualityEvent]":
    """Return the events of the same house and category reported after this one was closed (ISO 9001 § 10.2.1 d)."""
    return (
        QualityEvent.objects.counted()
        .filter(organization=event.organization_id, category=event.category, reported_on__gt=event.closed_on)
        .order_by()
    )
