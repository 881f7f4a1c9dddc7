"""Make the pictures of the README, or of any pages: `python3 run.py screenshots [FOLDER PATH …]`.

Without arguments: docs/images, from the demonstration as of a fixed day. With a folder and paths of pages,
each page is taken at 1440 and 390 px, light and dark, in French and English, to be looked at.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import run
from tests import browser as chromium
from tests.journeys import windows

ROLE = "network_coordinator"
README = {
    "network": ("/network/", ""),
    "figure": ("/network/", ".figures a"),
}  # page, and the link to follow from it
IMAGES = run.ROOT / "docs" / "images"


def main(arguments: list[str]) -> int:
    """Start the demonstration, sign in, take the pictures, stop."""
    found = chromium.find()
    with (
        tempfile.TemporaryDirectory(prefix="diapason-pictures-") as folder,
        windows.served(Path(folder) / "data") as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**windows.launch(found))
        if arguments:
            take_all_looks(browser, site, Path(arguments[0]), arguments[1:])
        else:
            take_readme(browser, site)
        browser.close()
    return 0


def take(
    browser: windows.Browser, site: windows.Site, look: windows.Look, path: str, target: Path, link: str = ""
) -> None:
    """Take one page as the coordinator sees it, or the one to which its first such link leads."""
    state = windows.sign_in(browser, site, ROLE)
    with windows.open_window(browser, site, look, storage_state=state) as window:
        page = window.new_page()
        answer = page.goto(path)
        if answer is None or not answer.ok:
            raise AssertionError(f"{path} answers {answer and answer.status}")
        if link:
            page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target, full_page=True)
    print(os.path.relpath(target), flush=True)


def take_readme(browser: windows.Browser, site: windows.Site) -> None:
    """Take the pictures that the README shows, in the language of each."""
    for name, (path, link) in README.items():
        for language in ("en", "fr"):
            look = windows.Look(1440, "light", language)
            take(browser, site, look, path, IMAGES / f"{name}.{language}.png", link)


def take_all_looks(browser: windows.Browser, site: windows.Site, folder: Path, paths: list[str]) -> None:
    """Take each page in every look, into files named after the page and the look."""
    for path in paths:
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        for look in windows.LOOKS:
            take(browser, site, look, path, folder.resolve() / f"{name}-{look}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
