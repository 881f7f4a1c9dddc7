"""Give the weekly letter the lessons to be answered, and what was adopted and is not carried out yet."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from diapason.improvement.action_plan import digests
from diapason.improvement.action_plan.digests import Line
from diapason.improvement.action_plan.queries.people import holders_of
from diapason.improvement.lessons.models import LessonAnswer
from diapason.improvement.lessons.rules import answers, moves
from diapason.kernel.words import message
from diapason.ui import wording

SAID = {
    answers.ASKED: message("%(number)s “%(title)s”, to be answered by %(day)s"),
    answers.LATER: message("%(number)s “%(title)s”, to be decided by %(day)s"),
    answers.ADOPTED: message("%(number)s “%(title)s”, adopted, to be carried out by %(day)s"),
}


def register() -> None:
    """Add the heading to the letter."""
    digests.register(message("Lessons of the network"), 20, lessons_due)


def lessons_due(on: date, until: date) -> Iterator[Line]:
    """Return a line for each answer of a house that is due by that day: two statements."""
    rows = LessonAnswer.objects.filter(
        state__in=tuple(SAID), due_on__lte=until, lesson__state__in=moves.PUBLISHED
    )
    shown = ("state", "due_on", "organization", "lesson__number", "lesson__title")
    due = list(rows.select_related("lesson").only(*shown).order_by("due_on", "pk"))
    holders = holders_of(moves.HOUSE, on) if due else {}
    for row in due:
        for person in sorted(holders.get(row.organization_id, ())):
            yield Line(person, partial(_said, row), row.lesson.get_absolute_url())


def _said(row: LessonAnswer) -> str:
    return _(SAID[row.state]) % {
        "number": row.lesson.number,
        "title": row.lesson.title,
        "day": wording.day(row.due_on),
    }
