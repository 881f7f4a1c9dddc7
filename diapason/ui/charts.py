"""Describe a chart as data: a sentence, a Vega-Lite specification and the table that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from diapason.ui import chart_store
from diapason.ui.languages import language_code

TEAL: Final = "#0f766e"
AMBER: Final = "#b45309"
BRICK: Final = "#b42318"
SLATE: Final = "#56637a"
VIOLET: Final = "#6d4fb3"
INK: Final = "#1f2a44"
MUTE: Final = "#5d6578"
LINE: Final = "#e5e2da"
CONTEXT: Final = "#b9bdc7"
"""Grey of the context: the other organizations, the network's spread, the past."""

TEAL_SOFT: Final = "#e3f1ef"
AMBER_SOFT: Final = "#fbeedd"
BRICK_SOFT: Final = "#fbe7e4"
SLATE_SOFT: Final = "#eceff3"
VIOLET_SOFT: Final = "#eee9f8"
SOFT: Final = "#f2f0ea"
CARD: Final = "#ffffff"

STATE_COLOURS: Final = {"ok": TEAL, "warn": AMBER, "bad": BRICK, "unk": SLATE, "run": VIOLET}


@dataclass(frozen=True)
class Chart:
    """Hold what is drawn and what it says.

    `sentence` says what the picture shows; `spec` is a Vega-Lite specification whose data are inside and whose
    colours are those of this module (dark mode follows from them); `columns` and `rows` are the table beside it.
    """

    name: str
    sentence: str
    spec: dict[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    height: int = field(default=220, compare=False)
    width: int = field(default=560, compare=False)
    years: Sequence[Mapping[str, Any]] = field(default=(), compare=False)
    """The same as lines of `ui/components/years.html`, shown instead of the picture on a telephone."""

    @property
    def whole_spec(self) -> dict[str, Any]:
        """Return the specification with its size and description filled in."""
        base = {"width": self.width, "height": self.height, "description": self.sentence}
        return {**base, **self.spec}

    def key(self) -> str:
        """Hand the specification over to the store and return its key; nothing is drawn yet."""
        return chart_store.hand_over(self.whole_spec, language_code())


def drawn(chart: Chart) -> str:
    """Return the SVG of the chart, drawn now when the store has not got it: for jobs and documents, never for pages."""
    key = chart.key()
    return chart_store.picture(key) or chart_store.draw_now(key)
