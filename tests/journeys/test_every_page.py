"""Walk every page that can be reached by links: no accessibility violation, no sideways scroll, a silent console.

Pages are found as a person finds them, by following links, signed in as five roles in turn; each kind of page (URL
name) is looked at once, width, theme and language rotating, half of the kinds a day by turns; with --full all of them
in every look. A page that no link reaches fails the walk, unless it is named here with its reason.
"""

import html
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.downloads import broken_download
from tests.journeys.windows import LOOKS

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
    "files:file": "a file to download; the demonstration keeps none",
}
LINKS = """() => [...document.querySelectorAll('main a[href], nav a[href], header a[href]')]
  .map(link => new URL(link.getAttribute('href'), document.baseURI).href)"""  # in a map a.href is no string
DRAWN = "() => !document.querySelector('.chart-space, .chart-again')"
HREF = re.compile(r'<a [^>]*href="(/[^"]*)"')
ADDRESSES = 2  # of one kind of page that each role follows links from; a kind is looked at once
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


def is_looked_at(name: str) -> bool:
    """Tell whether a kind of page is drawn and examined today: half of them a day by turns, all with --full.

    Every page is asked for and its links followed in any case.
    """
    turn = sha256(name.encode()).digest()[0] + date.today().toordinal()
    return bool(os.environ.get("DIAPASON_FULL")) or turn % 2 == 0


def name_of(address: str) -> str:
    """Return the URL name of an address of the site, "" when it is none."""
    try:
        return resolve(urlsplit(address).path).view_name or ""
    except Resolver404:
        return ""


class Walk:
    """Follow links from page to page, looking at each kind of page once."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.seen: dict[str, str] = {}
        self.troubles: list[str] = []

    def go(self, windows: dict[Any, Any], role: str) -> None:
        """Walk as one role: look at the kinds of page that nobody saw, and take the links of all."""
        queue, met, done = list(STARTS), Counter[str](), set[str]()
        while queue:
            path = queue.pop(0)
            name = name_of(path)
            if not name or path in done or met[name] == ADDRESSES:
                continue
            done.add(path)
            met[name] += 1
            known = name in self.seen
            links = self.links(windows[LOOKS[0]].page.request, path, name, role)
            if links is not None:
                queue += links if known or not is_looked_at(name) else self.look(windows, path, name, role)

    def links(self, browser: Any, path: str, name: str, role: str) -> list[str] | None:
        """Return the links of the page that this role gets there, None for none; note what is broken."""
        answer = browser.get(path)
        if answer.status >= 500:
            self.troubles.append(f"{path} answers {answer.status} to {role}")
        is_page = answer.status == 200 and "text/html" in answer.headers.get("content-type", "")
        if is_page or answer.status not in {403, 404}:
            self.seen.setdefault(name, path)
        return [html.unescape(link) for link in HREF.findall(answer.text())] if is_page else None

    def look(self, windows: dict[Any, Any], path: str, name: str, role: str) -> list[str]:
        """Check the page in its look (with --full: in each), and return where its links lead."""
        looks = LOOKS if os.environ.get("DIAPASON_FULL") else [LOOKS[len(self.seen) % len(LOOKS)]]
        found: list[str] = []
        for look in looks:
            who = windows[look]
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
def test_every_page(visitor: Callable[..., Any], site: Any) -> None:
    leave_things_to_do(visitor("network_coordinator"))
    leave_a_message(visitor("administrator"))
    walk = Walk(site)
    for role in ROLES:
        walk.go({look: visitor(role, look=look) for look in LOOKS}, role)
    missed = set(reading_views()) - set(walk.seen) - set(NOT_WALKED)
    missed = {name for name in missed if not name.startswith(FOREIGN)}
    assert not walk.troubles, f"{len(walk.troubles)} troubles\n" + "\n".join(walk.troubles)
    assert not missed, f"no link leads to: {', '.join(sorted(missed))}"
    assert len(walk.seen) > 40


@pytest.mark.parametrize("width", [1920, 768])
def test_the_home_page_at_other_widths(visitor: Callable[..., Any], width: int) -> None:
    from tests.journeys.windows import Look

    who = visitor("network_coordinator", look=Look(width, "light", "fr"))
    who.open("/network/")
    who.check_page()
