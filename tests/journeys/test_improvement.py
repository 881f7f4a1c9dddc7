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
    named = main.get_by_role("link", name=name, exact=True).or_(main.get_by_role("button", name=name, exact=True))
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
    fill(page, **{f"why{place}-text": cause, f"why{place}-family": "material", f"why{place}-cause": "information"})
    page.locator(f"[name=why{place}-is_root]").check()
    sent(page)
    press(page, "Confirmer les causes")


def plan_action(page: Page, number: str, title: str, due: str, check: str) -> str:
    """Plan a corrective action with its criterion, carried by the process owner; return its number."""
    page.goto(f"/events/{number}/actions/")
    press(page, "Prévoir une action" if page.get_by_role("link", name="Prévoir une action").count() else "Planifier une action")
    owner = page.locator("[name=owner] option", has_text=OWNER).first.get_attribute("value")
    fill(page, title=title, kind="corrective", owner=str(owner), due_on=due, criterion_kind="sample",
         criterion_text="Trente tubes lisibles sur trente", check_due_on=check)  # fmt: skip
    sent(page)
    found = re.search(r"AC-BRE-\d{4}-\d{4}", page.url)
    assert found, page.locator("main").inner_text()[:600]
    return found[0]


OWNER = ""


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
