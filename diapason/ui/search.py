"""Ask each chapter for the records that match what somebody typed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext


@dataclass(frozen=True)
class Hit:
    """Hold one record found: its title, its page and a quiet line below."""

    title: str
    url: str
    detail: str = ""


Searcher = Callable[[HttpRequest, str, int], list[Hit]]
_SEARCHERS: dict[str, Searcher] = {}


def register(kind: str, function: Searcher) -> None:
    """Add a searcher; `kind` is a message id in the plural, the function asks one query."""
    _SEARCHERS[kind] = function


def find(request: HttpRequest, text: str, limit: int = 8) -> list[tuple[str, list[Hit]]]:
    """Return (kind, hits) for each kind with at least one record that the reader may see."""
    if len(text) < 2:
        return []
    found = ((gettext(kind), function(request, text, limit)) for kind, function in _SEARCHERS.items())
    return [(kind, hits) for kind, hits in found if hits]
