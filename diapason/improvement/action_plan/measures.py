"""Let chapters above give the series of figures by which the effectiveness of an action is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules.criterion import Point


@dataclass(frozen=True)
class Series:
    """Hold a series: its name in words, its points, the page of its records, how many months a point covers."""

    label: str
    points: Sequence[Point]
    url: str = ""
    months: int = 1


Measure = Callable[[Action, date], Series | None]
_MEASURES: dict[str, Measure] = {}


def register(criterion_kind: str, measure: Measure) -> None:
    """Say who computes the series of a kind of criterion; function(action, on)."""
    _MEASURES[criterion_kind] = measure


def series_of(action: Action, *, on: date) -> Series | None:
    """Return the series by which the action is judged, None when it is judged by eye."""
    measure = _MEASURES.get(action.criterion_kind)
    return measure(action, on) if measure else None


def figures_at(action: Action, *, on: date) -> list[dict[str, Any]]:
    """Return the figures that a check on that day reads, as they are kept with it; none when it judges by eye."""
    series = series_of(action, on=on)
    return [
        {"start": point.start.isoformat(), "value": str(point.value) if point.value is not None else None}
        for point in (series.points if series else ())
    ]
