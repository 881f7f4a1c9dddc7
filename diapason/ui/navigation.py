"""Hold the entries of the sidebar; each chapter adds its own at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from diapason.kernel.words import message
from diapason.ui.links import page_address, site

SECTIONS: Final = {
    "day": "",
    "steer": message("Steer"),
    "improve": message("Improve"),
    "documents": message("Documents and competence"),
    "studies": message("Studies"),
    "certification": message("Certification"),
    "administration": message("Administration"),
}
"""The sections in order, each with the message id of its heading."""


@dataclass(frozen=True)
class Entry:
    """Hold one declared entry: a message id, the page it opens, its order and the ability that it needs."""

    section: str
    label: str
    url_name: str
    order: int
    ability: str = ""
    badge: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Link:
    """Hold an entry as shown to one reader."""

    label: str
    url: str
    current: bool
    count: int = 0


_ENTRIES: list[Entry] = []


def add(
    section: str,
    label: str,
    url_name: str,
    order: int,
    ability: str = "",
    badge: Callable[[HttpRequest], int] | None = None,
) -> None:
    """Add an entry (`label` is a message id); with `ability`, only those who hold it somewhere see it."""
    if section not in SECTIONS:
        raise ValueError(f"no section {section!r} in the navigation")
    entry = Entry(section, label, url_name, order, ability, badge)
    if entry not in _ENTRIES:
        _ENTRIES.append(entry)
        _ENTRIES.sort(key=lambda each: (list(SECTIONS).index(each.section), each.order, each.label))


_REPORT: list[tuple[str, str, str]] = []


def set_report(label: str, url_name: str, ability: str) -> None:
    """Put one button into the top bar of every page, for those who hold the ability somewhere."""
    _REPORT[:] = [(label, url_name, ability)]


def report_for(request: HttpRequest) -> Link | None:
    """Return the button of the top bar as this reader may use it, None for who may not."""
    scope = getattr(request.user, "scope", None)
    for label, url_name, ability in _REPORT:
        if scope and scope.may_somewhere(ability):
            url = page_address(url_name)
            return Link(gettext(label), url, url == request.path)
    return None


def entries() -> tuple[Entry, ...]:
    """Return every declared entry, in order."""
    return tuple(_ENTRIES)


def heading(section: str) -> str:
    """Return the heading of a section in the reader's language, "" for the day's."""
    return gettext(SECTIONS[section]) if SECTIONS[section] else ""


Drawn = tuple[Entry, str, str]
"""An entry, what it is called in the reader's language, and its address."""


def shown_to(request: HttpRequest) -> list[tuple[str, list[Link]]]:
    """Return (heading, links) of each section that this reader may open, the current page marked once."""
    scope = getattr(request.user, "scope", None)
    known = tuple(_ENTRIES)
    held = frozenset(
        each.ability for each in known if each.ability and scope and scope.may_somewhere(each.ability)
    )
    found = _open_to(known, held, get_language() or "", site())
    current = _current([url for _, _, url in found], request.path)
    sections: dict[str, list[Link]] = {}
    for entry, label, url in found:
        count = entry.badge(request) if entry.badge else 0
        sections.setdefault(entry.section, []).append(Link(label, url, url == current, count))
    return [(heading(name), links) for name, links in sections.items()]


@lru_cache(maxsize=128)
def _open_to(
    known: tuple[Entry, ...], held: frozenset[str], _language: str, _site: tuple[str, str]
) -> list[Drawn]:
    """Return the entries open to who holds these abilities: all readers alike share one answer."""
    mine = (each for each in known if not each.ability or each.ability in held)
    return [(each, gettext(each.label), url) for each in mine if (url := page_address(each.url_name))]


def _current(urls: list[str], path: str) -> str:
    """Return the longest url that `path` lies under; the root counts only for itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
