"""Check the screens of lessons: they work, refuse, hide, and cost the same whatever stands behind."""

from typing import Any

import pytest
from django.urls import reverse

from diapason.improvement.lessons.acts import answering, proposing
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.queries.drafting import Text
from diapason.improvement.lessons.queries.printing import sheet_of

from .conftest import BY, ON, answer_of, signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "strength", "title": "Un binôme relit chaque version", "what_happened": "x", "what_learnt": "y",
    "recommended": "z", "for_investigators": "on", "categories": ["consent", "file"], "causes": ["information"],
}  # fmt: skip


def url(name: str, lesson: Any, *more: str) -> str:
    """Return an address of the lesson."""
    return reverse(f"lessons:{name}", args=[lesson.number, *more])


def page_of(account: Any, address: str) -> str:
    """Return a page as somebody reads it."""
    answer = signed_in(account).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def test_the_house_and_the_study_of_a_lesson_are_told_to_no_other(
    people: Any, closed_event: Any, offered: Any
) -> None:
    event = closed_event()
    lesson = offered(origin=event.subject)
    addresses = [reverse("lessons:lessons"), reverse("lessons:board"), url("lesson", lesson),
                 f"{reverse('portal_search')}?q=consentement", reverse("portal_day"),
                 f"{reverse('lessons:lessons')}?export=csv"]  # fmt: skip
    for who in (people.elsewhere, people.reader, people.director):
        for address in addresses:
            answer = signed_in(who).get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            for told in ("Alphaville", "Alphonse", event.number, people.manager.person.family_name):
                shown = content.decode().partition("<main")[2] or content.decode()
                assert told not in shown, (who.person, address, told)
    assert event.number in page_of(people.manager, url("lesson", lesson))
    coordination = page_of(people.coordinator, url("lesson", lesson))
    assert "Alphaville" in coordination and event.number not in coordination
    named = offered(named=True)
    assert "Alphaville" in page_of(people.elsewhere, url("lesson", named))


def test_what_is_not_offered_is_hidden(people: Any, draft: Any, sent: Any) -> None:
    begun, proposed = draft(), sent()
    for who, lesson in ((people.elsewhere, begun), (people.coordinator, begun), (people.elsewhere, proposed)):
        for name in ("lesson", "sheet", "writing"):
            assert signed_in(who).get(url(name, lesson)).status_code == 404
        assert signed_in(who).post(url("do", lesson, "send")).status_code == 404
    assert page_of(people.owner, url("lesson", begun))
    for name in ("lessons", "board", "proposing"):
        assert signed_in(people.funder).get(reverse(f"lessons:{name}")).status_code == 403


def test_an_event_is_proposed_from_its_tab(people: Any, closed_event: Any) -> None:
    event = closed_event()
    client = signed_in(people.manager)
    tab = client.get(reverse("quality_events:lesson", args=[event.number])).content.decode()
    assert reverse("lessons:propose") in tab and "Propose a lesson" in tab
    assert event.title in client.get(f"{reverse('lessons:proposing')}?event={event.number}").content.decode()
    made = client.post(reverse("lessons:propose"), {"event": event.number})
    lesson = Lesson.objects.get(origin=event.subject)
    assert made.status_code == 302 and made.url == lesson.get_absolute_url()
    assert lesson.number in client.get(reverse("quality_events:lesson", args=[event.number])).content.decode()
    assert (
        signed_in(people.elsewhere).post(reverse("lessons:propose"), {"event": event.number}).status_code
        == 404
    )
    assert (
        signed_in(people.owner).post(reverse("lessons:propose"), {"event": event.number}).status_code == 403
    )


