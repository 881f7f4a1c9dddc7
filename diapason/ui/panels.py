"""Collect the panels that chapters give to a page made from many chapters.

Kinds of page today: "organization" (thing: the organization), "network_home" and "my_day" (thing: None).
A panel function is called as `function(request, thing)` and answers a Panel or None; its query count is fixed. One that
`@asks` (ui/asking.py) says its questions first: those of all panels of a page go together, in as few statements as
hold them.

On the network home a panel's `slot` says where it stands: "sentence" (the lead line), "figures" (tiles of the
strip), "half" (beside another), "decide" (its tasks join « À décider »), "wide" (the whole width).
On my day the tasks of all panels are put together and sorted into late, today, this week and later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from diapason.ui.asking import Asking, answered, side_by_side


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
    return answered(collecting(subject_kind, request, thing))


def collecting(subject_kind: str, request: HttpRequest, thing: Any = None) -> Asking[list[Panel]]:
    """Return the same as a part of a page that asks more (ui/asking.py)."""
    makers = [function for _, _, function in _MAKERS.get(subject_kind, [])]
    begun = [_begun(function, request, thing) for function in makers]
    panels: list[Panel | None] = yield from side_by_side(*begun)
    return [panel for panel in panels if panel is not None]


def _begun(function: Maker, request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """Return a panel about to be made; one that does not say what it asks asks by itself."""
    asking: Callable[[HttpRequest, Any], Asking[Panel | None]] | None = getattr(function, "asking", None)
    if asking is None:
        return function(request, thing)
    return (yield from asking(request, thing))
