"""Check what is done with a lesson: it changes, it records, it refuses with the reason."""

from datetime import timedelta
from typing import Any

import pytest

from diapason.audit_trail import stories
from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry
from diapason.context.studies.models import Study
from diapason.improvement.action_plan.acts import carrying
from diapason.improvement.action_plan.acts.planning import Draft
from diapason.improvement.lessons.acts import answering, offering, proposing
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.queries.drafting import Text
from diapason.kernel.verdicts import Conflict, Refused

from .conftest import BY, ON, WHOLE, answer_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def last_entry() -> str:
    """Return the last entry of the trail as it is kept."""
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    return str(entry.statement)


def test_a_closed_event_becomes_a_draft_once(people: Any, closed_event: Any) -> None:
    event = closed_event()
    lesson = proposing.propose_lesson(event=event, by=automaton("tests"), on=ON)
    assert lesson.number == "REX-2026-0001" and "LessonProposed" in last_entry()
    assert (lesson.state, lesson.categories, lesson.causes) == ("draft", " consent ", " information ")
    assert "Information" in lesson.what_learnt and lesson.recommended == "Version retirée."
    assert proposing.propose_lesson(event=event, by=people.manager, on=ON).pk == lesson.pk
    assert Lesson.objects.count() == 1


def test_closing_an_event_that_would_help_others_begins_its_lesson(people: Any, closed_event: Any) -> None:
    event = closed_event(helps=True)
    lesson = Lesson.objects.get(origin=event.subject)
    assert (lesson.state, lesson.organization_id) == ("draft", event.organization_id)
    closed_event()
    assert Lesson.objects.count() == 1


def test_the_first_text_names_neither_house_nor_study_nor_person(
    network: Any, people: Any, stage: Any, closed_event: Any
) -> None:
    study = stage(
        lambda: Study.objects.create(
            key="ETU-1", acronym="OPALINE", title_fr="Étude Opaline", title_en="Opaline study",
            sponsor=network.alpha, is_confidential=True, holder=network.alpha,
        )
    )  # fmt: skip
    name = people.staff.person
    event = closed_event(
        study=study,
        description=f"À Alphaville, pour OPALINE, M. {name.family_name} et {name.full_name} ont signé ; "
        "l’Institut  Alphonse-Alpha l’a su par 06 12 34 56 78. Voir EV-ALP-2026-0001.",
    )
    lesson = proposing.propose_lesson(event=event, by=people.manager, on=ON)
    text = f"{lesson.title} {lesson.what_happened} {lesson.what_learnt} {lesson.recommended}".lower()
    for told in ("alphaville", "opaline", name.family_name.lower(), "alphonse", "06 12", "ev-alp"):
        assert told not in text, text
    assert "ont signé" in text


def test_only_its_house_begins_a_lesson(network: Any, people: Any, closed_event: Any) -> None:
    for other in (people.owner, people.elsewhere, people.coordinator):
        with pytest.raises(Refused):
            proposing.begin_lesson(organization=network.alpha, text=WHOLE, by=other, on=ON)
    with pytest.raises(Refused):
        proposing.begin_lesson(organization=network.alpha, text=Text(title=" "), by=people.manager, on=ON)
    made = proposing.begin_lesson(organization=network.net, text=WHOLE, by=people.coordinator, on=ON)
    assert made.organization == network.net


def test_the_text_is_the_house_s_first_then_the_coordination_s(people: Any, draft: Any, sent: Any) -> None:
    lesson = draft()
    with pytest.raises(Refused):
        proposing.write_lesson(lesson=lesson, text=WHOLE, version=None, by=people.coordinator, on=ON)
    text = Text(title="Autre titre", categories=("data", "consent"))
    lesson = proposing.write_lesson(
        lesson=lesson, text=text, version=lesson.version, by=people.manager, on=ON
    )
    assert (
        lesson.title == "Autre titre"
        and "autre titre" in lesson.search_key
        and "LessonWritten" in last_entry()
    )
    with pytest.raises(Conflict):
        proposing.write_lesson(lesson=lesson, text=text, version=1, by=people.manager, on=ON)
    other = sent()
    with pytest.raises(Refused):
        proposing.write_lesson(lesson=other, text=WHOLE, version=None, by=people.manager, on=ON)
    proposing.write_lesson(lesson=other, text=WHOLE, version=None, by=people.coordinator, on=ON)


