"""The coordinator follows the certification programme, from the map to the organization that would miss a date."""

from collections.abc import Callable
from typing import Any


def test_the_coordinator_follows_the_programme(visitor: Callable[..., Any]) -> None:
    who = visitor("network_coordinator")
    page = who.open("/network/")
    assert "1er octobre 2018" in page.locator("main").inner_text()
    page.get_by_role("navigation").get_by_role("link", name="Programme", exact=True).click()
    text = page.locator("main").inner_text()
    assert "19" in text
    assert "1er octobre 2018" in text
    who.open("/programme/timeline/")
    who.check_page()
    change = who.open("/programme/edition-2026/")
    assert "Limoges" in change.locator("main").inner_text()
    who.check_page()
    page = who.open("/organizations/PER/")
    assert "CE-PER-2024-0001" in page.locator("main").inner_text()
    who.check_page()
