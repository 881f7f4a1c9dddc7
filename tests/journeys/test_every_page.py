"""Walk every page that can be reached by links: no accessibility violation, no sideways scroll, a silent console.

Pages are found as a person finds them, by following links, signed in as four roles in turn; each kind of page (URL
name) is looked at once, width, theme and language rotating; with --full in every look. A page that no link reaches
fails the walk, unless it is named here with its reason.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.journeys.windows import LOOKS

ROLES = ("network_coordinator", "quality_manager", "administrator", "network_director", "research_staff")
STARTS = ("/network/", "/day/", "/search/?q=prisme", "/gallery/", "/accounts/login/")
NOT_WALKED = {
    "ui:chart": "a piece of a page, fetched by htmx",
    "portal_home": "leads on to the network or to my day",
    "portal_health": "answers JSON",
}
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


def test_every_page(visitor: Callable[..., Any], site: Any) -> None:
    looks = LOOKS if os.environ.get("DIAPASON_FULL") else None
    seen: dict[str, str] = {}
    troubles: list[str] = []
    for role in ROLES:
        windows = {look: visitor(role, look=look) for look in LOOKS}
        queue = list(STARTS)
        while queue:
            path = queue.pop(0)
            name = name_of(path)
            if not name or name in seen:
                continue
            answer = windows[LOOKS[0]].page.request.get(path)
            if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
                if answer.status not in {403, 404}:
                    seen[name] = path
                if answer.status >= 500:
                    troubles.append(f"{path} answers {answer.status} to {role}")
                continue
            seen[name] = path
            for look in looks or [LOOKS[len(seen) % len(LOOKS)]]:
                who = windows[look]
                try:
                    who.open(path)
                    who.page.wait_for_load_state("networkidle")
                    who.check_page()
                    who.picture(f"{name.replace(':', '-')}-{look}")
                except AssertionError as error:
                    troubles.append(f"{role} {look}: {error}")
                    who.said.clear()
            links = "() => [...document.querySelectorAll('main a[href], nav a[href], header a[href]')].map(a => a.href)"
            for address in windows[looks[0] if looks else LOOKS[len(seen) % len(LOOKS)]].page.evaluate(links):
                if address.startswith(site.address) and name_of(address) not in seen:
                    parts = urlsplit(address)
                    queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    missed = sorted(set(reading_views()) - set(seen) - set(NOT_WALKED))
    missed = [name for name in missed if not name.startswith(FOREIGN)]
    assert not troubles, f"{len(troubles)} troubles\n" + "\n".join(troubles)
    assert not missed, f"no link leads to: {', '.join(missed)}"
    assert len(seen) > 40


@pytest.mark.parametrize("width", [1920, 768])
def test_the_home_page_at_other_widths(visitor: Callable[..., Any], width: int) -> None:
    from tests.journeys.windows import Look

    who = visitor("network_coordinator", look=Look(width, "light", "fr"))
    who.open("/network/")
    who.check_page()
