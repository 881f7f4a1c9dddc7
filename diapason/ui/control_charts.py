"""Draw a control chart: grey centre and dashed limits with their names, our line, what was done and when."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Final

from django.utils.translation import gettext

from diapason.kernel.words import message
from diapason.statistics.process_control import FEWEST_POINTS, FIRM_POINTS, ControlChart, Phase
from diapason.statistics.shift_rules import SOURCES
from diapason.ui.charts import AMBER, BRICK, INK, MUTE, TEAL, Chart
from diapason.ui.wording import figure, sentence, share

RULE_LABELS: Final = {
    "beyond_limits": message("one point beyond three standard deviations"),
    "two_of_three": message("two of three successive points beyond two standard deviations on one side"),
    "four_of_five": message("four of five successive points beyond one standard deviation on one side"),
    "eight_one_side": message("eight successive points on one side of the centre"),
    "six_trend": message("six successive points steadily rising or falling"),
    "long_run": message("an unusually long run on one side of the centre"),
    "few_crossings": message("the centre is crossed unusually seldom"),
}
REASONS: Final = {
    "too_few_points": message(
        "Fewer than %(fewest)s points: limits drawn from them would mislead, so there are none yet."
    ),
}
MOST_LABELS: Final = 12
WIDTH, HEIGHT, LETTER, LINE_OF_TEXT = 320, 160, 5.6, 13
"""Size of the picture, of a letter and of a line of text in it, in pixels: it fits a telephone whole."""
ABOVE: Final = 14
"""How far above each other the names of what was done stand, over the picture, in pixels."""


@dataclass(frozen=True)
class Named:
    """Hold a level that the reader compares with, and its name: the target fixed beforehand."""

    value: float
    label: str


def signal_lines(result: ControlChart, labels: Sequence[str]) -> list[str]:
    """Return one line a signal, in the reader's language: the rule, its source, the points concerned."""
    lines = []
    for signal in result.signals:
        first, last = labels[signal.points[0]], labels[signal.points[-1]]
        where = first if first == last else f"{first} – {last}"
        lines.append(f"{gettext(RULE_LABELS[signal.rule])} ({SOURCES[signal.rule]}){gettext(':')} {where}")
    return lines


def doubts(result: ControlChart) -> list[str]:
    """Return why limits are missing or provisional, in the reader's language, each reason once."""
    found = [
        sentence(REASONS[phase.reason], {"fewest": FEWEST_POINTS}) for phase in result.phases if phase.reason
    ]
    if any(phase.is_provisional for phase in result.phases):
        text = message("The limits are provisional: they rest on fewer than %(firm)s points.")
        found.append(sentence(text, {"firm": FIRM_POINTS}))
    return list(dict.fromkeys(found))


def control_chart(
    name: str,
    said: str,
    labels: Sequence[str],
    result: ControlChart,
    *,
    unit: str = "",
    actions: Sequence[tuple[int, str]] = (),
    decimals: int = 1,
    links: Sequence[str] = (),
    sizes: Sequence[int] = (),
    target: Named | None = None,
    percent: bool = False,
) -> Chart:
    """Return the chart of `result`; `labels` name its points, `said` is the sentence above.

    `actions` are (index of the first point after it, label): a vertical line just before that point. Points beyond
    their limits are larger, in another colour and of another shape; `links` are the pages of their records ("": none).
    `sizes` say on how many cases each point rests: a column of the table. With `percent` values from 0 to 1 are
    written as percentages. ValueError when labels do not match the values.
    """
    if len(labels) != len(result.values):
        raise ValueError(f"{len(labels)} labels for {len(result.values)} points")
    scale = PERCENT if percent else _scale(result, target)
    layers = [layer for phase in result.phases for layer in _limits(phase, result, scale)]
    layers += [*_target(target, len(labels)), *_names(result, target, scale)]
    layers += [*_actions(actions, len(labels)), *_points(result, links)]
    encoding = {
        "x": {"field": "i", "type": "quantitative", "title": None, "axis": _axis(labels), "scale": _width(labels)},
        "y": {
            "field": "v", "type": "quantitative", "title": unit if 0 < len(unit) * LETTER < WIDTH else None,
            "axis": {
                "values": scale.ticks,
                "titleY": -16 - (ABOVE + 3) * len(actions),
                "format": ".0%" if percent else scale.written,
            },
            "scale": {"domain": [scale.low, scale.high], "nice": False, "zero": False},
        },
    }  # fmt: skip
    spec = {"encoding": encoding, "layer": layers}
    written = share if percent else figure
    rows = _rows(
        labels, result, dict(actions), sizes, lambda value: written(value, 0 if percent else decimals)
    )
    return Chart(name, said, spec, _columns(unit, bool(sizes)), rows, height=HEIGHT, width=WIDTH)


