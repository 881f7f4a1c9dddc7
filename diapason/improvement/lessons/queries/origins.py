"""Tell the action plan what a lesson is that asks for an action."""

from typing import Any

from diapason.context.network.models import Organization
from diapason.improvement.action_plan.queries.origins import Origin
from diapason.improvement.lessons.models import Lesson
from diapason.kernel.scope import NOBODY, Scope


def origin_of(number: str, user: Any) -> Origin | None:
    """Return the reader's house that was asked and the lesson's title; None for who may not see the lesson."""
    scope: Scope = getattr(user, "scope", NOBODY)
    lesson = Lesson.objects.visible_to(user).filter(number=number).first()
    asked = Organization.objects.where(scope, "plan_action").filter(lesson_answers__lesson=lesson).first()
    if lesson is None or asked is None:
        return None
    return Origin(asked, lesson.title)
