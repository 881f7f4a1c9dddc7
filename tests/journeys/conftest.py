"""Give journeys a real browser on a real server with the demonstration network.

One instance for all journeys, loaded once, never flushed: a journey adds records of its own and counts
on nothing that another leaves. `visitor(role)` is a person at a browser; what the console says fails it.
"""

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

import run
from tests import browser as chromium

TODAY = "2026-11-23"
WIDTHS = {1440: 900, 390: 844, 1920: 1080, 768: 1024}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder: a journey, allowed to open sockets to its own server."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.enable_socket)


@dataclass(frozen=True)
class Look:
    """Say how a page is looked at."""

    width: int
    theme: str
    language: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.language}"


LOOKS = [Look(*each) for each in product((1440, 390), ("light", "dark"), ("fr", "en"))]


def rotating(pages: list[str]) -> list[Any]:
    """Give each page one look, in turn, as parameters of a test; with --full, every look."""
    if os.environ.get("DIAPASON_FULL"):
        pairs = list(product(pages, LOOKS))
    else:
        pairs = list(zip(pages, cycle(LOOKS), strict=False))
    return [pytest.param(page, look, id=f"{page} {look}") for page, look in pairs]


@dataclass
class Site:
    """Hold the running instance: its address, its folder of data, and who can sign in."""

    address: str
    instance: run.Instance
    accounts: list[dict[str, Any]]
    signed_in: dict[str, Any] = field(default_factory=dict)

    def account(self, role: str) -> dict[str, Any]:
        """Return the demonstration account of a role."""
        found = [each for each in self.accounts if each["role"] == role]
        assert found, f"no demonstration account for {role}: {[each['role'] for each in self.accounts]}"
        return found[0]


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Load the demonstration as of a fixed day and serve it as `run.py demo` does."""
    instance = run.Instance(today=TODAY, data=tmp_path_factory.mktemp("journeys") / "data")
    instance.prepare()
    port = free_port()
    children = instance.serve(port)
    try:
        run.wait_until_it_answers(port, children, instance.log)
        yield Site(f"http://localhost:{port}", instance, instance.accounts())
    finally:
        run.stop(children)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Tell Playwright which browser to launch."""
    found = chromium.find()
    return {
        "executable_path": found.executable,
        "args": found.flags,
        "chromium_sandbox": found.sandboxed,
        "env": {**os.environ, **found.variables},
    }


@dataclass
class Visitor:
    """Be one person at one browser window: `.page`, and what the console said."""

    page: Page
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Collect every message, error and failed request."""
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on(
            "requestfailed", lambda request: self.said.append(f"failed: {request.url} {request.failure}")
        )

    def open(self, path: str) -> Page:
        """Go to a page of the site and expect it to answer 200."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        return self.page

    def check_page(self) -> None:
        """Expect no accessibility violation, no sideways scrolling, nothing in the console."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px wider than its window"
        self.check_console()

    def check_console(self) -> None:
        """Expect that the console stayed silent."""
        assert not self.said, f"{self.page.url}\n" + "\n".join(self.said)


def open_window(browser: Browser, site: Site, look: Look, **options: Any) -> BrowserContext:
    """Open a window of this look on the site."""
    return browser.new_context(
        base_url=site.address,
        viewport={"width": look.width, "height": WIDTHS[look.width]},
        color_scheme=look.theme,  # type: ignore[arg-type]
        locale="fr-FR" if look.language == "fr" else "en-GB",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        has_touch=look.width < 500,
        accept_downloads=True,
        **options,
    )


def sign_in(browser: Browser, site: Site, role: str) -> Any:
    """Sign in by the form, once a role, and return the cookies to start further windows with."""
    if role not in site.signed_in:
        account = site.account(role)
        with open_window(browser, site, Look(1440, "light", "fr")) as window:
            page = window.new_page()
            page.goto("/accounts/login/")
            page.locator("input[name=login]").fill(account["email"])
            page.locator("input[name=password]").fill(account["password"])
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url(lambda address: "/accounts/login" not in address)
            site.signed_in[role] = window.storage_state()
    return site.signed_in[role]


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Return `visitor(role="", look=…)`: a window, signed in when a role is named, checked at the end."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def make(role: str = "", look: Look = LOOKS[0], **options: Any) -> Visitor:
        state = {"storage_state": sign_in(browser, site, role)} if role else {}
        window = open_window(browser, site, look, **state, **options)
        language = {"name": "django_language", "value": look.language, "url": site.address}
        window.add_cookies([language])  # type: ignore[list-item]
        who = Visitor(window.new_page())
        who.listen()
        opened.append((window, who))
        return who

    yield make
    said = []
    for window, who in opened:
        said += who.said
        window.close()
    assert not said, "\n".join(said)
