"""A month of deviations entered on a telephone becomes an event; a committee goes from its choice to its minutes."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.windows import Look

PHONE = Look(390, "light", "fr")


def press(page: Page, name: str) -> None:
    """Press what bears that name, a link or a button."""
    named = page.locator("main").get_by_role("link", name=name, exact=True)
    named.or_(page.locator("main").get_by_role("button", name=name, exact=True)).first.click()


def sent(page: Page) -> None:
    """Send the form of the page."""
    page.locator("main form .form-acts .btn-next").click()


def choose(page: Page, field: str, name: str) -> None:
    """Choose whom a field offers by a part of the name."""
    offered = page.locator(f"[name={field}] option", has_text=name).first.get_attribute("value")
    page.locator(f"[name={field}]").select_option(offered)


def test_a_nurse_enters_the_month_on_a_telephone_and_what_a_rule_proposes_becomes_an_event(
    visitor: Callable[..., Any],
) -> None:
    nurse = visitor("research_staff", look=PHONE)
    page = nurse.open("/day/")
    page.get_by_role("link", name=re.compile("Remplir les relevés de déviations")).first.tap()
    page.wait_for_url("**/deviations/?**")
    card = page.locator("table.counts tbody tr").first
    study = card.locator("th a").inner_text()
    card.locator("input.count[name^='consent.']").fill("3/4")
    card.locator("input.count[name^='consent.']").press("Enter")
    expect(page.locator("table.counts tbody tr").nth(1).locator("input.count").first).to_be_focused()
    page.get_by_role("button", name="Saisir les décomptes").tap()
    expect(page.get_by_role("alert").first).to_contain_text(study)
    nurse.expect_refusal(422)
    nurse.check_page()
    page.locator("input.count.wrong").fill("3/1")
    page.locator("table.counts tbody tr").nth(1).locator("input[name^='none.']").check()
    page.get_by_role("button", name="Saisir les décomptes").tap()
    expect(page.get_by_text("2 relevés sont saisis")).to_be_visible()
    nurse.picture("deviations-390")

    manager = visitor("quality_manager")
    page = manager.open("/deviations/proposals/?state=proposed")
    line = page.locator("tbody tr", has_text=study).filter(has_text="Déviation majeure").first
    line.get_by_role("link").first.click()
    assert study in page.locator("[name=description]").input_value()
    press(page, "Ouvrir un événement")
    page.wait_for_url("**/events/EV-**")
    assert page.locator("main a[href*='/deviations/sheet/']").count() == 1
    manager.check_page()


def test_a_committee_goes_from_its_choice_to_minutes_and_actions(visitor: Callable[..., Any]) -> None:
    owner = (
        visitor("process_owner").open("/day/").locator("main").inner_text().split("Bonjour ")[1].split(".")[0]
    )
    manager = visitor("quality_manager")
    page = manager.open("/crex/plan/")
    page.get_by_label("Jour").fill("2026-11-22")
    sent(page)
    page.wait_for_url("**/crex/CX-**")
    meeting = page.url
    press(page, "Choisir")
    choose(page, "pilot", owner)
    sent(page)
    event = page.locator("main a[href^='/events/EV-']").first.inner_text()
    press(page, "Dire qui était présent")
    for trade, number in (("quality", "1"), ("nurse", "2"), ("cra", "1")):
        page.locator(f"[name=count_{trade}]").fill(number)
    sent(page)
    press(page, "Dire qu’il s’est tenu")
    press(page, "Écrire l’analyse")
    page.locator("[name=step_gaps]").fill("La relève du soir n’est pas écrite.")
    page.locator("[name=why0-text]").fill("La relève se fait à l’oral")
    page.locator("[name=why0-family]").select_option("management")
    page.locator("[name=why0-cause]").select_option("information")
    page.locator("[name=why0-is_root]").check()
    manager.check_page()
    sent(page)
    press(page, "Prévoir une action")
    page.locator("[name=title]").fill("Fiche de relève à trois lignes")
    page.locator("[name=kind]").select_option("improvement")
    choose(page, "owner", owner)
    page.locator("[name=due_on]").fill("2027-01-15")
    sent(page)
    page.goto(meeting)
    press(page, "Écrire le compte rendu")
    page.locator("[name=minutes]").fill("Une fiche de relève à essayer pendant trois mois.")
    sent(page)
    press(page, "Clore le compte rendu")
    said = page.locator("main").inner_text()
    for part in (
        event,
        "Fiche de relève à trois lignes",
        "La relève du soir n’est pas écrite.",
        "Compte rendu clos",
    ):
        assert part in said, part
    manager.check_page()
    manager.picture("crex-closed")
    for address, kind, begin in (
        ("minutes.pdf", "application/pdf", b"%PDF-"),
        ("minutes.xlsx", "sheet", b"PK"),
    ):
        answer = page.request.get(f"{meeting}{address}")
        assert answer.status == 200 and kind in answer.headers["content-type"]
        assert answer.body().startswith(begin)
