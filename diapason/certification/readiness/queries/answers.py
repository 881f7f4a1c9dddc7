"""Collect the answers of organizations as the rules want them, at a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet, Subquery

from diapason.certification.readiness.models import Assessment, scale
from diapason.certification.readiness.permissions import is_asked_of
from diapason.certification.readiness.rules.following import Followed, followed
from diapason.certification.readiness.rules.standing import Answer, Readiness, readiness
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause, ClauseChange, Edition
from diapason.context.standards.queries import applicable_edition, changes_to
from diapason.ui.asking import Asking, asks

OF_THE_PLAN = ("kind", "state", "due_on", "done_on", "check_due_on")
ANSWER_FIELDS = (
    "maturity", "aside", "assessed_on", "action_due_on", "action_done_on",
    *(f"plan_action__{name}" for name in OF_THE_PLAN),
)  # fmt: skip
Found = dict[tuple[int, int], Answer]


@dataclass(frozen=True)
class Sheet:
    """Hold the answers of one organization to all clauses asked of it, in order; not assessed included."""

    organization: Organization
    answers: tuple[Answer, ...]

    def readiness(self, on: date) -> Readiness:
        """Return how ready the organization is on that day."""
        return readiness(self.answers, scale(), on)

    def only(self, numbers: Iterable[str]) -> "Sheet":
        """Return the sheet reduced to some clauses."""
        kept = frozenset(numbers)
        return replace(self, answers=tuple(answer for answer in self.answers if answer.clause in kept))


@asks
def sheets_of(
    edition: Edition,
    organizations: Sequence[Organization],
    clauses: list[Clause] | None = None,
    given: Iterable[Any] | None = None,
    changes: Iterable[ClauseChange] | None = None,
) -> Asking[list[Sheet]]:
    """Return one sheet for each organization: 1 round, 2 more for an edition that follows another one.

    An answer to the former edition is carried over where the clause asks nothing more.
    """
    ids = [organization.pk for organization in organizations]
    if clauses is None:
        clauses, given = yield [
            edition.clauses.assessable().order_by("position"),
            answers_given(ids, edition),
        ]
    elif given is None:
        (given,) = yield [answers_given(ids, edition)]
    found = _answers(clauses, given)
    if edition.transition_from_id:
        if changes is None:
            (changes,) = yield [changes_to(edition)]
        carried = yield from _carried_over(changes, clauses, ids)
        found = {**carried, **found}
    return [
        Sheet(
            organization,
            tuple(
                found.get((organization.pk, clause.pk)) or Answer(clause.number, clause.weight)
                for clause in clauses
                if is_asked_of(clause, organization)
            ),
        )
        for organization in organizations
    ]


def answers_given(organizations: Iterable[int], edition: Any) -> QuerySet[Assessment, Any]:
    """Return what organizations answered to an edition, as the rules want it."""
    rows = Assessment.objects.filter(organization__in=organizations, clause__edition=edition)
    return rows.values_list("organization_id", "clause_id", *ANSWER_FIELDS)


def _answers(clauses: Iterable[Clause], rows: Iterable[Any]) -> Found:
    asked = {clause.pk: clause for clause in clauses}
    return {
        (organization, clause): _answer(asked[clause], given)
        for organization, clause, *given in rows
        if clause in asked and _says_something(given)
    }


def _says_something(given: Sequence[Any]) -> bool:
    """Tell whether there is a level, or the clause was set aside."""
    return given[0] is not None or given[1]


def _answer(clause: Clause, given: Sequence[Any], *, carried: bool = False) -> Answer:
    """Return an answer from its columns (ANSWER_FIELDS); the action of the plan rules where there is one."""
    maturity, aside, assessed_on, due_on, done_on, kind, state, *days = given
    found = followed(kind, state, *days) if state else Followed(due_on, done_on)
    return Answer(
        clause.number, clause.weight, maturity, aside, found.due_on, found.done_on, assessed_on, carried,
        found.unproven,
    )  # fmt: skip


def _carried_over(
    changes: Iterable[ClauseChange], clauses: Iterable[Clause], ids: list[int]
) -> Asking[Found]:
    target = {clause.pk: clause for clause in clauses}
    leads_to = {
        change.clause_from_id: target[change.clause_to_id]
        for change in changes
        if not change.is_work and change.clause_from_id and change.clause_to_id in target
    }
    rows = Assessment.objects.filter(organization__in=ids, clause__in=leads_to)
    (answers,) = yield [rows.values_list("organization_id", "clause_id", *ANSWER_FIELDS)]
    return {
        (organization, leads_to[clause].pk): _answer(leads_to[clause], given, carried=True)
        for organization, clause, *given in answers
        if _says_something(given)
    }


def readiness_of(organization: Organization, edition: Edition, on: date) -> Readiness:
    """Return how ready an organization is for an edition on that day (2 queries, 4 after a change of edition)."""
    return sheets_of(edition, [organization])[0].readiness(on)


@asks
def whole_sheet(edition: Edition, organization: Organization) -> Asking[tuple[list[Clause], Sheet]]:
    """Return every clause of an edition, headings included, and the sheet of an organization."""
    clauses, given = yield [
        edition.clauses.in_use().order_by("position"),
        answers_given([organization.pk], edition),
    ]
    asked = [clause for clause in clauses if clause.assessable]
    (sheet,) = yield from sheets_of.asking(edition, [organization], asked, given)
    return clauses, sheet


@asks
def sheets_today(organizations: Sequence[Organization]) -> Asking[tuple[Edition, list[Sheet]] | None]:
    """Return the applicable edition with one sheet for each organization; None when nothing is loaded.

    One round of questions, 2 more after a change of edition.
    """
    applicable = applicable_edition()
    key = Subquery(applicable.values("pk"))
    editions, clauses, given = yield [
        applicable,
        Clause.objects.assessable().filter(edition=key).order_by("position"),
        answers_given([organization.pk for organization in organizations], key),
    ]
    if not editions:
        return None
    sheets = yield from sheets_of.asking(editions[0], organizations, clauses, given)
    return editions[0], sheets


@asks
def readiness_today(organization: Organization, on: date) -> Asking[tuple[Edition, Readiness] | None]:
    """Return the applicable edition, and how ready an organization is for it that day; None when nothing is loaded."""
    found = yield from sheets_today.asking([organization])
    return None if found is None else (found[0], found[1][0].readiness(on))


def readiness_of_all(
    edition: Edition, on: date, organizations: Sequence[Organization] | None = None
) -> dict[int, Readiness]:
    """Return organization id → readiness for all members, or those given: a fixed number of queries."""
    chosen = list(Organization.objects.members()) if organizations is None else organizations
    return {sheet.organization.pk: sheet.readiness(on) for sheet in sheets_of(edition, chosen)}
