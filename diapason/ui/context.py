"""Give every template the shell: navigation, place, theme, reader."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from diapason.ui import navigation

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Place:
    """Hold one answer to « where am I »: the network or one organization."""

    key: str
    label: str
    url: str
    current: bool = False


_PLACES: list[Callable[[HttpRequest], list[Place]]] = []


def register_places(function: Callable[[HttpRequest], list[Place]]) -> None:
    """Say which places a reader can stand in; the portal registers one function."""
    _PLACES[:] = [function]


@lru_cache(maxsize=512)
def _sidebar(_language: str, sections: tuple[tuple[str, tuple[navigation.Link, ...]], ...]) -> SafeString:
    """Return the sidebar with these entries: it says nothing else, so that one drawing serves every page alike."""
    return render_to_string("ui/sidebar.html", {"sections": sections})


_TOKEN, _PATH, _TYPED = "\x00token", "\x00path", "\x00typed"
"""Marks, which no text can hold, where each page has something of its own."""


@lru_cache(maxsize=512)
def _topbar(_language: str, **shown: Any) -> SafeString:
    """Return the top bar of a reader with marks in it: one drawing serves all his or her pages."""
    marks = {"csrf_token": _TOKEN, "path": _PATH, "typed": _TYPED}
    return render_to_string("ui/topbar.html", {**shown, **marks, "language": _language[:2]})


@lru_cache(maxsize=1)
def _assets() -> SafeString:
    """Return the links to style sheets and scripts, whose names change with their content only."""
    return render_to_string("ui/assets.html")


class Shell:
    """Hold what base.html shows; each part is computed when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def sidebar(self) -> SafeString:
        """Return the sidebar of this reader."""
        shown = tuple((heading, tuple(links)) for heading, links in navigation.shown_to(self.request))
        return _sidebar(get_language() or "fr", shown)

    @property
    def topbar(self) -> SafeString:
        """Return the top bar: where the reader stands, search, report, language, theme, account."""
        request = self.request
        drawn: str = _topbar(
            get_language() or "fr",
            places=tuple(self.places),
            place=self.place,
            report=self.report,
            is_signed_in=self.is_signed_in,
            name=self.name if self.is_signed_in else "",
            initials=self.initials if self.is_signed_in else "",
        )
        own = {_TOKEN: get_token(request), _PATH: request.get_full_path(), _TYPED: request.GET.get("q", "")}
        for mark, text in own.items():
            drawn = drawn.replace(mark, escape(text))
        return mark_safe(drawn)  # noqa: S308

    @property
    def assets(self) -> SafeString:
        """Return the links to style sheets and scripts."""
        return _assets()

    @cached_property
    def report(self) -> navigation.Link | None:
        """Return the button by which anybody reports something, from any page."""
        return navigation.report_for(self.request) if self.is_signed_in else None

    @cached_property
    def places(self) -> list[Place]:
        """Return the places this reader may stand in, the first one current unless chosen otherwise."""
        if not self.is_signed_in:
            return []
        return [place for function in _PLACES for place in function(self.request)]

    @cached_property
    def place(self) -> Place | None:
        """Return where the reader stands."""
        return next((place for place in self.places if place.current), None)

    @property
    def is_signed_in(self) -> bool:
        """Tell whether somebody is signed in."""
        return bool(getattr(self.request, "user", None) and self.request.user.is_authenticated)

    @property
    def idle_seconds(self) -> int:
        """Return after how many seconds without a request a session ends."""
        return int(settings.DIAPASON["idle_seconds"])

    @property
    def seconds_left(self) -> int:
        """Return after how many seconds this session ends in any case, 0 when nobody said so."""
        return int(getattr(self.request, "session_seconds_left", 0))

    @property
    def reader(self) -> str:
        """Return who reads, in a form that says nothing: what a tab keeps is given back to nobody else."""
        known = f"{self.request.user.pk}:{settings.SECRET_KEY}"
        return sha256(known.encode()).hexdigest()[:16]

    @property
    def is_answer(self) -> bool:
        """Tell whether this page answers a form, so that its address cannot be asked for again."""
        return self.request.method == "POST"

    @property
    def theme(self) -> str:
        """Return "light", "dark", or "" to follow the device."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def language(self) -> str:
        """Return the active language."""
        return (get_language() or "fr")[:2]

    @property
    def fictional(self) -> bool:
        """Tell whether the data are invented, so that each screen and print says so."""
        return bool(settings.DIAPASON.get("fictional"))

    @property
    def public_record(self) -> bool:
        """Tell whether the data are the public record, shipped with their sources."""
        return bool(settings.DIAPASON.get("demonstration")) and not self.fictional

    @cached_property
    def initials(self) -> str:
        """Return two letters for the account button."""
        words = self.name.replace("@", " ").replace(".", " ").replace("-", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    @cached_property
    def name(self) -> str:
        """Return the reader's name, or e-mail address."""
        user = self.request.user
        person = getattr(user, "person", None)
        full = f"{getattr(person, 'given_name', '')} {getattr(person, 'family_name', '')}".strip()
        return full or str(getattr(user, "email", ""))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what every template may show around its content."""
    return {"shell": Shell(request)}
