"""Propose the events that a committee may look into: those of the period, by frequency × gravity, explained."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.network.models import Organization
from diapason.improvement.crex.models import CrexMeeting, crex
from diapason.improvement.crex.rules import moves
from diapason.improvement.crex.rules.choosing import Candidate, Ranked, ranked
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.models.events import said
from diapason.kernel.dates import months_after
from diapason.ui.together import ask_together

MOST = 300
"""How many events of the period are compared."""


@dataclass(frozen=True)
class Proposal:
    """Hold one event proposed, with its points."""

    event: QualityEvent
    ranked: Ranked

    @property
    def score(self) -> int:
        """Return frequency × gravity."""
        return self.ranked.score

    @property
    def why(self) -> str:
        """Say where the points come from."""
        one = self.ranked
        gravity = self.event.severity_name or str(self.event.get_consequence_display())
        words = {"gravity": gravity, "points": one.gravity, "frequency": one.frequency, "score": one.score}
        alike = ngettext(
            "%(number)s event of this category over twelve months",
            "%(number)s events of this category over twelve months",
            one.candidate.alike,
        ) % {"number": one.candidate.alike}
        text = _("%(alike)s (%(frequency)s) × %(gravity)s (%(points)s) = %(score)s")
        return text % (words | {"alike": alike})


def candidates(organization: Organization, on: date) -> Any:
    """Return the open events of the period that no committee has looked into."""
    looked = CrexMeeting.objects.filter(event=OuterRef("pk")).exclude(state=moves.CANCELLED)
    since = months_after(on, -crex().period)
    rows: Any = QualityEvent.objects.filter(organization=organization, reported_on__gte=since)
    return rows.open().filter(~Exists(looked)).order_by("-reported_on", "-number")


def proposals_for(organization: Organization, on: date) -> list[Proposal]:
    """Return the events proposed, the highest product first; one statement."""
    since = months_after(on, -crex().look_back)
    counted: Any = QualityEvent.objects.counted().filter(organization=organization, reported_on__gte=since)
    events, counts = ask_together(
        candidates(organization, on)[:MOST],
        counted.order_by().values("category").annotate(events=Count("pk")).values_list("category", "events"),
    )
    by_category = {code: number for code, number in counts if code}
    by_number = {event.number: event for event in events}
    found = ranked(
        (
            Candidate(
                event.number,
                event.severity or event.consequence,
                event.category,
                by_category.get(event.category, 1),
            )
            for event in events
        ),
        crex(),
    )
    return [Proposal(by_number[one.candidate.number], one) for one in found[: crex().shown]]


def trade_choices() -> list[tuple[str, str]]:
    """Return the trades as (code, name)."""
    return [(code, said(name)) for code, name in crex().trades.items()]
