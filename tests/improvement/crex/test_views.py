"""Walk the screens of learning committees: they work, refuse, hide, and cost a fixed number of statements."""

from datetime import date

import pytest

from diapason.improvement.crex.acts import meeting as acts
from diapason.improvement.crex.acts.meeting import Attended
from diapason.improvement.crex.models import CrexMeeting
from diapason.improvement.quality_events.acts.analysis import Why
from tests.improvement.crex.conftest import ON


@pytest.fixture
def client(client_as, network):
    """Return the quality manager of alpha."""
    return client_as("quality_manager", network.alpha)


def test_a_committee_by_the_screens(client, network, people, event):
    made = event()
    planned = client.post("/crex/plan/do/", {"held_on": "2026-11-23", "duration": "60", "place": "Salle 2"})
    one = CrexMeeting.objects.get()
    url = one.get_absolute_url()
    assert planned.headers["Location"] == url
    page = client.get(url)
    assert [each.event for each in page.context["proposals"]] == [made]
    assert made.title in page.content.decode()
    choice = {"version": one.version, "event": made.number, "pilot": people.owner.person.pk, "reason": ""}
    assert client.get(f"{url}choose/?event={made.number}").status_code == 200
    assert client.post(f"{url}choose/do/", choice).status_code == 302
    one.refresh_from_db()
    assert (one.event, one.choice_score) == (made, 3)
    assert "= 3" in one.choice_reason
    attended = {"version": one.version, "count_quality": "1", "count_cra": "3",
                "person_0": people.staff.person.pk, "trade_0": "nurse"}  # fmt: skip
    assert client.post(f"{url}attend/do/", attended).status_code == 302
    assert sorted(one.attendance.values_list("trade", "count")) == [("cra", 3), ("nurse", 1), ("quality", 1)]
    one.refresh_from_db()
    assert client.post(f"{url}hold/do/", {"version": one.version}).status_code == 302
    one.refresh_from_db()
    analysis = {"version": one.version, "event_version": made.version, "method": "alarm", "step_team": "Relève écrite.",
                "why0-text": "Relève orale", "why0-family": "people", "why0-cause": "information",
                "why0-is_root": "on"}  # fmt: skip
    assert client.get(f"{url}analyse/?method=alarm").context["form"].method_name == "ALARM"
    assert client.post(f"{url}analyse/do/", analysis).status_code == 302
    made.refresh_from_db()
    assert (made.method, made.causes.get().cause) == ("alarm", "information")
    one.refresh_from_db()
    minutes = {"version": one.version, "minutes": "Écrire la relève.", "next_on": "2026-12-14"}
    assert client.post(f"{url}minutes/do/", minutes).status_code == 302
    one.refresh_from_db()
    assert client.post(f"{url}close/do/", {"version": one.version}).status_code == 302
    shown = client.get(url).content.decode()
    assert "Relève écrite." in shown
    assert "Écrire la relève." in shown
    assert CrexMeeting.objects.filter(held_on=date(2026, 12, 14)).exists()


def test_the_minutes_are_a_tagged_pdf(client, chosen):
    answer = client.get(f"{chosen.get_absolute_url()}minutes.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in answer.content
    assert f'filename="{chosen.number}.pdf"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("role", "code"), [
    ("quality_manager", 200), ("process_owner", 200), ("sponsor_project_manager", 200), ("research_staff", 404),
    ("internal_auditor", 404), ("external_certifier", 404), ("administrator", 404),
])  # fmt: skip
def test_minutes_are_for_those_who_work_on_events(client_as, network, chosen, role, code):
    client = client_as(role, network.alpha)
    assert client.get(chosen.get_absolute_url()).status_code == code
    assert client.get(f"{chosen.get_absolute_url()}minutes.pdf").status_code == code
    listed = client.get("/crex/")
    assert (chosen.number in listed.content.decode()) == (code == 200)


def test_minutes_are_hidden_from_other_houses_and_from_the_coordination(client_as, network, chosen):
    for client in (client_as("quality_manager", network.beta), client_as("network_coordinator")):
        assert client.get(chosen.get_absolute_url()).status_code == 404
        assert client.post(f"{chosen.get_absolute_url()}hold/do/", {}).status_code == 404


