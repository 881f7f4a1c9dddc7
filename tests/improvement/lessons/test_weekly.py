"""Check what the weekly letter says of lessons: to be answered, to be decided, adopted and not carried out yet."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from diapason.improvement.lessons import weekly
from diapason.improvement.lessons.acts import answering
from diapason.improvement.lessons.models import LessonAnswer

from .conftest import BY, ON

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(until: Any) -> dict[int, list[str]]:
    """Return person → what is said until that day."""
    found: dict[int, list[str]] = {}
    with override("en"):
        for line in weekly.lessons_due(ON, until):
            found.setdefault(line.person, []).append(line.say())
    return found


def test_a_lesson_is_told_to_who_answers_for_a_house_once_it_is_due(people: Any, offered: Any) -> None:
    lesson = offered()
    assert told(BY - timedelta(days=1)) == {}
    lines = told(BY)
    assert {people.elsewhere.person.pk, people.third.person.pk} <= set(lines)
    assert people.reader.person.pk not in lines and people.coordinator.person.pk not in lines
    assert lines[people.elsewhere.person.pk] == [
        f"{lesson.number} “{lesson.title}”, to be answered by 23 December 2026"
    ]


def test_what_was_adopted_is_told_until_it_is_carried_out(people: Any, offered: Any, network: Any) -> None:
    lesson = offered()
    answer = LessonAnswer.objects.get(lesson=lesson, organization=network.beta)
    until = ON + timedelta(days=10)
    answer = answering.adopt(
        answer=answer, text="Armoire unique.", until=until, version=None, by=people.elsewhere, on=ON
    )
    assert told(until - timedelta(days=1)) == {}
    assert "adopted, to be carried out by" in told(until)[people.elsewhere.person.pk][0]
    answering.carry_out(answer=answer, done_on=ON, note="Posée.", version=None, by=people.elsewhere, on=ON)
    assert people.elsewhere.person.pk not in told(BY)


def test_what_was_put_off_is_told_when_it_has_to_be_decided(people: Any, offered: Any, network: Any) -> None:
    lesson = offered()
    answer = LessonAnswer.objects.get(lesson=lesson, organization=network.beta)
    until = ON + timedelta(days=20)
    answering.postpone(
        answer=answer, text="Déménagement.", until=until, version=None, by=people.elsewhere, on=ON
    )
    assert "to be decided by" in told(until)[people.elsewhere.person.pk][0]


def test_it_costs_two_statements(people: Any, offered: Any, assert_fixed_queries: Any) -> None:
    offered()
    assert assert_fixed_queries(lambda: list(weekly.lessons_due(ON, BY)), offered) == 2
