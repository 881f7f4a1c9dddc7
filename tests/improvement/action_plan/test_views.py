"""Check the screens of the action plan: they work, refuse, hide, and cost the same however many actions there are."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diapason.context.files.models import KeptFile
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action

from .conftest import ON, later

pytestmark = pytest.mark.django_db
LIST, DETAIL = 8, 10


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day on which tests take place."""
    monkeypatch.setenv("DIAPASON_TODAY", ON.isoformat())


def as_(account: Any) -> Client:
    """Return a client signed in as that account."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def text_of(client: Client, url: str, status: int = 200) -> str:
    """Return the page as text."""
    answer = client.get(url)
    assert answer.status_code == status, url
    return str(answer.content.decode())


ACTIONS = "/actions/"


def test_the_list_shows_ones_house_and_hides_the_others(network: Any, people: Any, planned: Any) -> None:
    planned(title="Armoire unique")
    assert "Armoire unique" in text_of(as_(people.manager), ACTIONS)
    assert "Armoire unique" not in text_of(as_(people.elsewhere), ACTIONS)
    assert "Armoire unique" not in text_of(as_(people.staff), ACTIONS)


def test_staff_find_what_they_carry(people: Any, planned: Any) -> None:
    planned(title="Armoire unique", owner=people.staff.person)
    assert "Armoire unique" in text_of(as_(people.staff), ACTIONS)


def test_the_coordination_sees_the_plan_of_the_network_only(
    network: Any, people: Any, planned: Any, account: Any
) -> None:
    planned(title="Armoire unique")
    coordinator = account("network_coordinator")
    planning.open_action(
        draft=planning.Draft(network.net, "improvement", "Former les RAQ", later(30)), by=coordinator, on=ON
    )
    text = text_of(as_(coordinator), ACTIONS)
    assert "Former les RAQ" in text and "Armoire unique" not in text


def test_filters_narrow_and_mine_reaches_other_houses(people: Any, planned: Any) -> None:
    planned(title="Armoire unique", owner=people.elsewhere.person)
    planned(title="Registre des clés", kind="correction", criterion=None)
    manager, elsewhere = as_(people.manager), as_(people.elsewhere)
    assert "Registre des clés" not in text_of(manager, ACTIONS + "?kind=corrective")
    assert "Armoire unique" not in text_of(elsewhere, ACTIONS)
    assert "Armoire unique" in text_of(elsewhere, ACTIONS + "?which=mine")
    assert "Armoire unique" not in text_of(manager, ACTIONS + "?which=late")


def test_what_one_is_asked_to_check_is_found(people: Any, done: Any) -> None:
    action = done(owner=people.manager.person, title="Armoire unique")
    elsewhere = as_(people.elsewhere)
    assert "Armoire unique" not in text_of(elsewhere, ACTIONS + "?which=asked")
    planning.invite_checker(action=action, person=people.elsewhere.person, by=people.manager, on=later(30))
    assert "Armoire unique" in text_of(elsewhere, ACTIONS + "?which=asked")
    assert "Armoire unique" in text_of(elsewhere, action.get_absolute_url())


def test_lists_and_pages_cost_the_same_for_many(people: Any, planned: Any, assert_fixed_queries: Any) -> None:
    action, client = planned(), as_(people.manager)

    def grow() -> None:
        for place in range(12):
            planned(title=f"Action {place}", owner=people.staff.person)

    for url, most in (
        (ACTIONS, LIST), (ACTIONS + "board/", LIST), (ACTIONS + "?which=mine", LIST),
        (action.get_absolute_url(), DETAIL),
    ):  # fmt: skip
        assert assert_fixed_queries(lambda url=url: text_of(client, url), grow) <= most, url


def test_the_page_of_an_action_hides_from_another_house(people: Any, planned: Any) -> None:
    action = planned()
    for path in ("", "amend/"):
        text_of(as_(people.elsewhere), f"{action.get_absolute_url()}{path}", 404)
    text_of(as_(people.manager), f"{action.get_absolute_url()}no-such-deed/", 404)


def test_what_may_not_be_done_is_greyed_with_its_reason(people: Any, planned: Any) -> None:
    action = planned(criterion=None)
    text = text_of(as_(people.manager), action.get_absolute_url())
    assert "a corrective action does not start without one" in text
    assert reverse("action_plan:deed", args=[action.number, "criterion"]) in text


def test_an_action_is_planned_from_what_asks_for_it(network: Any, people: Any) -> None:
    client = as_(people.manager)
    text_of(client, ACTIONS + "plan/")
    values = {
        "title": "Armoire unique", "kind": "improvement", "owner": people.owner.person.pk, "due_on": later(20),
        "priority": "high", "organization": "ALP", "periods": 1,
    }  # fmt: skip
    answer = client.post(reverse("action_plan:open"), values)
    action = Action.objects.get()
    assert answer.status_code == 302 and answer.url == action.get_absolute_url()
    assert (action.priority, action.organization, action.owner) == (
        "high",
        network.alpha,
        people.owner.person,
    )
    answer = client.post(reverse("action_plan:open"), {**values, "due_on": later(-1)})
    assert answer.status_code == 422 and "has passed" in answer.content.decode()


def test_staff_do_not_plan(people: Any) -> None:
    assert as_(people.staff).get(ACTIONS + "plan/").status_code == 403
    assert as_(people.staff).post(reverse("action_plan:open"), {"organization": "ALP"}).status_code in (
        403,
        404,
    )


def test_an_action_goes_from_planned_to_not_effective_on_the_screen(
    people: Any, planned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    action, owner, manager = planned(), as_(people.owner), as_(people.manager)

    def do(client: Client, name: str, **values: Any) -> Action:
        now = Action.objects.get(pk=action.pk)
        url = reverse("action_plan:do", args=[now.number, name])
        answer = client.post(url, {"version": now.version, **values})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return Action.objects.get(pk=action.pk)

    assert do(owner, "start").state == "started"
    assert do(owner, "extend", to_day=later(45), reason="Travaux.").due_on == later(30)
    assert do(manager, "decide", granted="yes", decision="").due_on == later(45)
    assert do(owner, "finish", result="Posée.", evidence="", done_on=ON).state == "done"
    monkeypatch.setenv("DIAPASON_TODAY", later(130).isoformat())
    # what was not effective is told with the figures as they were; the owner may not be the one who says so
    assert owner.post(reverse("action_plan:do", args=[action.number, "check"]), {}).status_code == 403
    checked = do(manager, "check", effective="no", comment="Encore quatre par mois.")
    assert (checked.state, checked.checker) == ("not_effective", people.manager.person)
    assert "Encore quatre par mois." in text_of(manager, action.get_absolute_url())


def test_a_stale_form_is_a_conflict(people: Any, planned: Any) -> None:
    action = planned()
    stale = action.version
    carrying.start_action(action=action, version=None, by=people.owner, on=ON)
    url = reverse("action_plan:do", args=[action.number, "finish"])
    answer = as_(people.owner).post(url, {"version": stale, "result": "Fait.", "done_on": ON})
    assert answer.status_code == 409


def test_the_board_is_for_whoever_reads_plans(people: Any, planned: Any) -> None:
    planned(title="Armoire unique")
    text = text_of(as_(people.manager), ACTIONS + "board/")
    assert "Armoire unique" in text and "Alphaville" in text
    text_of(as_(people.staff), ACTIONS + "board/", 403)


def test_an_answer_to_htmx_is_the_whole_page(people: Any, planned: Any) -> None:
    planned()
    client = as_(people.manager)
    whole = client.get(ACTIONS).content
    assert len(whole) == len(client.get(ACTIONS, headers={"hx-request": "true"}).content)


def test_a_check_is_refused_before_its_day_and_nothing_typed_is_lost(people: Any, done: Any) -> None:
    action = done()
    url = reverse("action_plan:do", args=[action.number, "check"])
    values = {"version": action.version, "effective": "yes", "comment": "Deux par mois."}
    answer = as_(people.manager).post(url, values)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Too early" in text and "Deux par mois." in text


def test_the_page_of_an_action_has_no_statement_per_extension(people: Any, planned: Any) -> None:
    action, client = planned(), as_(people.manager)
    for days in (40, 50, 60):
        asked = planning.ask_extension(
            action=Action.objects.get(pk=action.pk), to_day=later(days), reason="r", by=people.owner, on=ON
        )
        planning.decide_extension(
            extension=asked, granted=True, decision="", version=None, by=people.manager, on=ON
        )
    client.get(action.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        text_of(client, action.get_absolute_url())
    assert len(queries) <= DETAIL


def test_what_did_not_work_is_replaced_once_and_keeps_its_history(people: Any, done: Any) -> None:
    before = carrying.check_effectiveness(
        action=done(),
        effective=False,
        comment="Encore.",
        figures=[],
        version=None,
        by=people.manager,
        on=later(0),
    )
    client, link = as_(people.manager), f"{ACTIONS}plan/?replaces={before.number}"
    assert link in text_of(client, before.get_absolute_url()).replace("&amp;", "&")
    assert before.number in text_of(client, link)
    assert as_(people.elsewhere).get(link).status_code == 404
    values = {
        "title": "Double contrôle", "kind": "corrective", "owner": people.owner.person.pk, "due_on": later(20),
        "priority": "high", "organization": "ALP", "periods": 1, "replaces": before.number,
    }  # fmt: skip
    assert client.post(reverse("action_plan:open"), values).status_code == 302
    after = Action.objects.get(title="Double contrôle")
    before.refresh_from_db()
    assert after.replaces == before and before.state == "not_effective"
    text = text_of(client, before.get_absolute_url())
    assert after.number in text and f"It is replaced by {after.number} already" in text
    assert client.post(reverse("action_plan:open"), {**values, "title": "Encore une"}).status_code == 403


def test_a_file_that_proves_it_is_kept_with_the_action(people: Any, planned: Any) -> None:
    action, client = planned(owner=people.staff.person), as_(people.staff)
    url = reverse("action_plan:do", args=[action.number, "attach"])
    assert "multipart/form-data" in text_of(
        client, reverse("action_plan:deed", args=[action.number, "attach"])
    )
    bad = SimpleUploadedFile("virus.exe", b"MZ\x90\x00")
    assert client.post(url, {"version": action.version, "file": bad}).status_code == 422
    good = SimpleUploadedFile("preuve.txt", "Armoire posée.".encode())
    assert client.post(url, {"version": action.version, "file": good}).status_code == 302
    text = text_of(client, action.get_absolute_url())
    assert "preuve.txt" in text
    kept = KeptFile.objects.get()
    assert client.get(kept.get_absolute_url()).status_code == 200
    assert as_(people.elsewhere).get(kept.get_absolute_url()).status_code == 404
    assert as_(people.elsewhere).post(url, {"version": action.version, "file": good}).status_code == 404
