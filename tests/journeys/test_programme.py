"""The coordinator follows the certification programmes, down to the milestones and certificate of one house."""

from collections.abc import Callable
from typing import Any


def test_the_coordinator_follows_the_programme(visitor: Callable[..., Any]) -> None:
    who = visitor("network_coordinator")
    page = who.open("/network/")
    assert "1er octobre 2018" in page.locator("main").inner_text()
    page.get_by_role("navigation").get_by_role("link", name="Programme", exact=True).click()
    page.get_by_role("link", name="Programme national de certification").click()
    text = page.locator("main").inner_text()
    assert "19 sur 19" in text
    assert "1er octobre 2018" in text
    who.check_page()
    page.get_by_role("link", name="Toute l’histoire").click()
    page.wait_for_url("**/programme/timeline/")
    who.check_page()


def test_the_coordinator_sees_how_the_change_of_edition_stands(visitor: Callable[..., Any]) -> None:
    who = visitor("network_coordinator")
    page = who.open("/programme/")
    page.get_by_role("link", name="Passage à l’édition 2026").click()
    assert "Limoges" in page.locator("main").inner_text()
    who.check_page()
    page.locator("main a[href$='/milestones/LIM/']").first.click()
    assert "Limoges" in page.locator("main").inner_text()
    who.check_page()
    page = who.open("/organizations/PER/")
    page.locator("main").get_by_role("link", name="CE-PER-2024-0001").first.click()
    assert page.url.endswith("/certificates/CE-PER-2024-0001/")
    assert "Perpignan" in page.locator("main").inner_text()
    who.check_page()
