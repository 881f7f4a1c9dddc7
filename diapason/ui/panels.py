"""Collect the panels that chapters give to a page made from many chapters.

Kinds of page today: "organization" (thing: the organization), "network_home" and "my_day" (thing: None).
A panel function is called as `function(request, thing)` and answers a Panel or None; its query count is fixed.

On the network home a panel's `slot` says where it stands: "sentence" (the lead line), "figures" (tiles of the
strip), "half" (beside another), "decide" (its tasks join « À décider »), "wide" (the whole width).
On my day the tasks of all panels are put together and sorted into late, today, this week and later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Task:
    """Hold one thing to do or to decide: what, where it opens, when it is due, how it stands."""

    title: str
    url: str
    detail: str = ""
    due: date | None = None
    state: str = ""
    state_label: str = ""


@dataclass(frozen=True)
class Tile:
    """Hold one number of the figures strip, with the page that explains it.

    `value` is the text shown; `of` a denominator shown quietly; `doubt` says why it is
    not complete ("" when it is).
    """

    value: str
    label: str
    url: str
    of: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Panel:
    """Hold one panel: its title, its template with context, and the page where the whole is."""

    title: str = ""
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    link: str = ""
    link_label: str = ""
    note: str = ""
    slot: str = "half"
    sentence: str = ""
    tasks: Sequence[Task] = ()
    tiles: Sequence[Tile] = ()


Maker = Callable[[HttpRequest, Any], Panel | None]
_MAKERS: dict[str, list[tuple[int, str, Maker]]] = {}


def register(subject_kind: str, function: Maker, order: int = 100) -> None:
    """Add a panel to the pages of `subject_kind`, sorted by `order`."""
    makers = _MAKERS.setdefault(subject_kind, [])
    name = f"{function.__module__}.{function.__qualname__}"
    if all(name != known for _, known, _ in makers):
        makers.append((order, name, function))
        makers.sort(key=lambda maker: maker[:2])


def collect(subject_kind: str, request: HttpRequest, thing: Any = None) -> list[Panel]:
    """Return the panels that have something to show for `thing`, in order."""
    made = (function(request, thing) for _, _, function in _MAKERS.get(subject_kind, []))
    return [panel for panel in made if panel is not None]
