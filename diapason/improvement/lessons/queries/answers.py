"""Count and name the answers to lessons, as far as the visibility charter goes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from django.db.models import QuerySet

from diapason.context.network.models import Organization
from diapason.improvement.lessons.models import KIND, Lesson, LessonAnswer
from diapason.improvement.lessons.rules import answers
from diapason.kernel.scope import Scope
from diapason.ui.together import ask_together


@dataclass(frozen=True)
class Summary:
    """Hold how organizations answered: counts only. `by_answer` is empty while too few have answered to be told."""

    asked: int = 0
    answered: int = 0
    by_answer: dict[str, int] = field(default_factory=dict)
    days: int | None = None

    @property
    def is_told(self) -> bool:
        """Tell whether enough organizations answered for their answers to be counted one by one."""
        return bool(self.by_answer)

    @property
    def adopted(self) -> int | None:
        """Return how many adopt it, what is carried out included; None when that is not told."""
        return sum(self.by_answer.get(code, 0) for code in answers.TAKEN_UP) if self.is_told else None

    @property
    def share_adopted(self) -> float | None:
        """Return which part of the answers adopts, from 0 to 1; None when that is not told."""
        return self.adopted / self.answered if self.adopted is not None and self.answered else None

    @property
    def counts(self) -> list[tuple[str, int | None]]:
        """Return (answer, how many) in the order of the table of answers."""
        return [(code, self.count(code)) for code in answers.ANSWERED]

    def count(self, code: str) -> int | None:
        """Return how many gave that answer, None when that is not told."""
        return self.by_answer.get(code, 0) if self.is_told else None


def summary_of(rows: Iterable[tuple[str, date, date | None]], *, named: bool = False) -> Summary:
    """Return the counts of (answer, asked on, answered on); below five answers only how many there are.

    The days are the median between question and first answer, None below five answers.
    """
    found = list(rows)
    given = [(state, (on - asked).days) for state, asked, on in found if state in answers.ANSWERED and on]
    told = named or len(given) >= answers.FEWEST
    days = [count for _, count in given]
    return Summary(
        asked=len(found),
        answered=len(given),
        by_answer=dict(Counter(state for state, _ in given)) if told else {},
        days=round(median(days)) if days and len(days) >= answers.FEWEST else None,
    )


@dataclass(frozen=True)
class Answers:
    """Hold the answers to one lesson for one reader: one's own, those the charter names, and counts of all."""

    own: Sequence[LessonAnswer]
    named: Sequence[LessonAnswer]
    summary: Summary


def answers_to(lesson: Lesson, scope: Scope) -> Answers:
    """Return the answers to a lesson as this reader may know them: one statement."""
    rows = list(lesson.answers.select_related("organization", "action", "answered_by", "lesson"))
    named = scope.form_of(KIND) == "named"
    return Answers(
        own=[row for row in rows if row.organization_id in scope.organizations],
        named=rows if named else [],
        summary=summary_of(((r.state, r.asked_on, r.answered_on) for r in rows), named=named),
    )


@dataclass(frozen=True)
class BoardLine:
    """Hold one lesson of the board: its counts, and the answers shown by name, organization by organization."""

    lesson: Lesson
    summary: Summary
    cells: Sequence[LessonAnswer | None]


@dataclass(frozen=True)
class Board:
    """Hold lessons × organizations; the columns are those that the charter lets this reader see by name."""

    lines: Sequence[BoardLine]
    columns: Sequence[Organization]
    is_named: bool
    newer: int | None = None
    older: int | None = None


MOST_LESSONS = 40
"""How many lessons one page of the board holds."""


def board_of(lessons: "QuerySet[Lesson]", scope: Scope, *, skip: int = 0) -> Board:
    """Return a page of the board of the lessons offered, the latest first: one statement.

    Columns are one's own organizations, or every one when the visibility charter names answers. `newer` and `older`
    say where the pages beside this one begin, None where there is none.
    """
    named = scope.form_of(KIND) == "named"
    offered: QuerySet[Lesson] = lessons.published().order_by("-offered_on", "-number")  # type: ignore[attr-defined]
    latest = offered[skip : skip + MOST_LESSONS + 1]  # one more tells whether there are older ones
    shown = Organization.objects.members() if named else Organization.objects.own(scope)
    rows, given, columns = ask_together(
        latest,
        LessonAnswer.objects.filter(lesson__in=latest.values("pk")),
        shown.exclude(kind="network").order_by("sort_key"),
    )
    by_lesson: dict[int, dict[int, LessonAnswer]] = {row.pk: {} for row in rows}
    for answer in given:
        by_lesson[answer.lesson_id][answer.organization_id] = answer
    lines = [_line(lesson, by_lesson[lesson.pk], columns, named) for lesson in rows[:MOST_LESSONS]]
    newer = max(0, skip - MOST_LESSONS) if skip else None
    older = skip + MOST_LESSONS if len(rows) > MOST_LESSONS else None
    return Board(lines, columns, named, newer, older)


def _line(
    lesson: Lesson, given: dict[int, LessonAnswer], columns: Sequence[Organization], named: bool
) -> BoardLine:
    counted = summary_of(((r.state, r.asked_on, r.answered_on) for r in given.values()), named=named)
    return BoardLine(lesson, counted, [given.get(house.pk) for house in columns])


def figures_of(scope: Scope) -> tuple[int, Summary]:
    """Return how many lessons are offered, and how all organizations together answered: one statement.

    For adoption and time to answer; never by organization.
    """
    offered, rows = ask_together(
        Lesson.objects.published().values_list("pk"),
        LessonAnswer.objects.filter(lesson__in=Lesson.objects.published()).values_list(
            "state", "asked_on", "answered_on"
        ),
    )
    return len(offered), summary_of(rows)


def own_answers(organizations: Any) -> "QuerySet[LessonAnswer]":
    """Return the answers of those organizations with what a line of a list needs."""
    rows = LessonAnswer.objects.filter(organization__in=organizations)
    return rows.select_related("organization")