@dataclass(frozen=True)
class _Scale:
    """Hold what the upright axis shows: from where to where, and the values written beside it."""

    low: float
    high: float
    ticks: list[float]

    def pixels(self, value: float) -> float:
        """Return how far below the top a value lies."""
        return HEIGHT * (self.high - value) / (self.high - self.low)

    @property
    def written(self) -> str:
        """Return how the values beside it are written: with as many decimals as they need."""
        decimals = max(len(f"{tick:.6f}".rstrip("0").partition(".")[2]) for tick in self.ticks)
        return f",.{decimals}f"


def _scale(result: ControlChart, target: Named | None) -> _Scale:
    """Return round bounds that hold points, limits and target."""
    known = [value for value in result.values if value is not None]
    shown = [*known, target.value if target else 0.0]
    shown += [value for phase in result.phases for value in (*phase.lower, *phase.upper) if value is not None]
    low, high = min(0.0, *shown), max(0.0, *shown)
    rough = ((high - low) or 1.0) / 3.2
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough)
    if all(value == int(value) for value in known):
        step = max(1.0, float(ceil(step)))
    first, last = floor(low / step), ceil(round(high / step, 6)) or 1
    ticks = [round(step * place, 10) for place in range(first, last + 1)]
    return _Scale(ticks[0], ticks[-1], ticks)


PERCENT: Final = _Scale(0, 1, [0, 0.25, 0.5, 0.75, 1])


def _columns(unit: str, with_sizes: bool) -> list[str]:
    limits = [gettext("Lower limit"), gettext("Centre line"), gettext("Upper limit")]
    cases = [gettext("Out of")] if with_sizes else []
    return [gettext("When"), unit or gettext("Value"), *cases, *limits, gettext("Remark")]


def _width(labels: Sequence[str]) -> dict[str, Any]:
    return {"domain": [-0.5, len(labels) - 0.5], "nice": False, "zero": False}


