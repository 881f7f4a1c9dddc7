"""Lay out one organization's self-assessment: lines by chapter, what comes next, where one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from diapason.certification.readiness.models import answer_key, level_name, scale
from diapason.certification.readiness.queries.answers import Sheet
from diapason.certification.readiness.rules.standing import (
    ACTING,
    ASIDE,
    BLOCKING,
    GAP,
    STATES,
    UNKNOWN,
    Answer,
    Readiness,
    standing_of,
)
from diapason.context.standards.models import Clause, Edition
from diapason.context.standards.queries import chapters_of

SHOWN = {"waiting": {UNKNOWN}, "gaps": {GAP, BLOCKING, ACTING}}
"""Name the parts of a self-assessment that may be shown alone."""


@dataclass(frozen=True)
class Line:
    """Hold one clause of the self-assessment with its answer."""

    clause: Clause
    answer: Answer
    standing: str
    key: str
    on: date

    @property
    def state(self) -> str:
        """Return the state on screen."""
        return STATES[self.standing]

    @property
    def said(self) -> str:
        """Return the answer in a few words."""
        if self.standing == ASIDE:
            return _("does not apply")
        level = self.answer.maturity
        return _("Not assessed") if level is None else f"{level} · {level_name(level)}"

    @property
    def is_late(self) -> bool:
        """Tell whether its action should have been done."""
        return self.answer.is_late(self.on)


@dataclass(frozen=True)
class Place:
    """Say where a clause stands among those asked, with the keys of the one before and after ("" at the ends)."""

    position: int
    total: int
    before: str
    after: str


def chapter_lines(
    clauses: Sequence[Clause], sheet: Sheet, edition: Edition, on: date, show: str = ""
) -> list[tuple[Clause, Readiness, list[Line]]]:
    """Return (chapter, its readiness, its lines) for each chapter that has lines to show."""
    numbers = {answer.clause for answer in sheet.answers}
    found = []
    for chapter, below in chapters_of(clauses):
        asked = [clause for clause in [chapter, *below] if clause.number in numbers]
        lines = [line_of(sheet, edition, clause, on) for clause in asked]
        shown = [line for line in lines if show not in SHOWN or line.standing in SHOWN[show]]
        if shown:
            found.append((chapter, sheet.only(clause.number for clause in asked).readiness(on), shown))
    return found


def line_of(sheet: Sheet, edition: Edition, clause: Clause, on: date) -> Line:
    """Return the line of one clause; without an answer it stands as not assessed."""
    given = next((one for one in sheet.answers if one.clause == clause.number), None)
    answer = given or Answer(clause.number, clause.weight)
    key = answer_key(sheet.organization.code, edition.code, clause.number)
    return Line(clause, answer, standing_of(answer, scale(), on), key, on)


def next_waiting(sheet: Sheet, edition: Edition, after: str = "") -> str:
    """Return the key of the next clause without an answer, starting again at the top ("" when there is none)."""
    numbers = [answer.clause for answer in sheet.answers]
    start = numbers.index(after) + 1 if after in numbers else 0
    ordered = [*sheet.answers[start:], *sheet.answers[:start]]
    waiting = [
        one.clause for one in ordered if one.maturity is None and not one.aside and one.clause != after
    ]
    return answer_key(sheet.organization.code, edition.code, waiting[0]) if waiting else ""


def place_of(sheet: Sheet, edition: Edition, number: str) -> Place:
    """Return where a clause stands among those asked of the organization."""
    numbers = [answer.clause for answer in sheet.answers]
    keys = ["", *(answer_key(sheet.organization.code, edition.code, one) for one in numbers), ""]
    if number not in numbers:
        return Place(0, len(numbers), "", "")
    position = numbers.index(number) + 1
    return Place(position, len(numbers), keys[position - 1], keys[position + 1])
