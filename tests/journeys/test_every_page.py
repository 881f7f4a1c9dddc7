"""Walk every page that can be reached by links: no accessibility violation, no sideways scroll, a silent console.

Pages are found as a person finds them, by following links, signed in as five roles in turn; each kind of page (URL
name) is looked at once, width, theme and language rotating; with --full in every look. A page that no link reaches
fails the walk, unless it is named here with its reason.
"""

import html
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser

from tests.journeys.downloads import broken_download
from tests.journeys.walking import Reader, Windows
from tests.journeys.windows import LOOKS, Look, Site

ROLES = ("network_coordinator", "quality_manager", "administrator", "network_director", "research_staff")
STARTS = (
    "/events/?text=mauvais+promoteur&open=yes",
    "/events/?state=closed&severity=major",
    "/network/",
    "/day/",
    "/search/?q=prisme",
    "/gallery/",
    "/accounts/login/",
    "/imports/places/",
    "/certificates/audits/AC-BRE-2027-0001/",
    "/crex/CX-BRE-2026-0002/",
    "/crex/CX-BRE-2026-0003/",
    "/deviations/proposals/",
    "/events/anonymous/BRE/",
    "/events/anonymous/follow/",
)
NOT_WALKED = {
    "ui_chart": "a piece of a page, fetched by htmx",
    "people:invitation": "opened from the e-mail of an invitation",
    "portal_home": "leads on to the network or to my day",
    "portal_health": "answers JSON",
}
LINKS = """() => [...document.querySelectorAll('main a[href], nav a[href], header a[href]')]
  .map(link => new URL(link.getAttribute('href'), document.baseURI).href)"""  # in a map a.href is no string
DRAWN = "() => !document.querySelector('.chart-space, .chart-again')"
HREF = re.compile(r'<a [^>]*href="([/?][^"]*)"')
ADDRESSES = 3  # of one kind of page that each role asks for and follows links from; a kind is looked at once
FOREIGN = ("account_", "mfa_", "usersessions_", "socialaccount_", "django.")


def reading_views() -> Iterator[str]:
    """Give the URL name of every page of ours that is read."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                space = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, prefix + space)
            elif isinstance(pattern, URLPattern) and pattern.name:
                yield prefix + pattern.name, pattern.callback

    for name, view in walk(get_resolver().url_patterns, ""):
        if getattr(view, "reads_only", False):
            yield name


def name_of(address: str) -> str:
    """Return the URL name of an address of the site, "" when it is none."""
    try:
        return resolve(urlsplit(address).path).view_name or ""
    except Resolver404:
        return ""


class Walk:
    """Follow links from page to page, looking at each kind of page once."""

    def __init__(self, site: Site, windows: Windows) -> None:
        self.site, self.windows = site, windows
        self.seen: dict[str, str] = {}
        self.unlooked: dict[str, str] = {}
        self.looked: dict[str, Look] = {}
        self.troubles: list[str] = []

    def go(self, role: str) -> None:
        """Walk as one role: take the links of all pages, look at the kinds that nobody saw, take what these show."""
        met, done, links = Counter[str](), set[str](), list(STARTS)
        while links:
            self.follow(role, links, met, done)
            links = [link for name, path in self.unlooked.items() for link in self.look(path, name, role)]
            self.unlooked.clear()

    def follow(self, role: str, links: Iterable[str], met: Counter[str], done: set[str]) -> None:
        """Ask for so many addresses of each kind, as far as links lead; note the kinds that are pages to look at."""
        queue = deque(links)
        with self.windows.reader(role) as reader:
            while queue:
                path = queue.popleft()
                name = name_of(path)
                if not name or path in done or met[name] == ADDRESSES:
                    continue
                done.add(path)
                met[name] += 1
                queue += self.links(reader, path, name, role)

    def links(self, reader: Reader, path: str, name: str, role: str) -> list[str]:
        """Return the links of the page that this role gets there; note what is broken, and what is new."""
        status, kind, text = reader.get(path, self.look_of(name).language)
        if status >= 500:
            self.troubles.append(f"{path} answers {status} to {role}")
        is_page = status == 200 and "text/html" in kind
        if is_page and name not in self.looked:
            self.looked[name] = self.look_of(name)
            self.unlooked[name] = path
        if is_page or status not in {403, 404}:
            self.seen.setdefault(name, path)
        return [urljoin(path, html.unescape(link)) for link in HREF.findall(text)] if is_page else []

    def look_of(self, name: str) -> Look:
        """Return how a kind of page is looked at, one after the other."""
        return self.looked.get(name) or LOOKS[len(self.looked) % len(LOOKS)]

    def look(self, path: str, name: str, role: str) -> list[str]:
        """Check the page in its look (with --full: in each), and return where its links lead."""
        found: list[str] = []
        for look in LOOKS if os.environ.get("DIAPASON_FULL") else [self.looked[name]]:
            who = self.windows.visitor(look, role)
            try:
                who.open(path)
                who.page.wait_for_function(DRAWN)
                who.check_page()
                who.picture(f"{name.replace(':', '-')}-{look}")
            except AssertionError as error:
                self.troubles.append(f"{role} {look}: {error}")
                who.said.clear()
            found = who.page.evaluate(LINKS)
        own = (urlsplit(address) for address in found if address.startswith(self.site.address))
        return [parts.path + (f"?{parts.query}" if parts.query else "") for parts in own]


def leave_a_message(who: Any) -> None:
    """Invite somebody, so that the outbox holds a message."""
    page = who.open("/people/accounts/new/")
    for name, value in {"given_name": "Ada", "family_name": "Marche", "email": "ada@example.org"}.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("select[name=role]").select_option("quality_manager")
    page.locator("select[name=organization]").select_option("BRE")
    page.get_by_role("button", name="Créer l’invitation").click()
    page.locator("input#link").wait_for()


def leave_things_to_do(who: Any) -> None:
    """Leave the draft of a communiqué and an import to confirm, since some pages exist only for those."""
    page = who.open("/communiques/new/")
    page.get_by_role("button", name="Préparer le projet").click()
    page.wait_for_url("**/build/")
    page = who.open("/imports/")
    file = {"name": "more.zip", "mimeType": "application/zip", "buffer": broken_download(first=90, count=3)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("button", name="Reprendre les études").wait_for()


@pytest.mark.timeout(1800)
def test_every_page(browser: Browser, site: Site) -> None:
    with Windows(browser, site) as windows:
        leave_things_to_do(windows.visitor(LOOKS[0], "network_coordinator"))
        leave_a_message(windows.visitor(LOOKS[0], "administrator"))
        walk = Walk(site, windows)
        for role in ROLES:
            walk.go(role)
        walk.troubles += windows.heard()
    missed = set(reading_views()) - set(walk.seen) - set(NOT_WALKED)
    missed = {name for name in missed if not name.startswith(FOREIGN)}
    assert not walk.troubles, f"{len(walk.troubles)} troubles\n" + "\n".join(walk.troubles)
    assert not missed, f"no link leads to: {', '.join(sorted(missed))}"
    assert len(walk.seen) > 40


@pytest.mark.parametrize("width", [1920, 768])
def test_the_home_page_at_other_widths(visitor: Callable[..., Any], width: int) -> None:
    who = visitor("network_coordinator", look=Look(width, "light", "fr"))
    who.open("/network/")
    who.check_page()
