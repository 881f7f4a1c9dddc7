"""Ten journeys without a mouse: each thing can be reached, its focus is seen, and it does what it says."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.keyboard import Keyboard


def test_sign_in(visitor: Callable[..., Any], site: Any) -> None:
    who = visitor()
    page, account = who.open("/day/"), site.account("quality_manager")
    keys = Keyboard(page)
    keys.to(page.locator("input[name=login]"))
    keys.write(account["email"])
    keys.to(page.locator("input[name=password]"))
    keys.write(account["password"])
    keys.leave()
    assert page.url.endswith("/day/")
    who.check_page()


def test_switch_the_organization(visitor: Callable[..., Any]) -> None:
    who = visitor("network_coordinator")
    page = who.open("/network/")
    keys = Keyboard(page)
    keys.to(page.locator(".where-pop summary"))
    keys.press("Enter")
    keys.go(page.locator(".where-pop button", has_text="Perpignan"))
    assert page.url.endswith("/organizations/PER/")
    assert "Perpignan" in page.locator(".where-pop summary").inner_text()
    keys.to(page.locator(".where-pop summary"))
    keys.press("Enter")
    keys.to(page.locator(".where-pop button").first)
    keys.press("Escape")
    assert page.evaluate("document.activeElement.matches('.where-pop summary')")


def test_search_and_open_a_study(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/day/")
    keys = Keyboard(page)
    keys.press("Control+k")
    keys.write("PRISME")
    keys.leave()
    keys.past_the_menu()
    keys.go(page.locator("main .bucket a[href^='/studies/']").first)
    assert "PRISME" in page.locator("main").inner_text()


def test_filter_the_portfolio(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/studies/")
    all_of_them = page.locator(".pager").inner_text()
    keys = Keyboard(page)
    keys.past_the_menu()
    keys.choose(page.get_by_label("Phase", exact=True), "phase 3")
    keys.go(page.get_by_role("button", name="Filtrer"))
    assert page.locator(".pager").inner_text() != all_of_them
    assert "phase 3" in page.locator(".chips").inner_text()
    keys.past_the_menu()
    keys.go(page.locator(".chips a").first)
    assert page.locator(".pager").inner_text() == all_of_them
    assert not page.locator(".chips").count()


def test_answer_a_clause(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/readiness/organizations/BRE/iso-9001-2015/")
    keys = Keyboard(page)
    keys.past_the_menu()
    keys.go(page.locator("main a[href$='/BRE/iso-9001-2015/7.3/']").first)
    keys.past_the_menu()
    keys.to(page.locator("input[name=level]:checked"))
    keys.press("ArrowDown", "ArrowUp")
    level = page.locator("input[name=level]:checked").input_value()
    keys.to(page.get_by_label("Ce qui le prouve"))
    keys.write("Fiche processus relue au clavier")
    keys.go(page.get_by_role("button", name="Enregistrer", exact=True))
    page.goto("/readiness/answers/BRE/iso-9001-2015/7.3/")
    assert page.get_by_label("Ce qui le prouve").input_value() == "Fiche processus relue au clavier"
    assert page.locator("input[name=level]:checked").input_value() == level


def test_declare_a_figure(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/figures/declare/")
    keys = Keyboard(page)
    keys.past_the_menu()
    indicator = page.locator("select[name=indicator]")
    keys.to(indicator)
    keys.press("End")
    keys.choose(page.locator("select[name=organization]"), "Brest")
    for name, text in {"year": "2025", "value": "41", "source": "Registre de la maison, page 3"}.items():
        keys.to(page.locator(f"[name={name}]"))
        keys.write(text)
    keys.go(page.get_by_role("button", name="Déclarer la valeur"))
    assert "Registre de la maison, page 3" in page.locator("main").inner_text()


def test_record_a_decision_in_the_charter(visitor: Callable[..., Any]) -> None:
    who = visitor("network_director")
    page = who.open("/charter/")
    keys = Keyboard(page)
    keys.past_the_menu()
    keys.choose(page.locator("select[name=object_kind]"), "Jalons")
    keys.choose(page.locator("select[name=audience]"), "public")
    keys.choose(page.locator("select[name=form]"), "non")
    keys.to(page.locator("[name=decision]"))
    keys.write("COPIL du 20 novembre 2026, point 5")
    keys.go(page.get_by_role("button", name="Saisir la décision"))
    assert page.url.endswith("/charter/")
    assert page.locator("main [role=status], main [role=alert], main .note, main .messages").count()


def test_plan_an_audit(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open("/certificates/CE-BRE-2024-0001/")
    keys = Keyboard(page)
    keys.past_the_menu()
    keys.go(page.get_by_role("link", name="Dater un audit"))
    keys.past_the_menu()
    keys.to(page.locator("select[name=kind]"))
    keys.press("End")
    keys.day(page.locator("input[name=planned_on]"), "03032027")
    keys.go(page.get_by_role("button", name="Dater l’audit"))
    assert "3 mars 2027" in page.locator("main").inner_text()


def test_download_a_proof(visitor: Callable[..., Any]) -> None:
    who = visitor("internal_auditor")
    page = who.open("/trail/")
    keys = Keyboard(page)
    keys.past_the_menu()
    keys.go(page.locator("main tbody a[href^='/trail/']").first)
    keys.past_the_menu()
    proof = page.get_by_role("button", name="Preuve vérifiable")
    for _ in range(2):
        keys.to(proof)
        with page.expect_download() as waiting:
            keys.press("Enter")
        assert waiting.value.suggested_filename.startswith("diapason-proof-")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_change_language_and_theme(visitor: Callable[..., Any], key: str) -> None:
    who = visitor("research_staff")
    page = who.open("/day/")
    keys = Keyboard(page)
    keys.go(page.locator("button[name=language]"), key)
    assert page.locator("html").get_attribute("lang") == "en"
    keys.to(page.locator("button.to-dark"))
    keys.press(key)
    page.wait_for_selector("html[data-bs-theme=dark]")
    assert page.evaluate("document.activeElement.matches('button.to-light')")
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.url.endswith("/day/")