def test_an_unfinished_text_is_not_sent(people: Any, draft: Any) -> None:
    lesson = draft(text=Text(title="Sans suite"))
    with pytest.raises(Refused, match="what was learnt"):
        offering.send_lesson(lesson=lesson, may_be_named=False, version=None, by=people.manager, on=ON)


def test_a_text_that_names_its_house_needs_its_agreement(people: Any, draft: Any) -> None:
    lesson = draft(text=Text(title="À Alphaville", what_happened="x", what_learnt="y", recommended="z"))
    with pytest.raises(Refused, match="Alphaville"):
        offering.send_lesson(lesson=lesson, may_be_named=False, version=None, by=people.manager, on=ON)
    named = offering.send_lesson(lesson=lesson, may_be_named=True, version=None, by=people.manager, on=ON)
    assert named.may_be_named and named.state == "proposed"
    asked = offering.submit_lesson(lesson=named, version=None, by=people.coordinator, on=ON)
    with pytest.raises(Refused, match="Alphaville"):
        offering.agree_lesson(lesson=asked, may_be_named=False, version=None, by=people.manager, on=ON)


def test_persons_are_not_named_even_by_a_house_that_is(people: Any, draft: Any) -> None:
    name = people.staff.person.full_name
    lesson = draft(text=Text(title="x", what_happened=f"{name} l’a vu.", what_learnt="y", recommended="z"))
    with pytest.raises(Refused, match=name):
        offering.send_lesson(lesson=lesson, may_be_named=True, version=None, by=people.manager, on=ON)


def test_nothing_is_offered_before_its_house_agreed(people: Any, sent: Any, agreed: Any) -> None:
    lesson = sent()
    with pytest.raises(Refused):
        offering.offer_lesson(lesson=lesson, answer_by=BY, version=None, by=people.coordinator, on=ON)
    lesson = offering.submit_lesson(lesson=lesson, version=None, by=people.coordinator, on=ON)
    with pytest.raises(Refused):
        offering.agree_lesson(lesson=lesson, may_be_named=False, version=None, by=people.coordinator, on=ON)
    with pytest.raises(Refused):
        offering.send_back_lesson(lesson=lesson, reason=" ", version=None, by=people.manager, on=ON)
    back = offering.send_back_lesson(
        lesson=lesson, reason="Trop précis.", version=None, by=people.manager, on=ON
    )
    assert back.state == "proposed" and "Trop précis" not in last_entry(), "the trail holds a commitment"
    coordinator_reads = stories.story_of(back.subject, user=people.coordinator)[0][0]
    assert "Trop précis." in coordinator_reads.sentences[0]
    other = agreed()
    with pytest.raises(Refused):
        offering.offer_lesson(lesson=other, answer_by=BY, version=None, by=people.manager, on=ON)
    again = offering.take_up_lesson(lesson=other, reason="Faute.", version=None, by=people.coordinator, on=ON)
    assert (again.state, again.agreed_on) == ("proposed", None)


def test_its_house_takes_it_back_or_the_coordination_leaves_it(people: Any, sent: Any, agreed: Any) -> None:
    with pytest.raises(Refused):
        offering.withdraw_lesson(lesson=sent(), reason="Non.", version=None, by=people.coordinator, on=ON)
    gone = offering.withdraw_lesson(lesson=agreed(), reason="Non.", version=None, by=people.manager, on=ON)
    assert gone.state == "withdrawn"
    left = offering.decline_lesson(
        lesson=sent(), reason="Déjà dit.", version=None, by=people.coordinator, on=ON
    )
    assert left.state == "declined" and "LessonDeclined" in last_entry()


def test_offering_asks_every_organization_open_that_day(
    network: Any, stage: Any, people: Any, agreed: Any
) -> None:
    network.beta.closed_on = ON - timedelta(days=1)
    stage(network.beta.save)
    lesson = agreed()
    with pytest.raises(Refused, match="some days"):
        offering.offer_lesson(lesson=lesson, answer_by=ON, version=None, by=people.coordinator, on=ON)
    offering.offer_lesson(lesson=lesson, answer_by=BY, version=None, by=people.coordinator, on=ON)
    assert sorted(LessonAnswer.objects.values_list("organization__code", flat=True)) == ["ALP", "RDD"]
    with pytest.raises(Refused):
        offering.withdraw_lesson(lesson=lesson, reason="Trop tard.", version=None, by=people.manager, on=ON)


