"""A quality manager goes through requirements with the keyboard alone; the story of each answer says so."""

from collections.abc import Callable
from typing import Any

from tests.journeys.keyboard import Keyboard

KEY = "/readiness/answers/BRE/iso-9001-2015/9.3.2/"


def test_a_quality_manager_assesses_a_clause(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/day/")
    keys = Keyboard(page)
    keys.go(page.locator("nav.side").get_by_role("link", name="Exigences"))
    page = who.open("/readiness/organizations/BRE/iso-9001-2015/")
    who.check_page()
    keys.past_the_menu()
    keys.go(page.locator(f"main tbody a[href='{KEY}']"))
    keys.past_the_menu()
    keys.to(page.locator("input[name=level]:checked"))
    choose_level(keys, "1")
    keys.to(page.get_by_label("Ce qui le prouve"))
    keys.write("Dossier de revue de direction 2026")
    keys.to(page.locator("details.more summary"))
    keys.press("Enter")
    keys.to(page.locator("[name=gap]"))
    keys.write("Les données d’entrée ne sont pas toutes présentées")
    keys.to(page.locator("[name=action]"))
    keys.write("Trame de revue complétée")
    keys.go(page.get_by_role("button", name="Enregistrer et continuer"))
    who.expect_refusal(422)
    who.check_page()
    keys.to(page.locator(".note.error a[href='#id_owner']"))
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_owner"
    keys.press("End")
    keys.day(page.locator("input[name=due_on]"), "02022027")
    keys.go(page.get_by_role("button", name="Enregistrer et continuer"))
    assert "/answers/" not in page.url, "it was the last one that waited"
    page = who.open(KEY)
    text = page.locator("main").inner_text()
    assert page.get_by_label("Ce qui le prouve").input_value() == "Dossier de revue de direction 2026"
    assert page.locator("input[name=level]:checked").input_value() == "1"
    assert "2 février 2027" in text
    assert "le 23 novembre 2026" in text
    assert page.locator(".story li").count()
    who.check_page()


def choose_level(keys: Keyboard, wanted: str) -> None:
    """Move along the levels with the arrows until the wanted one is chosen."""
    chosen = keys.page.locator("input[name=level]:checked")
    for _ in range(10):
        if chosen.input_value() == wanted:
            return
        keys.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach level {wanted}")