def _axis(labels: Sequence[str]) -> dict[str, Any]:
    """Return the axis below: as many labels as there is room for, the last one always among them."""
    longest = max((len(label) for label in labels), default=1)
    most = max(1, min(MOST_LABELS, int(WIDTH / (LETTER * (longest + 3)))))
    step = -(-len(labels) // most) or 1
    return {
        "values": list(range(len(labels) - 1, -1, -step))[::-1],
        "labelExpr": f"{json.dumps(list(labels), ensure_ascii=False)}[datum.value]",
        "labelAngle": 0,
        "labelOverlap": False,
        "grid": False,
    }


def _line(rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    return {"mark": {"type": "line", "color": MUTE, "strokeWidth": 1, **mark}, "data": {"values": rows}}


def _text(rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    return {
        "mark": {"type": "text", "color": MUTE, "fontSize": 10, **mark},
        "data": {"values": rows},
        "encoding": {"text": {"field": "t"}},
    }


def _lines_of(phase: Phase) -> list[tuple[Sequence[float | None], str]]:
    """Return the limits of a phase with their names, the upper one first."""
    named: list[tuple[Sequence[float | None], str]] = [(phase.upper, gettext("upper limit"))]
    if any(phase.lower):
        named.append((phase.lower, gettext("lower limit")))
    return named if phase.has_limits else []


def _limits(phase: Phase, result: ControlChart, scale: _Scale) -> list[dict[str, Any]]:
    """Return the centre and, where there are any, the limits of one phase; names of an earlier one stand inside."""
    if phase.centre is None:
        return []
    span = range(phase.first, phase.last + 1)
    layers = [_line([{"i": index, "v": phase.centre} for index in span])]
    for limit, label in _lines_of(phase):
        rows = [
            {"i": index, "v": value} for index, value in zip(span, limit, strict=True) if value is not None
        ]
        layers.append(_line(rows, strokeDash=[3, 3], interpolate="step"))
        if phase is not result.phases[-1]:
            layers.append(_name_inside(rows, label, result, scale))
    return layers


def _name_inside(
    rows: list[dict[str, Any]], label: str, result: ControlChart, scale: _Scale
) -> dict[str, Any]:
    """Return the name of a limit above or below its line, where our points are farthest from it."""
    wide = min(len(rows), ceil(LETTER * len(label) * len(result.values) / WIDTH) + 1)
    best = (-1.0, 0, -6)
    for place in range(len(rows) - wide + 1):
        for dy in (-6, 12):
            near = [
                abs(scale.pixels(value) - scale.pixels(row["v"]) - dy + 3)
                for row in rows[place : place + wide]
                if (value := result.values[row["i"]]) is not None
            ]
            best = max(best, (min(near, default=float(HEIGHT)), place, dy))
    _far, place, dy = best
    return _text([{**rows[place], "t": label}], align="left", dy=dy)


def _target(target: Named | None, periods: int) -> list[dict[str, Any]]:
    """Return the target as a line."""
    if target is None:
        return []
    ends = [{"i": -0.5, "v": target.value}, {"i": periods - 0.5, "v": target.value}]
    return [_line(ends, color=AMBER, strokeWidth=1.5, strokeDash=[6, 3])]


def _names(result: ControlChart, target: Named | None, scale: _Scale) -> list[dict[str, Any]]:
    """Return the names of the lines right of the last point, moved apart where they would meet."""
    last = result.phases[-1] if result.phases else None
    named: list[tuple[float, str, str]] = []
    if last is not None and last.centre is not None:
        named.append((last.centre, gettext("median") if result.kind == "run" else gettext("mean"), MUTE))
        for limit, label in _lines_of(last):
            known = [value for value in limit if value is not None]
            named.append((known[-1], label, MUTE))
    if target is not None:
        named.append((target.value, target.label, AMBER))
    layers, lowest = [], -float(HEIGHT)
    for value, label, colour in sorted(named, key=lambda each: -each[0]):
        level = max(scale.pixels(value), lowest + LINE_OF_TEXT)
        lowest = level
        row = {"i": len(result.values) - 0.5, "v": value, "t": label}
        moved = round(level - scale.pixels(value), 1)
        layers.append(_text([row], align="left", baseline="middle", dx=6, dy=moved, color=colour))
    return layers


def _actions(actions: Sequence[tuple[int, str]], points: int) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    for place, (index, label) in enumerate(actions):
        data = {"values": [{"i": index - 0.5, "t": label}]}
        alone = {"x": {"field": "i", "type": "quantitative"}, "y": None}
        layers.append(
            {"mark": {"type": "rule", "color": MUTE, "strokeWidth": 1.5}, "data": data, "encoding": alone}
        )
        late = index * WIDTH / max(1, points) + LETTER * len(label) > WIDTH
        side = {"align": "right", "dx": -6} if late else {"align": "left", "dx": 6}
        text = {"type": "text", **side, "color": INK, "fontWeight": 600, "fontSize": 11}
        place_of_text = {**alone, "y": {"value": -13 - ABOVE * place}, "text": {"field": "t"}}
        layers.append({"mark": text, "data": data, "encoding": place_of_text})
    return layers


def _points(result: ControlChart, links: Sequence[str] = ()) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"i": index, "v": value} for index, value in enumerate(result.values) if value is not None
    ]
    for row in rows:
        if links and links[row["i"]]:
            row["url"] = links[row["i"]]
    linked = {"encoding": {"href": {"field": "url"}}} if any("url" in row for row in rows) else {}
    inside = [row for row in rows if row["i"] not in result.beyond]
    outside = [row for row in rows if row["i"] in result.beyond]
    point = {"type": "point", "filled": True, "opacity": 1}
    return [
        _line(rows, color=TEAL, strokeWidth=2),
        {"mark": {**point, "color": TEAL, "size": 40}, "data": {"values": inside}, **linked},
        {
            "mark": {**point, "color": BRICK, "shape": "diamond", "size": 130},
            "data": {"values": outside},
            **linked,
        },
    ]


def _rows(
    labels: Sequence[str],
    result: ControlChart,
    actions: dict[int, str],
    sizes: Sequence[int],
    written: Callable[[float | None], str],
) -> list[list[str]]:
    rows, seen = [], _remarks(result)
    for index, (label, value) in enumerate(zip(labels, result.values, strict=True)):
        phase = result.phase_of(index)
        place = index - phase.first
        low, high = (phase.lower[place], phase.upper[place]) if phase.has_limits else (None, None)
        remarks = [actions[index]] if index in actions else []
        shown, *limits = [written(each) for each in (value, low, phase.centre, high)]
        cases = [figure(sizes[index])] if sizes else []
        rows.append([label, shown, *cases, *limits, ", ".join([*remarks, *seen.get(index, ())]) or "–"])
    return rows


def _remarks(result: ControlChart) -> dict[int, list[str]]:
    """Return the rules that saw something, by the points that they saw."""
    found: dict[int, list[str]] = {}
    for signal in result.signals:
        for index in signal.points:
            found.setdefault(index, []).append(gettext(RULE_LABELS[signal.rule]))
    return found
