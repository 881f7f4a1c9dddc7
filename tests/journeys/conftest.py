"""Give journeys a real browser on a real server with the demonstration network.

One instance for all journeys of a process, never flushed: a journey adds records of its own and counts
on nothing that another leaves. `visitor(role)` is a person at a browser; what the console says fails it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from tests import browser as chromium
from tests.journeys.windows import (
    AXE_ADDED,
    LOOKS,
    Look,
    Site,
    launch,
    loaded_once,
    open_window,
    served,
    sign_in,
)

HERE = Path(__file__).parent
LONGEST = HERE / "test_every_page.py"
AXE = {"rules": {rule: {"enabled": True} for rule in AXE_ADDED}, "resultTypes": ["violations"]}
"""Every rule that axe runs by itself, and those added; of what is right, nothing is gathered and sent."""
AXE_RUN = """async options => (await axe.run(document, options)).violations.map(({id, nodes}) => ({
  id, places: nodes.map(node => node.target.join(' ')), message: (nodes[0].any[0] || {}).message || ''}))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder: a journey, allowed to open sockets to its own server; the longest goes first."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.enable_socket)
    items.sort(key=lambda item: item.path != LONGEST)


def rotating(pages: list[str]) -> list[Any]:
    """Give each page one look, in turn, as parameters of a test; with --full, every look."""
    if os.environ.get("DIAPASON_FULL"):
        pairs = list(product(pages, LOOKS))
    else:
        pairs = list(zip(pages, cycle(LOOKS), strict=False))
    return [pytest.param(page, look, id=f"{page} {look}") for page, look in pairs]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demonstration as of a fixed day to all journeys; of two workers, each serves a copy of its own."""
    own = tmp_path_factory.getbasetemp()
    given = os.environ.get("DIAPASON_TEST_DEMONSTRATION")  # where run.py test has it loaded beside its checks
    shared = Path(given) if given else own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with served(tmp_path_factory.mktemp("journeys") / "data", copy_of=loaded_once(shared)) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Tell Playwright which browser to launch."""
    return launch(chromium.find())


def told(violation: dict[str, Any]) -> str:
    """Return one of axe's findings in a line: the rule, where, and what it measured there."""
    places = violation["places"]
    return f"{violation['id']} at {', '.join(places[:3])} ({len(places)}×) {violation['message']}"


@dataclass
class Visitor:
    """Be one person at one browser window: `.page`, and what the console said."""

    page: Page
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Collect every message, error and failed request."""
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("requestfailed", lambda lost: self.said.append(f"failed: {lost.url} {lost.failure}"))

    def heard(self) -> list[str]:
        """Return what was said, without what the browser itself gave up when its visitor went on or took a file."""
        return [line for line in self.said if not line.endswith("net::ERR_ABORTED")]

    def open(self, path: str) -> Page:
        """Go to a page of the site and expect it to answer 200."""
        answer = self.page.goto(path)
        if answer is None or answer.status != 200:
            raise AssertionError(f"{path} answers {answer and answer.status}")
        return self.page

    def check_page(self) -> None:
        """Expect no accessibility violation, no sideways scrolling, nothing in the console."""
        self.page.evaluate(AXE_SCRIPT)
        wrong = [told(each) for each in self.page.evaluate(AXE_RUN, AXE)]
        self.refuse([*wrong, *self.too_wide(), *self.heard()])

    def too_wide(self) -> list[str]:
        """Say by how much the page is wider than its window, and than one of 320 px (WCAG 2.2, 1.4.10)."""
        own, wrong = self.page.viewport_size, []
        for width in (own["width"], 320) if own else ():
            self.page.set_viewport_size({"width": width, "height": own["height"]})
            if (wide := self.page.evaluate(WIDER)) > 0:
                wrong.append(f"{wide} px wider than its window of {width}")
        if own:
            self.page.set_viewport_size(own)
        return wrong

    def expect_refusal(self, status: int) -> None:
        """Take out what the console says of a form that was refused on purpose; it must have said so."""
        lines = [line for line in self.said if f"responded with a status of {status} " in line]
        assert lines, f"no answer {status}: {self.page.url}"
        self.said = [line for line in self.said if line not in lines]

    def check_console(self) -> None:
        """Expect that the console stayed silent."""
        self.refuse(self.heard())

    def refuse(self, wrong: list[str]) -> None:
        """Fail with what is wrong on this page, in one line."""
        if wrong:
            raise AssertionError(f"{urlsplit(self.page.url).path}: " + "; ".join(wrong))

    def picture(self, name: str) -> None:
        """Keep a picture of the page where DIAPASON_PICTURES names a folder; else do nothing."""
        folder = os.environ.get("DIAPASON_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Return `visitor(role="", look=…)`: a window, signed in when a role is named, checked at the end."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def make(role: str = "", look: Look = LOOKS[0], **options: Any) -> Visitor:
        state = {"storage_state": sign_in(browser, site, role)} if role else {}
        window = open_window(browser, site, look, **state, **options)
        who = Visitor(window.new_page())
        who.listen()
        opened.append((window, who))
        return who

    yield make
    said = []
    for window, who in opened:
        said += who.heard()
        window.close()
    assert not said, "\n".join(said)
