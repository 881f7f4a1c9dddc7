"""From a deviation to a remedy that is proven, over months: the first action does not work, its event falls back.

Three further servers show the same records as of earlier days; everything on the screens, nothing behind them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import run
from tests.journeys.conftest import Visitor
from tests.journeys.windows import LOOKS, Site, free_port, open_window, sign_in

SPRING, SUMMER, AUTUMN = "2026-03-02", "2026-06-15", "2026-10-05"
WORDS = "Étiquette illisible sur trois tubes du congélateur"
FIRST, SECOND = "Rouleau d’étiquettes pour le froid", "Essai de chaque lot d’étiquettes à froid"


@contextmanager
def as_of(site: Site, day: str) -> Iterator[Site]:
    """Serve the same records on another day."""
    instance = run.Instance(today=day, data=site.instance.data)
    port = free_port()
    children = instance.serve(port)
    try:
        run.wait_until_it_answers(port, children, instance.log)
        yield Site(f"http://localhost:{port}", instance, site.accounts)
    finally:
        run.stop(children)


@pytest.fixture
def person(browser: Browser) -> Iterator[Callable[[Site, str], Visitor]]:
    """Return `person(site, role)`: somebody signed in there; what the consoles said fails the journey."""
    with ExitStack() as windows:
        everybody: list[Visitor] = []

        def make(site: Site, role: str) -> Visitor:
            window: BrowserContext = windows.enter_context(
                open_window(browser, site, LOOKS[0], storage_state=sign_in(browser, site, role))
            )
            who = Visitor(window.new_page())
            who.listen()
            everybody.append(who)
            return who

        yield make
        assert not [line for who in everybody for line in who.heard()]


def press(page: Page, name: str) -> None:
    """Press what bears that name, a link or a button."""
    main = page.locator("main")
    named = main.get_by_role("link", name=name, exact=True).or_(
        main.get_by_role("button", name=name, exact=True)
    )
    named.first.click()


def fill(page: Page, **values: str) -> None:
    """Fill fields by their names; a choice is chosen by its value."""
    for name, value in values.items():
        place = page.locator(f"main [name={name}]")
        if place.first.evaluate("field => field.tagName") == "SELECT":
            place.select_option(value)
        elif place.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"main [name={name}][value='{value}']").check()
        else:
            place.fill(value)


def sent(page: Page) -> None:
    """Send the form of the page."""
    page.locator("main form .form-acts .btn-next").click()


def state_of(page: Page) -> str:
    """Return the state that the page of a record shows beside its title."""
    return page.locator("main .state").first.inner_text()


def look_for_causes(page: Page, number: str, cause: str) -> None:
    """Write down a root cause and confirm it."""
    page.goto(f"/events/{number}/deed/analysis/")
    place = next(line for line in range(8) if not page.locator(f"[name=why{line}-text]").input_value())
    fill(
        page,
        **{f"why{place}-text": cause, f"why{place}-family": "material", f"why{place}-cause": "information"},
    )
    page.locator(f"[name=why{place}-is_root]").check()
    sent(page)
    press(page, "Confirmer les causes")


def plan_action(page: Page, number: str, owner: str, title: str, due: str, check: str) -> str:
    """Plan a corrective action with its criterion; return its number."""
    page.goto(f"/actions/plan/?origin=quality_event:{number}")
    carrier = page.locator("[name=owner] option", has_text=owner).first.get_attribute("value")
    fill(page, title=title, kind="corrective", owner=str(carrier), due_on=due, criterion_kind="sample",
         criterion_text="Trente tubes lisibles sur trente", check_due_on=check)  # fmt: skip
    sent(page)
    found = re.search(r"AC-BRE-\d{4}-\d{4}", page.url)
    assert found, page.locator("main").inner_text()[:600]
    return found[0]


def carry_out(page: Page, number: str, done_on: str) -> None:
    """Start an action where that is still to be done, and say that it is done."""
    page.goto(f"/actions/{number}/")
    start = page.locator(f"main form[action='/actions/{number}/start/do/'] button")
    if start.count():
        start.click()
    page.goto(f"/actions/{number}/finish/")
    fill(page, result="Posé au laboratoire.", done_on=done_on)
    sent(page)


def judge(page: Page, number: str, answer: str, found: str) -> None:
    """Check an action by its criterion."""
    page.goto(f"/actions/{number}/check/")
    fill(page, effective=answer, comment=found)
    sent(page)


def report_and_sort(staff: Page, manager: Page) -> str:
    """Report in three fields; the quality manager sorts it as something light that came back."""
    staff.goto("/events/report/")
    staff.get_by_label("Que s’est-il passé").fill(WORDS)
    staff.locator(".big-choice label", has_text="Gênant").click()
    staff.locator(".btn-send").click()
    found = re.search(r"EV-BRE-\d{4}-\d{4}", staff.locator("h1").inner_text())
    assert found, staff.locator("h1").inner_text()
    manager.goto(f"/events/{found[0]}/deed/triage/")
    fill(
        manager,
        kind="nonconformity",
        category="samples",
        severity="minor",
        severity_reason="Tubes relus à la main.",
    )
    manager.locator("[name=repeated]").check()
    sent(manager)
    return found[0]


def test_an_action_that_did_not_work_sends_its_event_back_until_one_is_proven(
    site: Site, person: Callable[[Site, str], Visitor], tmp_path: Any
) -> None:
    with as_of(site, SPRING) as spring:
        manager, owner = person(spring, "quality_manager"), person(spring, "process_owner")
        name = owner.open("/day/").locator("main").inner_text().split("Bonjour ")[1].split(".")[0]
        page = manager.page
        number = report_and_sort(person(spring, "research_staff").page, page)
        look_for_causes(page, number, "Des étiquettes ordinaires au congélateur")
        first = plan_action(page, number, name, FIRST, "2026-03-20", "2026-06-15")
        manager.check_page()
        manager.open(f"/events/{number}/actions/")
        press(page, "Lancer les actions")
        assert FIRST in owner.open("/day/").locator("main").inner_text()
        carry_out(owner.page, first, "2026-03-02")
        assert state_of(owner.open(f"/actions/{first}/")) == "Réalisée"
    with as_of(site, SUMMER) as summer:
        manager, owner = person(summer, "quality_manager"), person(summer, "process_owner")
        page = manager.open("/day/")
        assert FIRST in page.locator("main").inner_text(), "the check waits on its day"
        judge(page, first, "no", "Cinq tubes illisibles sur trente.")
        assert state_of(manager.open(f"/actions/{first}/")) == "Non efficace"
        assert state_of(manager.open(f"/events/{number}/")) == "À analyser"
        assert "les causes sont recherchées à nouveau" in page.locator("main .story").last.inner_text()
        manager.check_page()
        look_for_causes(page, number, "Aucun essai à froid à la réception")
        second = plan_action(page, number, name, SECOND, "2026-06-30", "2026-10-05")
        manager.open(f"/events/{number}/actions/")
        press(page, "Lancer les actions")
        carry_out(owner.page, second, "2026-06-15")
    with as_of(site, AUTUMN) as autumn:
        manager = person(autumn, "quality_manager")
        page = manager.open(f"/events/{number}/effectiveness/")
        judge(page, second, "yes", "Trente tubes lisibles sur trente.")
        manager.open(f"/events/{number}/effectiveness/")
        press(page, "Confirmer l’efficacité")
        page.goto(f"/events/{number}/deed/close/")
        fill(page, conclusion="Chaque lot est essayé à froid.")
        sent(page)
        assert state_of(manager.open(f"/events/{number}/")) == "Clos"
    kept = the_end(person(site, "quality_manager"), number, first, second)
    assert kept.startswith(b"%PDF-")


def the_end(manager: Visitor, number: str, first: str, second: str) -> bytes:
    """Read months later what became of it, both actions with what their checks found; return its sheet."""
    page = manager.open(f"/events/{number}/actions/")
    said = page.locator("main").inner_text()
    assert all(part in said for part in (first, "Non efficace", second, "Efficace"))
    manager.check_page()
    manager.picture("event_after_two_actions")
    answer = page.request.get(f"/events/{number}/sheet/")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    return answer.body()
