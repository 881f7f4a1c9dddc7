"""Report on a telephone in three fields and at most six taps; a lost connection, a closed tab; without a name."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.windows import Look

PHONE = Look(390, "light", "fr")
WORDS = "Consentement signé dans l’ancienne version (V3 au lieu de V4)"
RECEIPT = re.compile(r"/events/mine/EV-[^/]+/$")
OFFLINE = "gardée sur cet appareil"


class Taps:
    """Count what a thumb does on a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, name: str, role: str = "button") -> None:
        """Tap what has that role and name."""
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).tap()  # type: ignore[arg-type]

    def write(self, label: str, text: str) -> None:
        """Tap a field and write into it; the choice of a word in a row is a tap as well."""
        self.count += 1
        self.page.get_by_label(label).tap()
        self.page.keyboard.insert_text(text)

    def choose(self, word: str) -> None:
        """Tap one of three large words."""
        self.count += 1
        self.page.locator(".big-choice label", has_text=word).tap()


def drafts(page: Page) -> int:
    """Return how many drafts this device keeps."""
    return int(page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length"))


def fill(page: Page, words: str = WORDS) -> None:
    """Fill the three fields."""
    page.get_by_label("Que s’est-il passé").fill(words)
    page.locator(".big-choice label", has_text="Gênant").tap()


def number_of(page: Page) -> str:
    """Return the number on the receipt."""
    found = re.search(r"EV-[A-Z]+-\d{4}-\d{4}", page.locator("h1").inner_text())
    assert found, page.locator("h1").inner_text()
    return found[0]


def test_three_fields_and_at_most_six_taps(visitor: Callable[..., Any]) -> None:
    who = visitor("research_staff", look=PHONE)
    page = who.open("/day/")
    thumb = Taps(page)
    thumb.tap("Déclarer", "link")
    page.wait_for_url("**/events/report/")
    who.check_page()
    asked = page.locator("form.reporting").locator(
        "textarea:visible, select:visible, .big-choice fieldset:visible"
    )
    assert asked.count() == 3
    thumb.write("Que s’est-il passé", WORDS)
    thumb.choose("Gênant")
    thumb.tap("Envoyer")
    page.wait_for_url(RECEIPT)
    assert thumb.count <= 6, thumb.count
    assert thumb.count == 4
    who.check_page()
    who.picture("report-receipt-390")
    assert drafts(page) == 0, "what arrived is forgotten on this device"
    page.locator("label", has_text="oui").nth(1).tap()
    page.get_by_role("button", name="Répondre", exact=True).tap()
    expect(page.get_by_text("Prévenir le promoteur").first).to_be_visible()
    who.check_page()


def test_a_lost_connection_and_a_closed_tab_lose_nothing(visitor: Callable[..., Any]) -> None:
    who = visitor("research_staff", look=PHONE)
    page = who.open("/events/report/")
    fill(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer").tap()
    expect(page.locator(".draft-state")).to_contain_text(OFFLINE)
    assert page.url.endswith("/events/report/") and drafts(page) == 1
    window = page.context
    page.close()
    window.set_offline(False)
    again = window.new_page()
    again.goto("/events/report/")
    again.wait_for_url(RECEIPT)
    assert WORDS in again.locator("main").inner_text()
    assert drafts(again) == 0
    number = number_of(again)
    again.goto("/events/mine/")
    assert again.get_by_text(number).count() == 1


def test_the_report_leaves_by_itself_when_the_connection_is_back(visitor: Callable[..., Any]) -> None:
    who = visitor("research_staff", look=PHONE)
    page = who.open("/events/report/")
    fill(page, "Le carton de prélèvement était ouvert à l’arrivée")
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer").tap()
    expect(page.locator(".draft-state")).to_contain_text(OFFLINE)
    page.context.set_offline(False)
    page.wait_for_url(RECEIPT)
    assert "carton" in page.locator("main").inner_text()


def test_a_closed_tab_keeps_the_draft_and_a_shared_device_can_forget_it(visitor: Callable[..., Any]) -> None:
    who = visitor("research_staff", look=PHONE)
    page = who.open("/events/report/")
    fill(page, "Brouillon commencé au lit du service")
    window = page.context
    page.close()
    again = window.new_page()
    again.goto("/events/report/")
    expect(again.get_by_label("Que s’est-il passé")).to_have_value("Brouillon commencé au lit du service")
    expect(again.get_by_label("Gênant")).to_be_checked()
    again.get_by_role("button", name="Effacer le brouillon").tap()
    assert drafts(again) == 0
    again.reload()
    expect(again.get_by_label("Que s’est-il passé")).to_have_value("")
    again.evaluate(
        "localStorage.setItem('draft:report-x', JSON.stringify({at: Date.now() - 25 * 3600e3, values: {}}))"
    )
    again.reload()
    assert drafts(again) == 0, "a draft of yesterday is gone"


def test_report_without_scripts(visitor: Callable[..., Any]) -> None:
    page = visitor("research_staff", java_script_enabled=False).open("/events/report/")
    page.get_by_label("Que s’est-il passé").fill("Sans script")
    page.get_by_label("Gênant").check()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    assert number_of(page)
    page.get_by_role("button", name="Répondre", exact=True).click()
    assert page.get_by_role("button", name="Répondre", exact=True).count() == 0


def test_without_a_name_and_followed_by_code(visitor: Callable[..., Any]) -> None:
    who = visitor(look=PHONE)
    page = who.open("/events/anonymous/BRE/")
    who.check_page()
    page.get_by_label("Suggestion", exact=True).check()
    page.get_by_label("Que souhaitez-vous dire").fill("Une seule armoire pour les classeurs suffirait")
    page.locator(".big-choice label", has_text="Sans conséquence").tap()
    page.get_by_role("button", name="Envoyer sans nom").tap()
    code = page.locator(".receipt").inner_text()
    who.check_page()
    assert [cookie["name"] for cookie in page.context.cookies() if "session" in cookie["name"]] == []
    assert drafts(page) == 0, "nothing stays on the device"
    page.goto("/events/anonymous/follow/")
    page.get_by_label("Code de reçu").fill(code)
    page.get_by_role("button", name="Lire la réponse").tap()
    expect(page.locator("main")).to_contain_text("attend dans la boîte aux lettres")
    page.get_by_label("Ajouter quelque chose").fill("Celle du premier étage")
    page.get_by_role("button", name="Ajouter sans nom").tap()
    expect(page.locator("main")).to_contain_text("dans la boîte aux lettres jusqu’au")
    expect(page.locator("main")).to_contain_text("Celle du premier étage")
    who.check_page()
