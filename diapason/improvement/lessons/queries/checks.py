"""Find lessons and answers that stand still, each with the page where that is mended."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from diapason.improvement.lessons.models import LessonAnswer
from diapason.improvement.lessons.permissions import scope_of
from diapason.improvement.lessons.queries.waiting import waiting_for
from diapason.improvement.lessons.rules import answers, moves
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.words import message
from diapason.ui.coherence import Check, register

STILL_DAYS = 30
"""A text that waits for somebody's move for so long stands still."""


def _late(state: str) -> Callable[[Any, date], QuerySet[Any, Any]]:
    """Return the rows of a check: answers of the reader's houses in that state whose day has passed."""

    def rows(user: Any, on: date) -> QuerySet[Any, Any]:
        held = scope_of(user).where(moves.HOUSE)
        houses = held if held != EVERYWHERE else frozenset[int]()
        late = LessonAnswer.objects.filter(organization__in=houses, state=state, due_on__lt=on)
        late = late.filter(lesson__state__in=moves.PUBLISHED).order_by("due_on", "lesson__number")
        return late.values_list("lesson__number", "lesson__title", "organization__short_name")

    return rows


def _still(user: Any, on: date) -> QuerySet[Any, Any]:
    """Return the lessons that wait for the reader's move since long."""
    rows = waiting_for(scope_of(user)).filter(proposed_on__lte=on - timedelta(days=STILL_DAYS))
    ordered = rows.order_by("proposed_on", "number")
    return ordered.values_list("number", "title", "organization__short_name")


def _page(number: str) -> str:
    return reverse("lessons:lesson", args=[number])


def register_checks() -> None:
    """Add the checks to the page of consistency checks."""
    register(Check("lesson_unanswered", message("Lessons not answered in time"),
                   message("The others count on a clear answer: adopted, in place, not applicable, or later."),
                   _late(answers.ASKED), _page))  # fmt: skip
    register(Check("lesson_not_carried_out", message("Lessons adopted, not carried out in time"),
                   message("What was adopted protects nobody before it is carried out."),
                   _late(answers.ADOPTED), _page))  # fmt: skip
    register(Check("lesson_still", message("Lessons that have not moved for a month"),
                   message("What one learnt helps the others only once it is offered."), _still, _page))  # fmt: skip
