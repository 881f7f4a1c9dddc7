"""Turn a subject ("kind:key") into a link to its record; each chapter registers its kinds.

Django works an address out anew each time it is asked. A page asks for a hundred, most of them alike: what is the same
for every record is worked out once a process.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext


@dataclass(frozen=True)
class Kind:
    """Hold what one kind of subject is called (message id) and which page shows it."""

    url_name: str
    label: str = ""


_KINDS: dict[str, Kind] = {}
_RENAMED: dict[str, list[tuple[re.Pattern[str], str]]] = {}


def register(kind: str, url_name: str, label: str = "") -> None:
    """Make subjects of `kind` open the page `url_name`, which takes the key as its only argument."""
    known = _KINDS.get(kind)
    if known and known.url_name != url_name:
        raise ValueError(f"subjects of the kind {kind} open {known.url_name} already, not {url_name}")
    _KINDS[kind] = Kind(url_name, label)


def renamed(kind: str, keys: str, now: str) -> None:
    """Say that subjects of `kind` whose key is like `keys` (a regular expression) are called `now` since some day.

    What the trail stated before keeps its name for ever; it opens the same record, and belongs to its story.
    """
    _RENAMED.setdefault(kind, []).append((re.compile(keys), now))


def present_name(subject: str) -> str:
    """Return what a subject is called today."""
    kind, _, key = subject.partition(":")
    return next((f"{now}:{key}" for keys, now in _RENAMED.get(kind, ()) if keys.fullmatch(key)), subject)


def every_name(subject: str) -> list[str]:
    """Return what a subject is called today and was called before."""
    kind, _, key = subject.partition(":")
    before = [
        was
        for was, all_of_it in _RENAMED.items()
        for keys, now in all_of_it
        if now == kind and keys.fullmatch(key)
    ]
    return [subject, *(f"{was}:{key}" for was in before)]


def kinds() -> dict[str, Kind]:
    """Return every registered kind."""
    return dict(_KINDS)


def key_of(subject: str) -> str:
    """Return the key inside "kind:key"."""
    return subject.partition(":")[2] or subject


def kind_label(subject: str) -> str:
    """Return what the kind of a subject is called, in the reader's language ("" when it has no name)."""
    kind = _KINDS.get(present_name(subject).partition(":")[0])
    return gettext(kind.label) if kind and kind.label else ""


_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]+")
_ANY_KEY: Final = "Az._-09"
"""A key of which no character changes in an address, and one with every kind of them."""


def site() -> tuple[str, str]:
    """Return what decides about addresses besides the page: the table of addresses, and what stands before all."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@lru_cache(maxsize=512)
def _worked_out(url_name: str, _site: tuple[str, str]) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=512)
def _around_the_key(url_name: str, _site: tuple[str, str]) -> tuple[str, str] | None:
    """Return what stands before and after the key, None when the page does not take every plain key."""
    try:
        before, found, after = reverse(url_name, args=[_ANY_KEY]).rpartition(_ANY_KEY)
    except NoReverseMatch:
        return None
    return (before, after) if found else None


def page_address(url_name: str) -> str:
    """Return the address of a page that takes no key, "" when there is none."""
    return _worked_out(url_name, site())


def address(url_name: str, key: str) -> str:
    """Return the address of the page of one record, as `reverse` does."""
    return addresses(url_name)(key)


def addresses(url_name: str) -> Callable[[str], str]:
    """Return what answers with the address of the page of a record by its key; for the many rows of one page."""
    around = _around_the_key(url_name, site())

    def of(key: str) -> str:
        plain = around and _PLAIN.fullmatch(key)
        return f"{around[0]}{key}{around[1]}" if around and plain else reverse(url_name, args=[key])

    return of


def url_of(subject: str) -> str:
    """Return the address of the record, "" when its kind has no page."""
    kind, _, key = present_name(subject).partition(":")
    known = _KINDS.get(kind)
    if not known or not key:
        return ""
    try:
        return address(known.url_name, key)
    except NoReverseMatch:
        return ""
