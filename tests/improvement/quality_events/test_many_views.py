"""Check the pages that show many events: they work, refuse, hide, and cost the same whatever their number."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diapason.context.network.models import Organization

from .conftest import ON
from .test_views import signed_in

pytestmark = pytest.mark.django_db

PAGES = ("board", "figures", "pareto", "clauses", "shared_causes", "checks")
STATEMENTS = 8
"""What a page may ask at most, the shell included."""


def address(name: str, **query: str) -> str:
    """Return the address of a page."""
    text = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"quality_events:{name}") + (f"?{text}" if text else "")


@pytest.mark.parametrize("name", PAGES)
def test_each_page_works_for_who_reads_events_and_refuses_the_others(
    name: str, people: Any, sorted_event: Any, many: Any
) -> None:
    sorted_event()
    many()
    for who in (people.manager, people.owner, people.coordinator):
        assert signed_in(who).get(address(name)).status_code == 200
    assert signed_in(people.staff).get(address(name)).status_code == 403


@pytest.mark.parametrize("name", ["events", *PAGES])
def test_another_house_shows_nowhere(name: str, people: Any, many: Any, network: Any) -> None:
    event = many(network.alpha, 1, title="Congélateur en panne", state="reported", triaged_on=None)[0]
    for who in (people.elsewhere, people.coordinator):
        page = signed_in(who).get(address(name)).content.decode()
        assert "Congélateur" not in page and event.number not in page


@pytest.mark.parametrize("name", ["events", *PAGES])
def test_each_page_asks_the_same_statements_whatever_the_number(
    name: str, people: Any, sorted_event: Any, many: Any, assert_fixed_queries: Any
) -> None:
    sorted_event()
    client = signed_in(people.manager)
    asked = assert_fixed_queries(lambda: client.get(address(name)), lambda: many(count=60))
    assert asked <= STATEMENTS


def test_the_board_caps_its_columns_and_says_how_many_more(people: Any, many: Any) -> None:
    many(count=30)
    page = signed_in(people.manager).get(address("board")).content.decode()
    assert page.count('class="card-link"') == 8
    assert "22" in page and "state=triaged" in page


def test_the_board_has_a_lane_per_organization_for_who_reads_several(
    stage: Any, network: Any, people: Any, many: Any
) -> None:
    from diapason.context.people.models import RoleAssignment

    many(network.alpha, 5)
    many(network.beta, 5)
    stage(lambda: RoleAssignment.objects.create(
        reference="RO-T99999", person=people.manager.person, role="quality_manager", organization=network.beta,
        starts_on=ON - timedelta(days=90),
    ))  # fmt: skip
    page = signed_in(people.manager).get(address("board")).content.decode()
    assert "<h2>Alphaville</h2>" in page and "<h2>Bêtaville</h2>" in page
    assert page.count('class="card-link"') == 6


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"open": "yes"}, 2), ({"open": "late"}, 1), ({"open": "no"}, 1), ({"state": "closed"}, 1),
        ({"category": "consent"}, 2), ({"teams": "ours"}, 3), ({"teams": "others"}, 0), ({"closed": "2026-11"}, 1),
        ({"closed": "never"}, 0), ({"since": "2026-11-20"}, 1), ({"until": "2026-11-19"}, 2), ({"clause": "10.2"}, 0),
        ({"cause": "information"}, 0), ({"text": "Congélateur"}, 1), ({"severity": "minor"}, 2),
    ],
)  # fmt: skip
def test_the_list_is_filtered(query: dict[str, str], wanted: int, people: Any, many: Any) -> None:
    old = ON - timedelta(days=20)
    many(
        count=1,
        title="Congélateur",
        state="reported",
        triaged_on=None,
        reported_on=old,
        category="",
        severity="",
    )
    many(count=1, state="triaged", reported_on=ON, triaged_on=ON)
    many(count=1, state="closed", closed_on=ON, conclusion="Fait.", reported_on=old)
    page = signed_in(people.manager).get(address("events", **query)).content.decode()
    assert page.count('<th scope="row">') == wanted


def test_a_cause_and_a_clause_lead_to_their_events(people: Any, analysed: Any) -> None:
    event = analysed()
    client = signed_in(people.manager)
    assert event.number in client.get(address("events", cause="information")).content.decode()
    assert event.number not in client.get(address("events", cause="training")).content.decode()


def test_the_list_is_had_as_a_table(people: Any, many: Any) -> None:
    many(count=3)
    answer = signed_in(people.manager).get(address("events", export="csv"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 4 and "2026-" in lines[1]


def test_few_cases_get_no_limits_and_the_reason_is_said(people: Any, many: Any) -> None:
    many(count=3, state="closed", closed_on=ON, conclusion="Fait.")
    page = signed_in(people.manager).get(address("figures")).content.decode()
    assert "six" in page or "6" in page
    assert "limites" in page or "limits" in page


def test_figures_link_each_mark_to_its_records(people: Any, many: Any) -> None:
    from diapason.ui import chart_store

    many(count=40)
    handed: list[Any] = []
    kept = chart_store.hand_over
    chart_store.hand_over = lambda spec, language: handed.append(spec) or kept(spec, language)
    try:
        signed_in(people.manager).get(address("figures"))
    finally:
        chart_store.hand_over = kept
    assert any("/events/?" in str(spec) and "since=" in str(spec) for spec in handed)


def test_the_coordination_sees_counts_only_and_only_from_five_organizations(
    people: Any, many: Any, stage: Any, network: Any
) -> None:
    many(network.alpha, 20)
    many(network.beta, 20)
    client = signed_in(people.coordinator)
    closed = client.get(address("figures")).content.decode()
    assert 'class="empty"' in closed and "<figure" not in closed
    for place in range(4):
        house = stage(lambda place=place: Organization.objects.create(
            code=f"C{place}X", name=f"Centre {place}", short_name=f"Ville {place}", kind="centre", parent=network.net,
        ))  # fmt: skip
        many(house, 12)
    opened = client.get(address("figures")).content.decode()
    assert "<figure" in opened
    for hidden in ("Alphaville", "Ville 2"):
        assert hidden not in opened.split("<main")[-1]


def test_a_house_manager_does_not_get_the_network(people: Any, many: Any) -> None:
    many(count=12)
    page = signed_in(people.manager).get(address("figures", organization="network")).content.decode()
    assert '<option value="network"' not in page and "Alphaville" in page


def test_the_panels_of_organization_and_day(people: Any, many: Any, network: Any) -> None:
    many(count=3, title="Étiquette illisible")
    page = reverse("network:organization", args=["ALP"])
    assert "Étiquette illisible" in signed_in(people.manager).get(page).content.decode()
    for who in (people.elsewhere, people.staff, people.coordinator):
        assert "Étiquette illisible" not in signed_in(who).get(page).content.decode()
    many(count=1, state="proven", title="Prêt à clore")
    assert "Prêt à clore" in signed_in(people.manager).get(reverse("portal_day")).content.decode()


def test_the_search_finds_events_of_ones_houses_only(people: Any, many: Any) -> None:
    many(count=1, title="Étiquette illisible")
    page = reverse("portal_search") + "?q=illisible"
    assert "Étiquette illisible" in signed_in(people.manager).get(page).content.decode()
    assert "Étiquette illisible" not in signed_in(people.elsewhere).get(page).content.decode()
    assert Client().get(page).status_code == 302
