"""Lay the open actions out by organization and state: the first of each place, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from diapason.context.network.models import Organization
from diapason.improvement.action_plan.models import KIND, Action
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.scope import EVERYWHERE, Scope
from diapason.ui.together import ask_together

COLUMNS: Final = (moves.PLANNED, moves.STARTED, moves.DONE)
JUDGED: Final = (moves.EFFECTIVE, moves.NOT_EFFECTIVE)
RECENT: Final = timedelta(days=90)
"""How long a judged action is counted on the board."""
ALONE, TOGETHER = 8, 3
"""How many actions a column shows: with one organization, and with several."""
READ: Final = ("organization_id", "state", "number", "title", "due_on", "check_due_on", "kind")


@dataclass(frozen=True)
class Card:
    """Hold what a card says of an action; `day` is when it is due, or to be checked once it is done."""

    number: str
    title: str
    kind: str
    day: date | None
    is_late: bool

    @property
    def kind_name(self) -> str:
        """Return the message id of its kind."""
        return moves.KINDS[self.kind]


@dataclass
class Cell:
    """Hold one column of a lane: its cards and how many actions there are."""

    state: str
    cards: list[Card] = field(default_factory=list)
    total: int = 0

    @property
    def label(self) -> str:
        """Return the message id of its heading."""
        return moves.STATES[self.state]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.cards)


@dataclass
class Lane:
    """Hold the columns of one organization, and how many checks of late found what."""

    house: Organization
    cells: list[Cell]
    judged: dict[str, int] = field(default_factory=lambda: dict.fromkeys(JUDGED, 0))

    @property
    def total(self) -> int:
        """Return how many open actions stand there."""
        return sum(cell.total for cell in self.cells)


def houses_of(scope: Scope) -> list[Organization]:
    """Return the organizations whose plan this person reads: one statement."""
    rows = Organization.objects.all()
    if scope.form_of(KIND) == "named":
        return list(rows)
    held = scope.where("read_actions")
    return list(rows.filter(kind="network") if held == EVERYWHERE else rows.filter(pk__in=held))


def board_of(houses: Sequence[Organization], *, on: date) -> list[Lane]:
    """Return a lane per organization, the most urgent first: one statement."""
    mine = Action.objects.filter(organization__in=[house.pk for house in houses]).order_by()
    waiting = mine.filter(
        Q(state__in=moves.ACTIVE) | Q(state=moves.DONE, kind__in=moves.CHECKED_KINDS)
    ).annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("organization"), F("state")],
            order_by=[F("due_on").asc(), F("number").asc()],
        )
    )
    counted = Q(state__in=moves.ACTIVE) | Q(state=moves.DONE, kind__in=moves.CHECKED_KINDS)
    counted |= Q(state__in=JUDGED, checked_on__gt=on - RECENT)
    counts, cards = ask_together(
        mine.filter(counted)
        .values("organization", "state")
        .annotate(actions=Count("pk"))
        .values_list("organization", "state", "actions"),
        waiting.filter(place__lte=ALONE if len(houses) == 1 else TOGETHER)
        .order_by("organization", "state", "due_on", "number")
        .values_list(*READ),
    )
    lanes = {house.pk: Lane(house, [Cell(state) for state in COLUMNS]) for house in houses}
    for house, state, actions in counts:
        if state in COLUMNS:
            lanes[house].cells[COLUMNS.index(state)].total = actions
        else:
            lanes[house].judged[state] = actions
    for house, state, *rest in cards:
        lanes[house].cells[COLUMNS.index(state)].cards.append(_card(state, rest, on))
    return [lane for lane in lanes.values() if lane.total or any(lane.judged.values()) or len(houses) == 1]


def _card(state: str, row: Sequence[Any], on: date) -> Card:
    number, title, due_on, check_due_on, kind = row
    day = check_due_on if state == moves.DONE else due_on
    return Card(number, title, kind, day, day is not None and day < on)