def test_each_answers_for_itself_and_says_why(people: Any, offered: Any) -> None:
    lesson = offered()
    answer = answer_of(lesson, "BET")
    with pytest.raises(Refused):
        answering.refuse(answer=answer, text="Non.", version=None, by=people.manager, on=ON)
    with pytest.raises(Refused, match="why it does not apply"):
        answering.refuse(answer=answer, text=" ", version=None, by=people.elsewhere, on=ON)
    with pytest.raises(Refused, match="still to come"):
        answering.postpone(answer=answer, text="Après.", until=ON - timedelta(days=1), version=None,
                           by=people.elsewhere, on=ON)  # fmt: skip
    later = answering.postpone(
        answer=answer, text="Après.", until=BY, version=None, by=people.elsewhere, on=ON
    )
    assert (later.state, later.due_on, later.answered_on) == ("later", BY, ON)
    after = ON + timedelta(days=3)
    refused = answering.refuse(answer=later, text="Consentement électronique.", version=None, by=people.elsewhere,
                               on=after)  # fmt: skip
    assert (refused.state, refused.answered_on) == ("not_applicable", ON)
    assert "LessonExcluded" in last_entry() and '"organization":"BET"' in last_entry().replace(" ", "")
    placed = answering.find_in_place(
        answer=answer_of(lesson, "ALP"), text="", version=None, by=people.manager, on=ON
    )
    assert placed.state == "in_place"


def test_adoption_is_followed_to_its_action(network: Any, people: Any, offered: Any) -> None:
    lesson = offered()
    draft = Draft(network.beta, "improvement", "Nommer qui retire", BY, owner=people.elsewhere.person)
    with pytest.raises(Refused, match="how it is adopted"):
        answering.adopt(
            answer=answer_of(lesson, "BET"), text="", until=BY, version=None, by=people.elsewhere, on=ON
        )
    adopted = answering.adopt(answer=answer_of(lesson, "BET"), text="Par la documentation", until=BY, version=None,
                              by=people.elsewhere, on=ON, action=draft)  # fmt: skip
    assert adopted.action is not None and adopted.action.origin == lesson.subject
    assert adopted.action.organization == network.beta and adopted.due_on == BY
    action = carrying.start_action(action=adopted.action, version=None, by=people.elsewhere, on=ON)
    action = carrying.finish_action(
        action=action, result="Fait.", evidence="", version=None, by=people.elsewhere, on=ON
    )
    found = answer_of(lesson, "BET")
    assert (found.state, found.done_on, found.done_note) == ("done", ON, "Fait.")
    assert answering.carry_out_by_action(action=action, by=automaton("tests"), on=ON) is None


def test_carried_out_is_said_by_hand_too(people: Any, offered: Any) -> None:
    answer = answer_of(offered(), "BET")
    adopted = answering.adopt(answer=answer, text="Oui", until=BY, version=None, by=people.elsewhere, on=ON)
    with pytest.raises(Refused, match="not after today"):
        answering.carry_out(answer=adopted, done_on=BY, note="", version=None, by=people.elsewhere, on=ON)
    done = answering.carry_out(
        answer=adopted, done_on=ON, note="Fait", version=None, by=people.elsewhere, on=ON
    )
    assert done.state == "done"
    with pytest.raises(Refused, match="Not after this answer"):
        answering.refuse(answer=done, text="Non", version=None, by=people.elsewhere, on=ON)


def test_the_gathering_ends_with_a_conclusion(people: Any, offered: Any) -> None:
    lesson = offered()
    with pytest.raises(Refused, match="what is concluded"):
        offering.close_lesson(lesson=lesson, conclusion=" ", version=None, by=people.coordinator, on=ON)
    closed = offering.close_lesson(lesson=lesson, conclusion="Deux sur trois.", version=None, by=people.coordinator,
                                   on=ON)  # fmt: skip
    assert (closed.state, closed.closed_on) == ("closed", ON)
    late = answering.find_in_place(
        answer=answer_of(lesson, "BET"), text="", version=None, by=people.elsewhere, on=ON
    )
    assert late.state == "in_place"
