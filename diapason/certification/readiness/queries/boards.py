"""Ask where the organizations stand in a change of edition, and which actions are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from diapason.certification.readiness.models import Assessment, scale
from diapason.certification.readiness.queries.answers import Sheet, answers_given, sheets_of
from diapason.certification.readiness.rules.transition import Forecast, forecast
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause, ClauseChange, Edition
from diapason.context.standards.queries import changes_between
from diapason.kernel.scope import Scope
from diapason.ui.asking import Asking, asks


@dataclass(frozen=True)
class TransitionLine:
    """Hold one organization's line of the board."""

    organization: Organization
    forecast: Forecast
    sheet: Sheet


@dataclass(frozen=True)
class TransitionBoard:
    """Hold the change of edition of several organizations: what is to be worked on, and where each one stands."""

    edition_from: Edition
    edition_to: Edition
    deadline: date | None
    changes: tuple[ClauseChange, ...]
    clauses: tuple[Clause, ...]
    lines: tuple[TransitionLine, ...]

    @property
    def closed(self) -> int:
        """Return how many gaps are closed, all organizations together."""
        return sum(line.forecast.closed for line in self.lines)

    @property
    def total(self) -> int:
        """Return how many gaps there were to close."""
        return sum(line.forecast.total for line in self.lines)

    @property
    def missing(self) -> list[TransitionLine]:
        """Return those who would miss the date."""
        return [line for line in self.lines if line.forecast.misses]

    @property
    def unforeseen(self) -> list[TransitionLine]:
        """Return those of whom nothing can be foreseen yet."""
        return [line for line in self.lines if line.forecast.basis == "unknown"]


@asks
def transition_board(
    edition_from: Edition,
    edition_to: Edition,
    on: date,
    *,
    deadline: date | None = None,
    organizations: Sequence[Organization] | None = None,
) -> Asking[TransitionBoard]:
    """Return the board of a change of edition on that day: two rounds of questions, one more for all members.

    `deadline` is data: that of the catalogue when none is given. Only clauses that ask for work are counted.
    """
    if organizations is None:
        (organizations,) = yield [Organization.objects.members()]
    every, asked, given = yield [
        changes_between(edition_from, edition_to),
        edition_to.clauses.assessable().order_by("position"),
        answers_given([one.pk for one in organizations], edition_to),
    ]
    changes = tuple(change for change in every if change.is_work)
    wanted = {change.clause_to_id for change in changes}
    clauses = [clause for clause in asked if clause.pk in wanted]
    follows = every if edition_to.transition_from_id == edition_from.pk else None
    sheets = yield from sheets_of.asking(edition_to, organizations, clauses, given, follows)
    last_day = deadline or edition_to.transition_ends
    lines = tuple(
        TransitionLine(sheet.organization, forecast(sheet.answers, scale(), on, last_day), sheet)
        for sheet in sheets
    )
    return TransitionBoard(edition_from, edition_to, last_day, changes, tuple(clauses), lines)


_OF_A_TASK = (
    "action", "action_due_on", "organization__code", "organization__short_name", "clause__number",
    "clause__edition__code", "clause__edition__label", "action_owner__given_name", "action_owner__family_name",
    "plan_action__number", "plan_action__title", "plan_action__kind", "plan_action__state", "plan_action__due_on",
    "plan_action__delegate", "plan_action__owner__given_name", "plan_action__owner__family_name",
)  # fmt: skip
"""What a task made of an answer shows."""


def actions_due(scope: Scope, on: date, days: int = 30) -> QuerySet[Assessment]:
    """Return the answers of the reader's own organizations whose action is late, due soon, or has just ended."""
    own = Assessment.objects.own(scope)
    due = own.due_within(days, on=on) | own.to_look_at_again()
    first = due.order_by(Coalesce("plan_action__due_on", "action_due_on"), "pk")
    joined = first.select_related("organization", "clause__edition", "action_owner", "plan_action__owner")
    return joined.only(*_OF_A_TASK)
