"""Home, day, search, place, administration, health."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from diapason.portal.buckets import bucket_of, sorted_into_buckets
from diapason.ui.panels import Task

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due", "name"),
    [
        (date(2026, 11, 22), "late"),
        (TODAY, "today"),
        (date(2026, 11, 29), "week"),
        (date(2026, 11, 30), "later"),
        (None, "undated"),
    ],
)
def test_buckets_follow_the_calendar_week(due: date | None, name: str) -> None:
    assert bucket_of(due, TODAY) == name


def test_the_oldest_and_most_serious_come_first_and_empty_buckets_are_hidden() -> None:
    old = Task("old", "/x/", due=TODAY - timedelta(days=30), state="unk")
    bad = Task("bad", "/x/", due=TODAY - timedelta(days=2), state="bad")
    mild = Task("mild", "/x/", due=TODAY - timedelta(days=2), state="warn")
    buckets = sorted_into_buckets([mild, bad, old], TODAY)
    assert [bucket.name for bucket in buckets] == ["late"]
    assert [task.title for task in buckets[0].tasks] == ["old", "bad", "mild"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "own", "where"),
    [
        ("network_coordinator", False, "/network/"),
        ("network_director", False, "/network/"),
        ("quality_manager", True, "/day/"),
        ("research_staff", True, "/day/"),
    ],
)
def test_the_root_opens_what_one_comes_for(
    client_as: Any, network: Any, role: str, own: bool, where: str
) -> None:
    assert client_as(role, network.alpha if own else None).get("/").url == where


@pytest.mark.django_db
def test_every_page_asks_for_sign_in_but_health(network: Any) -> None:
    for address in ("/", "/day/", "/network/", "/search/", "/administration/", "/gallery/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "login" in answer.url
    answer = Client().get("/health/")
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_place_is_remembered_and_a_foreign_one_is_not(client_as: Any, network: Any) -> None:
    client = client_as("quality_manager", network.alpha)
    answer = client.post("/place/", {"place": "ALP"})
    assert answer.url == "/organizations/ALP/"
    assert client.session["place"] == "ALP"
    client.post("/place/", {"place": "BET"})
    assert client.session["place"] == "network"
    text = client.get("/day/").content.decode()
    assert "Alphaville" in text
    assert "Bêtaville" not in text


@pytest.mark.django_db
def test_search_finds_pages_and_organizations(client_as: Any, network: Any) -> None:
    client = client_as("network_coordinator")
    text = client.get("/search/", {"q": "alpha"}).content.decode()
    assert "/organizations/ALP/" in text
    assert "/day/" in client.get("/search/", {"q": "journée"}).content.decode()
    assert client.get("/search/", {"q": "<script>"}).status_code == 200
    assert client.get("/search/", {"q": "\x00'"}).status_code == 200
    assert client.get("/search/?q=%0%000%00al").status_code == 200
    assert client.get("/organizations/", {"q": "a\x00b", "after": "\x00"}).status_code == 200
    assert client.get("/organizations/A%00P/").status_code == 404


@pytest.mark.django_db
def test_search_costs_few_queries(client_as: Any, network: Any, django_assert_max_num_queries: Any) -> None:
    client = client_as("network_coordinator")
    with django_assert_max_num_queries(16):
        client.get("/search/", {"q": "alpha"})


@pytest.mark.django_db
def test_empty_pages_teach(client_as: Any, network: Any) -> None:
    text = client_as("research_staff", network.alpha).get("/day/").content.decode()
    assert 'class="empty"' in text
    assert "Par exemple" in text or "For example" in text


@pytest.mark.django_db
def test_administration_lists_what_the_reader_may_open(client_as: Any, network: Any) -> None:
    own = client_as("administrator").get("/administration/").content.decode()
    other = client_as("research_staff", network.alpha).get("/administration/").content.decode()
    assert own.count("chevron") or own.count("bucket") > other.count("bucket")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/day/", "/network/", "/search/?q=al", "/organizations/ALP/"])
def test_pages_cost_the_same_in_a_larger_network(
    client_as: Any, network: Any, stage: Any, assert_fixed_queries: Any, address: str
) -> None:
    from diapason.context.network.models import Organization

    client = client_as("network_coordinator")

    def grow() -> None:
        stage(
            lambda: [
                Organization.objects.create(
                    code=f"N{number:02}",
                    name=f"Centre Alpha {number}",
                    short_name=f"Ville {number}",
                    kind=Organization.Kind.CENTRE,
                    parent=network.net,
                )
                for number in range(12)
            ]
        )

    assert assert_fixed_queries(lambda: client.get(address), grow) <= 12


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_the_shell(network: Any, account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("network_coordinator"))
    answer = client.post("/place/", {"place": "ALP"})
    assert answer.status_code == 403
    assert 'id="sidebar"' in answer.content.decode()


@pytest.mark.django_db
def test_an_error_of_ours_is_a_page_that_needs_no_database(network: Any) -> None:
    from django.test import RequestFactory

    from diapason.ui.pages import bad_request, broken, not_allowed

    assert broken(RequestFactory().get("/")).status_code == 500
    for view, status in ((bad_request, 400), (not_allowed, 403)):
        request = RequestFactory().get("/")
        from django.contrib.auth.models import AnonymousUser

        request.user = AnonymousUser()
        assert view(request).status_code == status
