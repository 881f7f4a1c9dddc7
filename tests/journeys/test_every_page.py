"""Walk from the home page along every link: each screen once, its width, theme and language in turn."""

import os
import re
from collections import deque
from collections.abc import Callable
from itertools import cycle

import pytest
from django.urls import Resolver404, resolve

from tests.conventions.tree import expect_none
from tests.journeys.conftest import Visitor
from tests.journeys.windows import LOOKS, Look

NOT_A_SCREEN = re.compile(r"^/(static|health|accounts/logout)")
ENOUGH = 25  # links looked at on one page: a list shows the same screen many times


def screen_of(address: str) -> str:
    """Return the name of the screen at an address, "" when there is none."""
    path = re.split(r"[?#]", address)[0]
    if NOT_A_SCREEN.match(path):
        return ""
    try:
        return resolve(path).view_name or path
    except Resolver404:
        return ""


class Walk:
    """Remember where one person has been and what was wrong there."""

    def __init__(self, visitor: Callable[..., Visitor], role: str) -> None:
        self.role = role
        self.windows: dict[Look, Visitor] = {}
        self.visitor = visitor
        self.looks = cycle(LOOKS)
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def follow(self, start: list[str]) -> None:
        """Go to every screen that can be reached by links from these addresses."""
        waiting = deque(start)
        while waiting:
            address = waiting.popleft()
            screen = screen_of(address)
            if not screen or screen in self.seen:
                continue
            self.seen.add(screen)
            looks = LOOKS if os.environ.get("DIAPASON_FULL") else [next(self.looks)]
            for look in looks:
                waiting.extend(self.look_at(address, look))

    def look_at(self, address: str, look: Look) -> list[str]:
        """Judge one page in one look; return where its links lead."""
        if look not in self.windows:
            self.windows[look] = self.visitor(self.role, look)
        window = self.windows[look]
        answer = window.page.request.get(address)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            if answer.status not in {200, 403, 405}:
                self.wrong.append(f"{address} answers {answer.status} to {self.role}")
            return []
        try:
            window.open(address)
            window.check_page()
        except AssertionError as error:
            self.wrong.append(f"{address} ({look}, {self.role}): {error}")
            window.said.clear()
        links = window.page.eval_on_selector_all(
            "a[href^='/']", "all => all.map(one => one.getAttribute('href'))"
        )
        first: dict[str, list[str]] = {}
        for link in links:
            first.setdefault(screen_of(link), []).append(link)
        return [link for links in first.values() for link in links[:ENOUGH]]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("role", ["network_coordinator", "quality_manager", "administrator"])
def test_every_screen_in_some_look(visitor: Callable[..., Visitor], role: str) -> None:
    walk = Walk(visitor, role)
    walk.follow(["/", "/network/", "/day/"])
    print(f"{len(walk.seen)} screens: {', '.join(sorted(walk.seen))}")
    expect_none(walk.wrong)
    assert len(walk.seen) > 20


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_door_in_every_look(visitor: Callable[..., Visitor], address: str, look: Look) -> None:
    somebody = visitor(look=look)
    somebody.open(address)
    somebody.check_page()
