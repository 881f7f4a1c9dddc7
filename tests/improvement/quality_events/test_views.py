"""Check the pages of one event: they work, refuse, hide, and cost the same whatever stands behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diapason.improvement.quality_events.acts import analysis, reporting, triage
from diapason.improvement.quality_events.models import QualityEvent

from .conftest import AT, ON

pytestmark = pytest.mark.django_db


def signed_in(account: Any) -> Client:
    """Return a client of that account."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def manager(people: Any) -> Client:
    """Return the quality manager's browser."""
    return signed_in(people.manager)


def url(name: str, event: QualityEvent, *more: str) -> str:
    """Return an address of the event."""
    return reverse(f"quality_events:{name}", args=[event.number, *more])


def test_the_event_is_shown_to_its_house_and_to_nobody_else(people: Any, reported: Any) -> None:
    event = reported()
    assert signed_in(people.manager).get(url("event", event)).status_code == 200
    assert signed_in(people.owner).get(url("event", event)).status_code == 200
    for other in (people.staff, people.elsewhere, people.coordinator):
        assert signed_in(other).get(url("event", event)).status_code == 404


def test_a_confidential_name_is_shown_to_those_who_sort_only(people: Any, reported: Any) -> None:
    event = reported()
    name = people.staff.person.full_name
    assert name in signed_in(people.manager).get(url("event", event)).content.decode()
    assert name not in signed_in(people.owner).get(url("event", event)).content.decode()
    named = reported(level="named")
    assert name in signed_in(people.owner).get(url("event", named)).content.decode()


def test_it_is_sorted_on_a_form_that_keeps_what_was_typed(
    network: Any, people: Any, manager: Client, reported: Any
) -> None:
    event = reported()
    page = manager.get(url("deed", event, "triage"))
    assert page.status_code == 200
    data = {"version": event.version, "title": "Version de consentement", "kind": "nonconformity",
            "category": "consent", "owner": network.alpha.pk, "severity": "major", "severity_reason": ""}  # fmt: skip
    refused = manager.post(url("do", event, "triage"), data)
    assert refused.status_code == 422 and "Version de consentement" in refused.content.decode()
    done = manager.post(url("do", event, "triage"), {**data, "severity_reason": "Droits touchés."})
    assert done.status_code == 302
    event.refresh_from_db()
    assert (event.state, event.severity, event.analysis_asked) == ("triaged", "major", True)


def test_words_that_look_like_a_participant_are_asked_about(
    network: Any, manager: Client, reported: Any
) -> None:
    event = reported()
    data = {"version": event.version, "reason": "Mme Durand née le 12/03/1954 est sortie."}
    asked = manager.post(url("do", event, "dismiss"), data)
    assert asked.status_code == 422 and "12/03/1954" in asked.content.decode()
    event.refresh_from_db()
    assert event.state == "reported"


def test_a_move_not_allowed_is_greyed_with_its_reason_and_refused(
    people: Any, manager: Client, sorted_event: Any
) -> None:
    event = sorted_event()
    page = manager.get(url("event", event)).content.decode()
    assert 'aria-disabled="true"' in page
    assert manager.post(url("do", event, "analyse"), {"version": event.version}).status_code == 403
    assert manager.get(url("deed", event, "nothing")).status_code == 404


def test_causes_are_drawn_and_listed(manager: Client, analysed: Any) -> None:
    event = analysed()
    page = manager.get(url("causes", event)).content.decode()
    assert "<svg" in page and page.count("La V3 restait") >= 2
    form = manager.get(url("deed", event, "analysis")).content.decode()
    assert "why0-text" in form


