"""Invent what the organizations learnt from each other: lessons offered, answered, carried out."""

from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.context.network.models import Organization
from diapason.demonstration.invention import declared, draw
from diapason.improvement.lessons.acts import answering, offering, proposing
from diapason.improvement.lessons.acts.proposing import Text
from diapason.improvement.lessons.models import Lesson, LessonAnswer


def teach(*, today: date, by: Automaton) -> None:
    """Write, agree, offer and answer each declared lesson, as far as it had come by today."""
    houses = {house.code: house for house in Organization.objects.all()}
    for position, row in enumerate(declared("lessons")["lessons"]):
        begun = today - timedelta(days=row["begun_days_ago"])
        lesson = proposing.begin_lesson(
            organization=houses[row["house"]],
            text=Text(
                title=row["title"],
                what_happened=row["what_happened"],
                what_learnt=row["what_learnt"],
                recommended=row["recommended"],
                kind=row["kind"],
                for_sponsors=row.get("for_sponsors", False),
                categories=tuple(row["categories"]),
                causes=tuple(row["causes"]),
            ),
            by=by,
            on=begun,
        )
        lesson = offering.send_lesson(
            lesson=lesson, may_be_named=False, version=None, by=by, on=begun + timedelta(3)
        )
        if not row["offered"]:
            continue
        lesson = offering.submit_lesson(lesson=lesson, version=None, by=by, on=begun + timedelta(9))
        lesson = offering.agree_lesson(
            lesson=lesson, may_be_named=row["named"], version=None, by=by, on=begun + timedelta(12)
        )
        offered = begun + timedelta(14)
        lesson = offering.offer_lesson(
            lesson=lesson, answer_by=offered + timedelta(42), version=None, by=by, on=offered
        )
        _answer(lesson, row, offered, today, position, by)


def _answer(lesson: Lesson, row: Any, offered: date, today: date, position: int, by: Automaton) -> None:
    chance = draw(f"lessons {position}")
    answers = LessonAnswer.objects.filter(lesson=lesson).select_related(
        "lesson__organization", "organization"
    )
    words = row["answers"]
    for answer in answers.exclude(organization__code="BRE").order_by("organization__code"):
        on = offered + timedelta(days=chance.randrange(4, 40))
        chosen = chance.choices(("adopt", "in_place", "refuse", "later", ""), (9, 3, 2, 2, 3))[0]
        if on > today or not chosen:
            continue
        said: dict[str, Any] = {"answer": answer, "text": words[chosen], "version": None, "by": by, "on": on}
        if chosen == "adopt":
            until = on + timedelta(days=60)
            taken = answering.adopt(**said, until=until)
            if until <= today and chance.random() < 0.8:
                answering.carry_out(
                    answer=taken, done_on=until, note=words["done"], version=None, by=by, on=until
                )
        elif chosen == "in_place":
            answering.find_in_place(**said)
        elif chosen == "refuse":
            answering.refuse(**said)
        else:
            answering.postpone(**said, until=on + timedelta(days=90))