def test_a_good_practice_goes_all_the_way(people: Any) -> None:
    house, coordination = signed_in(people.manager), signed_in(people.coordinator)
    assert house.get(reverse("lessons:proposing")).status_code == 200
    assert house.post(reverse("lessons:propose"), {**TYPED, "title": ""}).status_code == 422
    assert house.post(reverse("lessons:propose"), TYPED).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.categories, lesson.kind) == (" consent file ", "strength")
    send = house.get(url("deed", lesson, "send")).content.decode()
    assert "may be named" in send and TYPED["title"] in send
    assert house.post(url("do", lesson, "send"), {"version": lesson.version}).status_code == 302
    lesson.refresh_from_db()
    written = {**TYPED, "title": "Relire à deux", "version": lesson.version}
    assert coordination.get(url("writing", lesson)).status_code == 200
    assert coordination.post(url("write", lesson), written).status_code == 302
    lesson.refresh_from_db()
    assert coordination.post(url("do", lesson, "submit"), {"version": lesson.version}).status_code == 302
    lesson.refresh_from_db()
    assert "Relire à deux" in house.get(url("deed", lesson, "agree")).content.decode()
    assert house.post(url("do", lesson, "agree"), {"version": lesson.version}).status_code == 302
    lesson.refresh_from_db()
    assert coordination.post(url("do", lesson, "offer"), {"version": lesson.version}).status_code == 422
    answer = {"version": lesson.version, "answer_by": BY.isoformat()}
    assert coordination.post(url("do", lesson, "offer"), answer).status_code == 302
    assert LessonAnswer.objects.count() == 3


def test_words_that_tell_are_shown_and_refused_on_the_form(people: Any, draft: Any) -> None:
    lesson = draft()
    client = signed_in(people.manager)
    data = {**TYPED, "what_happened": "À Alphaville, tout va bien.", "version": lesson.version}
    assert client.post(url("write", lesson), data).status_code == 302
    assert "Words that tell whose it is" in client.get(url("lesson", lesson)).content.decode()
    lesson.refresh_from_db()
    assert "Alphaville" in client.get(url("deed", lesson, "send")).content.decode()
    refused = client.post(url("do", lesson, "send"), {"version": lesson.version})
    assert refused.status_code == 422 and "Alphaville" in refused.content.decode()
    named = client.post(url("do", lesson, "send"), {"version": lesson.version, "may_be_named": "on"})
    assert named.status_code == 302


def test_participants_data_are_asked_about(people: Any, draft: Any) -> None:
    lesson = draft()
    data = {**TYPED, "what_happened": "Mme Durand née le 12/03/1954", "version": lesson.version}
    asked = signed_in(people.manager).post(url("write", lesson), data)
    assert asked.status_code == 422 and "12/03/1954" in asked.content.decode()


def test_a_move_belongs_to_one_side(people: Any, sent: Any) -> None:
    lesson = sent()
    assert signed_in(people.manager).post(url("do", lesson, "submit"), {"version": 9}).status_code == 403
    assert signed_in(people.owner).get(url("deed", lesson, "withdraw")).status_code == 403
    assert signed_in(people.coordinator).get(url("deed", lesson, "withdraw")).status_code == 403
    assert signed_in(people.coordinator).get(url("deed", lesson, "nothing")).status_code == 404
    text = page_of(people.manager, url("lesson", lesson))
    assert "Take it back" in text and "Ask its house to agree" not in text


def test_an_organization_answers_and_reads_its_own_story_only(people: Any, offered: Any) -> None:
    lesson = offered()
    mine, theirs = answer_of(lesson, "BET"), answer_of(lesson, "ALP")
    client = signed_in(people.elsewhere)
    assert "An answer is expected by" in page_of(people.elsewhere, url("lesson", lesson))
    form = reverse("lessons:answering", args=[mine.key, "refuse"])
    assert client.get(form).status_code == 200
    give = reverse("lessons:give", args=[mine.key, "refuse"])
    assert client.post(give, {"version": mine.version, "text": ""}).status_code == 422
    assert client.post(give, {"version": mine.version, "text": "Sans objet ici."}).status_code == 302
    assert "Sans objet ici." in page_of(people.elsewhere, reverse("lessons:answer", args=[mine.key]))
    for name, args in (("answer", [theirs.key]), ("answering", [theirs.key, "refuse"])):
        assert client.get(reverse(f"lessons:{name}", args=args)).status_code == 404
    assert client.post(reverse("lessons:give", args=[theirs.key, "refuse"]), {"text": "x"}).status_code == 404
    assert signed_in(people.reader).get(form).status_code == 403
    assert client.get(reverse("lessons:answering", args=[mine.key, "nothing"])).status_code == 404
    for who in (people.manager, people.coordinator, people.third):
        assert "Sans objet ici." not in page_of(who, url("lesson", lesson))