def test_an_analysis_is_written_line_by_line(manager: Client, sorted_event: Any) -> None:
    event = sorted_event()
    data = {"version": event.version, "method": "ishikawa", "analysis": "Deux pourquoi.",
            "why0-text": "Armoire", "why0-family": "material",
            "why3-text": "Personne chargé", "why3-family": "management", "why3-parent": "0",
            "why3-cause": "information", "why3-is_root": "on"}  # fmt: skip
    for place in range(8):
        data.setdefault(f"why{place}-family", "people")
    assert manager.post(url("do", event, "analysis"), data).status_code == 302
    rows = list(event.causes.filter(removed_on=None))
    assert [(row.text, row.parent_id) for row in rows] == [("Armoire", None), ("Personne chargé", rows[0].pk)]


def test_what_was_done_outside_is_settled_or_waived(people: Any, manager: Client, reported: Any) -> None:
    event = reported()
    reporting.answer_routing(event=event, channel="data_leak", external_number="", by=people.staff, at=AT)
    page = manager.get(url("event", event)).content.decode()
    assert "art. 33" in page
    assert manager.get(url("settling", event, "tell_dpo")).status_code == 200
    bad = manager.post(url("settle", event, "tell_dpo"), {"met_at": "hier", "version": 1})
    assert bad.status_code == 422
    met = (AT + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert manager.post(url("settle", event, "tell_dpo"), {"met_at": met, "version": 1}).status_code in (
        302,
        422,
    )
    waived = manager.post(
        url("waive", event, "notify_authority"), {"reason": "DPO : pas de notification.", "version": 1}
    )
    assert waived.status_code == 302


@pytest.mark.parametrize(("name", "most"), [("event", 10), ("causes", 10), ("actions", 10)])
def test_every_tab_costs_the_same_whatever_stands_behind(
    manager: Client, analysed: Any, reported: Any, assert_fixed_queries: Any, name: str, most: int
) -> None:
    event = analysed()
    cost = assert_fixed_queries(lambda: manager.get(url(name, event)), lambda: [reported() for _ in range(3)])
    assert cost <= most, cost


def test_three_fields_make_a_report_that_its_declarer_follows(network: Any, people: Any) -> None:
    client = signed_in(people.staff)
    page = client.get(reverse("quality_events:report"))
    assert page.status_code == 200
    key = str(page.context["form"]["sent_key"].value())
    data = {"description": "Tubes non étiquetés.", "where": "ALP", "consequence": "annoying", "sent_key": key}
    first = client.post(reverse("quality_events:send"), data)
    again = client.post(reverse("quality_events:send"), data)
    assert first.status_code == 302 and first.url == again.url
    event = QualityEvent.objects.get()
    followed = client.get(first.url)
    assert event.number in followed.content.decode()
    answers = dict.fromkeys(("care", "adverse_event", "elsewhere"), "no")
    assert client.post(url("route", event), {**answers, "data_leak": "yes"}).status_code == 302
    event.refresh_from_db()
    assert event.channel == "data_leak" and event.obligations.count() == 2
    assert client.post(url("add", event), {"text": "Deux boîtes."}).status_code == 302
    assert event.number in client.get(reverse("quality_events:mine")).content.decode()
    assert signed_in(people.manager).get(first.url).status_code == 404


def test_closing_says_what_is_missing(people: Any, manager: Client, sorted_event: Any) -> None:
    event = sorted_event(severity="minor")
    assert manager.get(url("deed", event, "close_simple")).status_code == 403
    event = analysis.record_correction(
        event=event, correction="Fait.", corrected_on=ON, version=event.version, by=people.manager, on=ON
    )
    done = manager.post(url("do", event, "close_simple"), {"version": event.version, "conclusion": "Fait."})
    assert done.status_code == 302
    event.refresh_from_db()
    assert event.state == "closed"
    reopened = manager.post(url("do", event, "reopen"), {"version": event.version, "reason": "Revenu."})
    assert reopened.status_code == 302


def test_a_manager_who_hands_an_event_over_comes_back_to_a_page(
    network: Any, people: Any, reported: Any
) -> None:
    event = reported()
    decision = triage.Sorted("nonconformity", "minor", "r", network.alpha)
    triage.triage_event(event=event, decision=decision, version=event.version, by=people.manager, on=ON)
    assert signed_in(people.manager).get(url("event", event)).status_code == 200
