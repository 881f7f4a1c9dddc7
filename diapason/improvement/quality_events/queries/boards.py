"""Lay the open events out by state and organization: the first of each place, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext

from diapason.context.network.models import Organization
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.rules import moves
from diapason.ui.together import ask_together

COLUMNS = (*moves.OPEN, moves.CLOSED)
RECENT_DAYS = 30
"""How long a closed event stays on the board."""
ALONE, TOGETHER = 8, 3
"""How many events a column shows: with one organization, and with several."""
READ = (
    "organization_id",
    "state",
    "number",
    "title",
    "reported_on",
    "kind",
    "severity",
    "consequence",
    "study__acronym",
)


@dataclass(frozen=True)
class Card:
    """Hold what a card says of an event."""

    number: str
    title: str
    reported_on: date
    kind: str
    severity: str
    consequence: str
    study: str

    @property
    def severity_name(self) -> str:
        """Return the name of its severity."""
        return next((said(one.name) for one in words().sorting.severities if one.code == self.severity), "")

    @property
    def kind_name(self) -> str:
        """Return the name of its kind."""
        kind = words().kinds.get(self.kind)
        return said(kind.name) if kind else ""

    @property
    def look(self) -> str:
        """Return how its severity is coloured; before sorting, what the declarer said."""
        if self.severity:
            return {"minor": "unk", "major": "warn"}.get(self.severity, "bad")
        return "bad" if self.consequence == QualityEvent.Consequence.SERIOUS else ""


@dataclass
class Cell:
    """Hold one column of a lane: its cards and how many events there are."""

    state: str
    cards: list[Card] = field(default_factory=list)
    total: int = 0

    @property
    def state_name(self) -> str:
        """Return its state in words."""
        return gettext(moves.STATES[self.state])

    @property
    def look(self) -> str:
        """Return how its state is coloured."""
        return moves.LOOKS[self.state]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.cards)


@dataclass
class Lane:
    """Hold the columns of one organization."""

    house: Organization
    cells: list[Cell]

    @property
    def total(self) -> int:
        """Return how many events stand there."""
        return sum(cell.total for cell in self.cells)


def board_of(houses: Sequence[Organization], *, on: date) -> list[Lane]:
    """Return a lane per organization, the events that stand longest first: one statement."""
    recent = Q(state__in=moves.OPEN) | Q(state=moves.CLOSED, closed_on__gte=on - timedelta(days=RECENT_DAYS))
    rows = QualityEvent.objects.filter(recent, organization__in=[house.pk for house in houses]).order_by()
    place = Window(
        RowNumber(),
        partition_by=[F("organization"), F("state")],
        order_by=[F("reported_on").asc(), F("number").asc()],
    )
    cap = ALONE if len(houses) == 1 else TOGETHER
    first: Any = rows.annotate(place_in_cell=place).filter(place_in_cell__lte=cap)
    counts, cards = ask_together(
        rows.values("organization", "state")
        .annotate(events=Count("pk"))
        .values_list("organization", "state", "events"),
        first.order_by("organization", "state", "reported_on", "number").values_list(*READ),
    )
    lanes = {house.pk: Lane(house, [Cell(state) for state in COLUMNS]) for house in houses}
    for house, state, events in counts:
        lanes[house].cells[COLUMNS.index(state)].total = events
    for house, state, *rest in cards:
        lanes[house].cells[COLUMNS.index(state)].cards.append(Card(*rest))
    return [lane for lane in lanes.values() if lane.total or len(houses) == 1]
