"""A quality manager answers a requirement with the keyboard; the story of the answer says so."""

from collections.abc import Callable
from typing import Any


def test_a_quality_manager_assesses_a_clause(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/readiness/organizations/BRE/iso-9001-2015/")
    who.check_page()
    page.locator("main").get_by_role("link", name="9.3.2").first.click()
    page.get_by_label("Maîtrisé").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Ce qui le prouve").fill(
        "Dossier de revue de direction 2026, données d’entrée complètes"
    )
    page.get_by_role("button", name="Enregistrer").first.press("Enter")
    page.wait_for_load_state()
    again = who.open("/readiness/answers/BRE/iso-9001-2015/9.3.2/")
    text = again.locator("main").inner_text()
    assert "Dossier de revue de direction 2026" in again.content()
    assert "Histoire" in text
    who.check_page()


def test_nobody_else_sees_the_answer(visitor: Callable[..., Any]) -> None:
    who = visitor("research_staff")
    answer = who.page.request.get("/readiness/answers/PER/iso-9001-2015/8.4.1/")
    assert answer.status == 404
