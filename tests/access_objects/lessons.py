"""Make a draft of a lesson, and an answer to one that is offered."""

from datetime import timedelta

from diapason.improvement.lessons.models import Lesson, LessonAnswer
from tests.access_world import NETWORK, Target, World

TYPED = {"kind": "lesson", "title": "x", "what_happened": "x", "what_learnt": "y", "recommended": "z"}


def lesson_of(world: World, place: str, **more: object) -> Lesson:
    """Return a whole lesson of that house, a draft unless said otherwise."""
    house = world.net if place == NETWORK else world.organization(place)
    texts = {"title": "x", "what_happened": "x", "what_learnt": "y", "recommended": "z"}
    number = f"REX-2026-{world.number():04d}"
    return world.stage(
        lambda: Lesson.objects.create(
            number=number, organization=house, proposed_on=world.today, **texts, **more
        )
    )


def draft(world: World, place: str) -> Target:
    """Open a draft, or change its text."""
    lesson = lesson_of(world, place)
    return Target({"number": lesson.number}, {**TYPED, "version": lesson.version})


def deed(world: World, place: str) -> Target:
    """Send a draft."""
    lesson = lesson_of(world, place)
    return Target({"number": lesson.number, "name": "send"}, {"version": lesson.version})


def answer_of(world: World, place: str) -> LessonAnswer:
    """Return the answer of that organization to a lesson of the network."""
    day = world.today
    lesson = lesson_of(
        world,
        NETWORK,
        state="offered",
        sent_on=day,
        agreed_on=day,
        offered_on=day,
        answer_by=day + timedelta(30),
    )
    return world.stage(
        lambda: LessonAnswer.objects.create(
            lesson=lesson, organization=world.organization(place), asked_on=day, due_on=day + timedelta(30)
        )
    )


def answer(world: World, place: str) -> Target:
    """Open the answer of an organization."""
    return Target({"key": answer_of(world, place).key})


def answering(world: World, place: str) -> Target:
    """Answer that a lesson does not apply."""
    given = answer_of(world, place)
    return Target({"key": given.key, "name": "refuse"}, {"text": "x", "version": given.version})


def proposed(world: World, place: str) -> Target:
    """Propose a good practice of one's own organization."""
    return Target({}, TYPED)


OBJECTS = {
    "lessons:propose": proposed,
    "lessons:lesson": draft,
    "lessons:sheet": draft,
    "lessons:writing": draft,
    "lessons:write": draft,
    "lessons:deed": deed,
    "lessons:do": deed,
    "lessons:answer": answer,
    "lessons:answering": answering,
    "lessons:give": answering,
}
