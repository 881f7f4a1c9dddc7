"""A gap of the self-assessment becomes an action of the plan; once done, the requirement asks to be assessed again."""

from collections.abc import Callable
from typing import Any

from tests.journeys.windows import LOOKS

GAP = "/readiness/answers/BRE/iso-9001-2026/9.3.2/"
WORDS = "Présenter les données d’entrée à la revue de mars"
DAY = "2027-01-29"


def test_a_gap_is_closed_by_an_action_of_the_plan(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    page = who.open(GAP)
    page.locator("input[name=level][value='2']").check()
    if not page.locator("[name=gap]").is_visible():
        page.locator("details.more summary").click()
    page.locator("[name=gap]").fill("Les données d’entrée manquent")
    page.locator("[name=action]").fill(WORDS)
    page.locator("[name=owner]").select_option(index=1)
    page.locator("[name=due_on]").fill(DAY)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page = who.open(GAP)
    page.get_by_role("button", name="Mettre au plan d’actions").click()
    page.wait_for_load_state()
    who.check_page()
    number = page.get_by_role("link", name=WORDS).get_attribute("href").strip("/").rpartition("/")[2]
    assert page.locator("[name=action]").count() == 0, "its words stand in the plan now"
    carried_out(who, page, number)
    asked_again(who, number)


def carried_out(who: Any, page: Any, number: str) -> None:
    """Carry the action out on its own page, which names the clause."""
    page.get_by_role("link", name=WORDS).click()
    page.wait_for_url(f"**/actions/{number}/")
    assert page.locator(f"main a[href='{GAP}']").count() == 1
    who.check_page()
    page.get_by_role("button", name="Démarrer l’action").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Dire que c’est fait").click()
    page.get_by_label("Ce qui a été fait").fill("Trame de revue complétée et présentée.")
    page.locator(".form-acts button.btn-next").click()
    page.wait_for_url(f"**/actions/{number}/")


def asked_again(who: Any, number: str) -> None:
    """Find the requirement on the day, assess it again, and see that nothing asks any more."""
    page = who.open("/day/")
    task = page.locator(".bucket", has_text=number)
    assert "Réévaluer" in task.inner_text()
    who.check_page()
    task.get_by_role("link").first.click()
    page.wait_for_url(f"**{GAP}")
    assert "évaluez de nouveau le niveau" in page.locator("main").inner_text()
    page.locator("input[name=level][value='3']").check()
    page.get_by_label("Ce qui le prouve").fill("Revue de direction de mars 2027")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.wait_for_load_state()
    assert number not in who.open("/day/").locator("main").inner_text()
    text = who.open(GAP).locator("main").inner_text()
    assert number in text and "évaluez de nouveau le niveau" not in text


def test_on_a_telephone_the_gap_and_its_action_fit(visitor: Callable[..., Any]) -> None:
    narrow = next(look for look in LOOKS if look.width < 500)
    who = visitor("quality_manager", narrow)
    for path in ("/readiness/answers/BRE/iso-9001-2015/7.2/", "/readiness/organizations/BRE/iso-9001-2026/"):
        who.open(path)
        who.check_page()
