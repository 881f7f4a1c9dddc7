"""Navigation, links, panels, search and map points."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from diapason.kernel.scope import Scope
from diapason.ui import links, navigation, panels, search
from diapason.ui.checks import navigation_opens
from diapason.ui.maps import Point
from diapason.ui.panels import Panel, Task


@pytest.fixture(autouse=True)
def registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_ENTRIES", [])
    monkeypatch.setattr(links, "_KINDS", {})
    monkeypatch.setattr(panels, "_MAKERS", {})
    monkeypatch.setattr(search, "_SEARCHERS", {})


def request(path: str = "/day/", **abilities: Any) -> Any:
    made = RequestFactory().get(path)
    made.user = SimpleNamespace(scope=Scope(abilities=abilities))
    return made


def test_entries_show_in_order_to_those_who_may_open_them() -> None:
    navigation.add("administration", "Accounts", "portal_administration", 10, "manage_accounts")
    navigation.add("day", "My day", "portal_day", 10)
    navigation.add("day", "My day", "portal_day", 10)
    assert [links[0].label for _, links in navigation.shown_to(request())] != []
    assert [h for h, _ in navigation.shown_to(request())] == [""]
    both = navigation.shown_to(request(manage_accounts=frozenset({3})))
    assert len(both) == 2
    assert both[0][1][0].current


def test_one_page_is_current_at_most() -> None:
    navigation.add("day", "Day", "portal_day", 1)
    navigation.add("day", "Home", "portal_home", 2)
    shown = navigation.shown_to(request("/day/x/"))[0][1]
    assert [link.current for link in shown] == [True, False]


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="section"):
        navigation.add("elsewhere", "X", "portal_day", 1)


def test_an_entry_without_page_is_hidden_and_reported() -> None:
    navigation.add("day", "Nowhere", "no_such_page", 1)
    assert navigation.shown_to(request()) == []
    assert [error.id for error in navigation_opens(None)] == ["ui.E001"]


def test_a_kind_of_subject_opens_one_page() -> None:
    links.register("organization", "network:organization")
    links.register("organization", "network:organization", "organization")
    with pytest.raises(ValueError, match="open network:organization already"):
        links.register("organization", "certificates:certificate")


def test_links_lead_to_records() -> None:
    links.register("organization", "network:organization", "organization")
    assert links.url_of("organization:ALP") == "/organizations/ALP/"
    assert links.url_of("mystery:ALP") == ""
    assert links.url_of("organization:") == ""
    assert links.key_of("organization:ALP") == "ALP"


def test_panels_come_in_order_and_empty_ones_stay_away() -> None:
    panels.register("my_day", lambda request, thing: Panel("second"), 20)
    panels.register("my_day", lambda request, thing: None, 5)
    assert [panel.title for panel in panels.collect("my_day", request())] == ["second"]
    assert panels.collect("organization", request(), None) == []


def test_searchers_are_asked_for_two_letters_or_more() -> None:
    search.register("Things", lambda request, text, limit: [search.Hit(text, "/x/")])
    search.register("Nothing", lambda request, text, limit: [])
    assert search.find(request(), "a") == []
    assert search.find(request(), "ab") == [("Things", [search.Hit("ab", "/x/")])]


def test_places_lie_inside_the_map() -> None:
    for latitude, longitude in ((51.0, 2.4), (42.7, 2.9), (48.4, -4.5), (48.1, 7.4)):
        point = Point(latitude, longitude, "x", "/x/")
        assert 0 < float(point.x) < 470
        assert 0 < float(point.y) < 420


def test_a_task_needs_only_a_title_and_a_page() -> None:
    assert Task("x", "/x/").due is None
    assert Task("x", "/x/", due=date(2026, 1, 1)).due == date(2026, 1, 1)