def test_whoever_attended_reads_the_minutes_but_writes_nothing(client_as, network, chosen, people):
    there = client_as("research_staff", network.alpha)
    url = chosen.get_absolute_url()
    assert there.get(url).status_code == 404
    attended = [Attended("nurse", 1, there.account.person)]
    acts.record_attendance(meeting=chosen, attended=attended, version=None, by=people.manager, on=ON)
    assert there.get(url).status_code == 200
    assert there.get(f"{url}minutes/").status_code == 403
    assert there.post(f"{url}minutes/do/", {"minutes": "x"}).status_code == 403


def test_a_certifier_named_as_present_still_reads_nothing(client_as, network, chosen, people):
    certifier = client_as("external_certifier", network.alpha)
    attended = [Attended("other", 1, certifier.account.person)]
    acts.record_attendance(meeting=chosen, attended=attended, version=None, by=people.manager, on=ON)
    assert certifier.get(chosen.get_absolute_url()).status_code == 404


def test_only_quality_managers_plan(client_as, network):
    for role in ("process_owner", "research_staff", "external_certifier"):
        client = client_as(role, network.alpha)
        assert client.get("/crex/plan/").status_code == 403
        assert client.post("/crex/plan/do/", {}).status_code == 403
    assert client_as("quality_manager", network.alpha).get("/crex/plan/?organization=BET").status_code == 404


def test_a_refusal_keeps_what_was_typed(client, meeting, event, people):
    declared = event(by=people.staff)
    choice = {
        "version": meeting.version,
        "event": declared.number,
        "pilot": people.staff.person.pk,
        "reason": "Parce que",
    }
    answer = client.post(f"{meeting.get_absolute_url()}choose/do/", choice)
    assert answer.status_code == 422
    assert "Parce que" in answer.content.decode()
    stale = choice | {"pilot": people.owner.person.pk, "version": 99}
    assert client.post(f"{meeting.get_absolute_url()}choose/do/", stale).status_code == 409
    assert client.get(f"{meeting.get_absolute_url()}nothing/").status_code == 404


def test_the_event_says_that_a_committee_looked_into_it(client, client_as, network, chosen):
    page = client.get(chosen.event.get_absolute_url()).content.decode()
    assert chosen.get_absolute_url() in page
    auditor = (
        client_as("internal_auditor", network.alpha).get(chosen.event.get_absolute_url()).content.decode()
    )
    assert chosen.number in auditor
    assert chosen.get_absolute_url() not in auditor


def test_my_day_asks_for_the_committee_of_the_month_then_for_its_minutes(client, people, network, meeting):
    page = client.get("/day/").content.decode()
    assert meeting.get_absolute_url() in page
    assert "/crex/plan/" not in page
    acts.cancel_crex(meeting=meeting, reason="Grève", version=None, by=people.manager, on=ON)
    assert "/crex/plan/?organization=ALP" in client.get("/day/").content.decode()


@pytest.mark.parametrize("path", ["", "CX-ALP-2026-0001/"])
def test_statements_do_not_grow(client, network, chosen, people, event, path, assert_fixed_queries):
    why = [Why("x", "method", cause="procedure", is_root=True)]
    acts.record_analysis(meeting=chosen, method="orion", steps={"collect": "x"}, whys=why, version=None,
                         event_version=None, by=people.manager, on=ON)  # fmt: skip

    def grow():
        for day in (1, 2, 3):
            acts.plan_crex(organization=network.alpha, held_on=date(2026, 12, day), duration=60, place="",
                           by=people.manager, on=ON)  # fmt: skip
        acts.record_attendance(meeting=chosen, attended=[Attended("quality"), Attended("cra", 2)],
                               version=None, by=people.manager, on=ON)  # fmt: skip

    count = assert_fixed_queries(lambda: client.get(f"/crex/{path}"), grow)
    assert count <= (8 if not path else 10), count
