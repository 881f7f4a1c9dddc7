"""Ask what waits for somebody: answers of a house, texts to agree with, proposals to edit."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.rules import answers, moves
from diapason.kernel.scope import EVERYWHERE, Scope

AHEAD = timedelta(days=14)
"""How long before its day something adopted or put off is spoken of again."""
MOST = 30


def answers_due(scope: Scope, *, on: date) -> "QuerySet[LessonAnswer]":
    """Return what one's houses have to answer, to carry out, or to decide at last."""
    held = scope.where(moves.HOUSE)
    houses = held if held != EVERYWHERE else frozenset[int]()
    asked = Q(state=answers.ASKED)
    near = Q(state__in=(answers.ADOPTED, answers.LATER), due_on__lte=on + AHEAD)
    rows = LessonAnswer.objects.filter(asked | near, organization__in=houses)
    rows = rows.filter(lesson__state__in=moves.PUBLISHED)
    return rows.select_related("lesson", "organization").order_by("due_on", "pk")[:MOST]


def waiting_for(scope: Scope) -> "QuerySet[Lesson]":
    """Return the lessons that wait for this person's move: as their house, or as the coordination."""
    held = scope.where(moves.HOUSE)
    house = Q(organization__in=held) if held != EVERYWHERE else Q(pk__in=[])
    wanted = house & Q(state__in=(moves.DRAFT, moves.TO_AGREE))
    if scope.may(moves.COORDINATION):
        wanted |= Q(state__in=(moves.PROPOSED, moves.AGREED))
        wanted |= Q(organization__kind="network", state__in=(moves.DRAFT, moves.TO_AGREE))
    return Lesson.objects.filter(wanted)


def lessons_waiting(scope: Scope) -> "QuerySet[Lesson]":
    """Return those with what a line of my day needs, the oldest first."""
    return waiting_for(scope).select_related("organization").order_by("proposed_on", "pk")[:MOST]


def answered_by_all() -> "QuerySet[Lesson, Any]":
    """Return the lessons offered to which every organization has answered, so that the gathering may end."""
    unanswered = Count("answers", filter=Q(answers__state=answers.ASKED))
    rows = Lesson.objects.filter(state=moves.OFFERED).annotate(unanswered=unanswered)
    return rows.filter(unanswered=0).order_by("offered_on", "pk")[:MOST]