def test_adopting_may_plan_an_action(network: Any, people: Any, offered: Any) -> None:
    lesson = offered()
    mine = answer_of(lesson, "BET")
    give = reverse("lessons:give", args=[mine.key, "adopt"])
    client = signed_in(people.elsewhere)
    late = {"version": mine.version, "text": "Par la doc", "until": "2020-01-01"}
    assert client.post(give, late).status_code == 422
    data = {**late, "until": "2099-01-01", "owner": people.elsewhere.person.pk}
    assert client.post(give, data).status_code == 302
    found = answer_of(lesson, "BET")
    assert found.action is not None and found.action.number in page_of(
        people.elsewhere, url("lesson", lesson)
    )


def test_my_day_names_what_waits(people: Any, draft: Any, sent: Any, offered: Any) -> None:
    draft(), sent(), offered()
    day = reverse("portal_day")
    assert "Read and send the lesson" in page_of(people.manager, day)
    assert "Answer the lesson" in page_of(people.elsewhere, day)
    assert "Edit the lesson" in page_of(people.coordinator, day)
    assert "Answer the lesson" not in page_of(people.reader, day)


def test_lessons_are_filtered_and_exported(people: Any, offered: Any, draft: Any) -> None:
    lesson = offered()
    client = signed_in(people.elsewhere)
    library = reverse("lessons:lessons")
    for query, holds in (
        ("category=consent", True), ("category=data", False), ("cause=information", True), ("text=CONSENTEMENT", True),
        ("text=rien", False), ("ours=asked", True), ("ours=done", False), ("use=investigators", True),
        ("use=sponsors", False), ("kind=strength", False), ("clause=7.5", False), ("state=offered", True),
    ):  # fmt: skip
        assert (lesson.number in client.get(f"{library}?{query}").content.decode()) is holds, query
    exported = b"".join(client.get(f"{library}?export=csv").streaming_content).decode()
    assert lesson.number in exported and "No answer yet" in exported


def test_the_page_of_an_event_shows_lessons_that_look_like_it(
    people: Any, closed_event: Any, offered: Any
) -> None:
    lesson = offered()
    event = closed_event()
    address = reverse("quality_events:event", args=[event.number])
    assert lesson.number not in page_of(people.manager, address)
    from diapason.improvement.quality_events.acts.closing import reopen_event

    reopen_event(event=event, reason="Encore.", version=None, by=people.manager, on=ON)
    assert lesson.number in page_of(people.manager, address)


def test_the_essentials_are_one_page(people: Any, offered: Any) -> None:
    lesson = offered()
    answer = signed_in(people.elsewhere).get(url("sheet", lesson))
    printed = str(sheet_of(lesson, named=False))
    assert lesson.title in printed and "Alpha" not in printed and "Alpha" in str(sheet_of(lesson, named=True))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")


def test_queries_stay_the_same(people: Any, offered: Any, draft: Any, assert_fixed_queries: Any) -> None:
    lesson = offered()
    client = signed_in(people.elsewhere)

    def grow() -> None:
        for _ in range(3):
            other = offered()
            answering.find_in_place(
                answer=answer_of(other, "BET"), text="", version=None, by=people.elsewhere, on=ON
            )
        draft()

    library = assert_fixed_queries(lambda: client.get(reverse("lessons:lessons")), grow)
    board = assert_fixed_queries(lambda: client.get(reverse("lessons:board")), grow)
    one = assert_fixed_queries(lambda: client.get(url("lesson", lesson)), grow)
    house = signed_in(people.manager)
    own = assert_fixed_queries(lambda: house.get(url("lesson", lesson)), lambda: proposing)
    assert library <= 8 and board <= 8 and one <= 10 and own <= 12, (library, board, one, own)


def test_former_texts_and_the_story_stay_in_the_house(people: Any, draft: Any) -> None:
    lesson = draft(
        text=Text(title="x", what_happened="À Alphaville, hier.", what_learnt="y", recommended="z")
    )
    clean = {**TYPED, "version": lesson.version}
    house = signed_in(people.manager)
    assert house.post(url("write", lesson), clean).status_code == 302
    lesson.refresh_from_db()
    assert house.post(url("do", lesson, "send"), {"version": lesson.version}).status_code == 302
    assert "À Alphaville, hier." in page_of(people.manager, url("lesson", lesson))
    assert "À Alphaville, hier." not in page_of(people.coordinator, url("lesson", lesson))
