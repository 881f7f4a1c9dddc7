"""Check who finds which lesson, what looks alike, and what waits for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diapason.context.network.models import VisibilityRule
from diapason.context.people.models import Account
from diapason.improvement.action_plan.queries.origins import origin_of
from diapason.improvement.lessons.acts import answering, offering, proposing
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.queries import answers as answer_queries
from diapason.improvement.lessons.queries.answers import answers_to, board_of, figures_of
from diapason.improvement.lessons.queries.drafting import Text
from diapason.improvement.lessons.queries.lookalikes import lessons_like
from diapason.improvement.lessons.queries.waiting import answered_by_all, answers_due, lessons_waiting
from diapason.ui.coherence import run

from .conftest import BY, ON, WHOLE, answer_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def again(account: Any) -> Any:
    """Return the account with its scope loaded anew."""
    return Account.objects.get(pk=account.pk)


def opened(network: Any, stage: Any, audience: str) -> None:
    """Let the charter name answers to an audience."""
    stage(
        lambda: VisibilityRule.objects.create(
            object_kind="lesson", audience=audience, form="named", decided_on=ON, decision="COPIL"
        )
    )


def seen(account: Any) -> set[str]:
    """Return the states of the lessons that somebody sees."""
    return set(Lesson.objects.visible_to(again(account)).values_list("state", flat=True))


def test_nothing_leaves_its_house_before_it_is_sent_nor_the_coordination_before_it_is_offered(
    people: Any, draft: Any, sent: Any, agreed: Any, offered: Any
) -> None:
    draft(), sent(), agreed(), offered()
    offering.withdraw_lesson(lesson=draft(), reason="Non.", version=None, by=people.manager, on=ON)
    assert (
        seen(people.manager) == seen(people.owner) == {"draft", "proposed", "agreed", "offered", "withdrawn"}
    )
    assert seen(people.coordinator) == {"proposed", "agreed", "offered"}
    for other in (people.elsewhere, people.reader, people.staff, people.director):
        assert seen(other) == {"offered"}
    assert seen(people.funder) == set()


def test_answers_of_others_are_counted_until_the_charter_names_them(
    network: Any, stage: Any, people: Any, offered: Any
) -> None:
    lesson = offered()
    answering.refuse(
        answer=answer_of(lesson, "BET"), text="Rien ici.", version=None, by=people.elsewhere, on=ON
    )
    for who in (people.manager, people.coordinator):
        found = answers_to(lesson, again(who).scope)
        assert found.named == [] and not found.summary.is_told and found.summary.answered == 1
        assert {row.organization.code for row in found.own} <= {"ALP"}
    visible = LessonAnswer.objects.visible_to(again(people.elsewhere))
    assert [row.organization.code for row in visible] == ["BET"]
    opened(network, stage, "steering")
    found = answers_to(lesson, again(people.coordinator).scope)
    assert len(found.named) == 3 and found.summary.count("not_applicable") == 1
    assert answers_to(lesson, again(people.manager).scope).named == []


def test_the_board_shows_one_s_own_column_or_all_of_them(
    network: Any, stage: Any, people: Any, offered: Any
) -> None:
    offered()
    own = board_of(Lesson.objects.all(), again(people.manager).scope)
    assert [house.code for house in own.columns] == ["ALP"] and not own.is_named
    assert board_of(Lesson.objects.all(), again(people.coordinator).scope).columns == []
    opened(network, stage, "steering")
    scope = again(people.coordinator).scope
    with CaptureQueriesContext(connection) as asked:
        named = board_of(Lesson.objects.all(), scope)
    assert len(named.columns) == 3 and len(named.lines[0].cells) == 3 and len(asked) == 1


def test_the_board_of_many_lessons_has_pages_and_loses_none(
    people: Any, offered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_queries, "MOST_LESSONS", 2)
    numbers = {offered().number for _ in range(5)}
    scope, seen, skip = again(people.manager).scope, [], 0
    while True:
        with CaptureQueriesContext(connection) as asked:
            page = board_of(Lesson.objects.all(), scope, skip=skip)
        assert len(asked) == 1 and len(page.lines) <= 2 and (page.newer is None) == (skip == 0)
        seen += [line.lesson.number for line in page.lines]
        if page.older is None:
            break
        skip = page.older
    assert len(seen) == 5 and set(seen) == numbers
    client = signed_in(people.manager)
    shown = client.get("/lessons/board/").content.decode()
    assert "?from=2" in shown and client.get("/lessons/board/?from=4").status_code == 200
    assert client.get("/lessons/board/?from=9999999999999999999999").status_code == 200
    assert client.get("/lessons/board/?from=abc").status_code == 200


def test_figures_count_all_organizations_together(people: Any, offered: Any) -> None:
    offered()
    number, summary = figures_of(again(people.coordinator).scope)
    assert (number, summary.asked, summary.answered, summary.adopted) == (1, 3, 0, None)


def test_lessons_look_like_an_event_by_category_cause_or_words(
    network: Any, people: Any, closed_event: Any, offered: Any, draft: Any
) -> None:
    event = closed_event()
    draft()
    assert lessons_like(event) == []
    lesson = offered()
    with CaptureQueriesContext(connection) as asked:
        found = lessons_like(event)
    assert [item.lesson.pk for item in found] == [lesson.pk] and len(asked) == 1
    assert found[0].facts == ("category", "cause") and found[0].reasons
    event.category = ""
    other = closed_event(description="Température du réfrigérateur de la pharmacie hors limites")
    other.category = "treatment"
    other.causes.model.objects.none()
    assert "category" not in {fact for item in lessons_like(other) for fact in item.facts}


def test_an_event_never_looks_like_its_own_lesson(people: Any, closed_event: Any, offered: Any) -> None:
    event = closed_event()
    offered(origin=event.subject)
    assert lessons_like(event) == []


def test_what_waits_for_whom(people: Any, draft: Any, sent: Any, agreed: Any, offered: Any) -> None:
    begun, proposed, ready, asked = draft(), sent(), agreed(), offered()
    manager, elsewhere = again(people.manager).scope, again(people.elsewhere).scope
    coordinator = again(people.coordinator).scope
    assert list(lessons_waiting(manager)) == [begun] and list(lessons_waiting(elsewhere)) == []
    assert list(lessons_waiting(coordinator)) == [proposed, ready]
    assert [row.lesson for row in answers_due(elsewhere, on=ON)] == [asked]
    assert list(answers_due(coordinator, on=ON)) == [] == list(answered_by_all())
    answering.adopt(
        answer=answer_of(asked, "BET"), text="x", until=BY, version=None, by=people.elsewhere, on=ON
    )
    assert list(answers_due(elsewhere, on=ON)) == []
    assert len(answers_due(elsewhere, on=BY - timedelta(days=7))) == 1
    for code, who in (("ALP", people.manager), ("RDD", people.third)):
        answering.find_in_place(answer=answer_of(asked, code), text="", version=None, by=who, on=ON)
    assert list(answered_by_all()) == [asked]


def test_what_stands_still_is_found_by_whoever_can_mend_it(people: Any, draft: Any, offered: Any) -> None:
    asked, begun = offered(), draft()
    answering.adopt(
        answer=answer_of(asked, "BET"), text="x", until=BY, version=None, by=people.elsewhere, on=ON
    )

    def found(who: Any, on: Any) -> dict[str, list[str]]:
        codes = ("lesson_unanswered", "lesson_not_carried_out", "lesson_still")
        return {code: [row.key for row in run(again(who), on=on, only=code)[0].records] for code in codes}

    assert not any(found(people.manager, ON).values())
    late = BY + timedelta(days=1)
    assert found(people.manager, late) == {
        "lesson_unanswered": [asked.number], "lesson_not_carried_out": [], "lesson_still": [begun.number]
    }  # fmt: skip
    assert found(people.elsewhere, late) == {
        "lesson_unanswered": [], "lesson_not_carried_out": [asked.number], "lesson_still": []
    }  # fmt: skip
    assert not any(found(people.coordinator, late).values())


def test_the_action_plan_learns_what_a_lesson_is(people: Any, offered: Any, draft: Any) -> None:
    found = origin_of(offered().subject, again(people.elsewhere))
    assert found is not None and found.organization.code == "BET" and found.label == WHOLE.title
    assert origin_of(draft().subject, again(people.elsewhere)) is None
    assert origin_of("lesson:REX-2026-9999", again(people.elsewhere)) is None


def test_a_network_lesson_is_agreed_by_the_coordination(network: Any, people: Any) -> None:
    text = Text(**{**vars(WHOLE), "kind": "strength"})
    lesson = proposing.begin_lesson(organization=network.net, text=text, by=people.coordinator, on=ON)
    assert [row.pk for row in lessons_waiting(again(people.coordinator).scope)] == [lesson.pk]
    for step in ("send", "submit", "agree"):
        more = {} if step == "submit" else {"may_be_named": True}
        act = getattr(offering, f"{step}_lesson")
        lesson = act(lesson=lesson, version=lesson.version, by=people.coordinator, on=ON, **more)
    assert lesson.state == "agreed"
