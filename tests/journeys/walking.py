"""What a long walk needs: few windows for many looks and roles, and a reader that asks for pages without drawing them.

Opening a window costs more than reading a page: one per width and language serves every role in turn.
"""

import contextlib
from collections.abc import Iterator
from http.client import HTTPConnection
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser

from tests.journeys.conftest import Visitor
from tests.journeys.windows import Look, Site, open_window, sign_in

TURNS = 5  # redirections that one request may follow


class Reader:
    """Ask for pages as one person, over one connection."""

    def __init__(self, site: Site, cookies: dict[str, str]) -> None:
        self.site, self.cookies = site, cookies
        self.connection = HTTPConnection(urlsplit(site.address).netloc, timeout=60)

    def get(self, path: str, language: str) -> tuple[int, str, str]:
        """Return status, content type and text of a page of the site, where its redirections end."""
        for _ in range(TURNS):
            spoken = {**self.cookies, "django_language": language}
            said = "; ".join(f"{name}={value}" for name, value in spoken.items())
            self.connection.request("GET", path, headers={"Cookie": said, "Accept": "text/html"})
            answer = self.connection.getresponse()
            body, kind = answer.read(), answer.headers.get("content-type", "")
            if answer.status not in {301, 302, 303, 307, 308}:
                return answer.status, kind, body.decode(errors="replace") if kind.startswith("text/") else ""
            target = urlsplit(urljoin(self.site.address + path, answer.headers["location"]))
            path = target.path + (f"?{target.query}" if target.query else "")
        raise AssertionError(f"{path} is sent on and on")


class Windows:
    """Keep one window per width and language; theme and person change within it."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.opened: dict[tuple[int, str], Visitor] = {}
        self.roles: dict[tuple[int, str], str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for who in self.opened.values():
            who.page.context.close()

    def visitor(self, look: Look, role: str) -> Visitor:
        """Return the window of this look, where a person of this role is signed in."""
        place = (look.width, look.language)
        if place not in self.opened:
            window = open_window(self.browser, self.site, look)
            self.opened[place] = Visitor(window.new_page())
            self.opened[place].listen()
        who = self.opened[place]
        if self.roles.get(place) != role:
            who.page.goto("about:blank")
            who.page.context.clear_cookies()
            language = {"name": "django_language", "value": look.language, "url": self.site.address}
            theirs = [each for each in self.cookies(role) if each["name"] != "django_language"]
            who.page.context.add_cookies([*theirs, language])  # type: ignore[list-item]
            self.roles[place] = role
        who.page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")  # type: ignore[arg-type]
        return who

    def cookies(self, role: str) -> list[dict[str, str]]:
        """Return what a browser keeps of somebody who signed in."""
        kept: list[dict[str, str]] = sign_in(self.browser, self.site, role)["cookies"]
        return kept

    @contextlib.contextmanager
    def reader(self, role: str) -> Iterator[Reader]:
        """Give a reader signed in as this role."""
        reader = Reader(self.site, {each["name"]: each["value"] for each in self.cookies(role)})
        try:
            yield reader
        finally:
            reader.connection.close()

    def heard(self) -> list[str]:
        """Return what the consoles said since the last check."""
        return [line for who in self.opened.values() for line in who.heard()]
