"""Open browser windows on a served demonstration: what journeys and pictures share."""

import contextlib
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

import run
from tests.browser import Chromium

TODAY = "2026-11-23"
HEIGHTS = {390: 844, 768: 1024, 1440: 900, 1920: 1080}
SIGN_IN = "/accounts/login/"
AXE_ADDED = ("target-size",)
"""Rules that axe runs only when asked: what one presses is 24 px wide and high, or stands apart (WCAG 2.2, 2.5.8)."""


@dataclass(frozen=True)
class Look:
    """Say how a page is looked at."""

    width: int
    theme: str
    language: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.language}"


LOOKS = [Look(*each) for each in product((1440, 390), ("light", "dark"), ("fr", "en"))]


@dataclass
class Site:
    """Hold the running instance: its address, its folder of data, and who can sign in."""

    address: str
    instance: run.Instance
    accounts: list[dict[str, Any]]
    signed_in: dict[str, Any] = field(default_factory=dict)

    def account(self, role: str) -> dict[str, Any]:
        """Return the demonstration account of a role."""
        found = [each for each in self.accounts if each["code"] == role]
        assert found, f"no demonstration account for {role}: {[each['code'] for each in self.accounts]}"
        return found[0]


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def loaded_once(folder: Path) -> Path:
    """Load the demonstration as of a fixed day into a folder, once for all who ask for it."""
    data, ready = folder / "demonstration", folder / "demonstration.ready"
    with (folder / "demonstration.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not ready.exists():
            run.Instance(today=TODAY, data=data).prepare()
            ready.touch()
    return data


@contextlib.contextmanager
def served(data: Path, *, copy_of: Path | None = None, **options: Any) -> Iterator[Site]:
    """Serve the demonstration of a fixed day as `run.py demo` does, while the block lasts; loaded, or copied."""
    instance = run.Instance(today=TODAY, data=data, **options)
    if copy_of:
        shutil.copytree(copy_of, data)
    else:
        instance.prepare()
    port = free_port()
    children = instance.serve(port)
    try:
        run.wait_until_it_answers(port, children, instance.log)
        yield Site(f"http://localhost:{port}", instance, instance.accounts())
    finally:
        run.stop(children)


def launch(found: Chromium) -> dict[str, Any]:
    """Return Playwright's launch options for a browser."""
    return {
        "executable_path": found.executable,
        "args": found.flags,
        "chromium_sandbox": found.sandboxed,
        "env": {**os.environ, **found.variables},
    }


def open_window(browser: Browser, site: Site, look: Look, **options: Any) -> BrowserContext:
    """Open a window of this look on the site; the language is the visitor's own choice."""
    window = browser.new_context(
        base_url=site.address,
        viewport={"width": look.width, "height": HEIGHTS[look.width]},
        color_scheme=look.theme,  # type: ignore[arg-type]
        locale="fr-FR" if look.language == "fr" else "en-GB",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        has_touch=look.width < 500,
        accept_downloads=True,
        **options,
    )
    window.add_cookies([{"name": "django_language", "value": look.language, "url": site.address}])
    return window


def sign_in(browser: Browser, site: Site, role: str) -> Any:
    """Sign in by the form, once a role, and return the cookies to start further windows with."""
    if role not in site.signed_in:
        account = site.account(role)
        with open_window(browser, site, Look(1440, "light", "fr")) as window:
            page = window.new_page()
            page.goto(SIGN_IN)
            page.locator("input[name=login]").fill(account["email"])
            page.locator("input[name=password]").fill(account["password"])
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url(lambda address: SIGN_IN not in address)
            site.signed_in[role] = window.storage_state()
    return site.signed_in[role]


if __name__ == "__main__":
    loaded_once(Path(sys.argv[1]))
