"""Draw a control chart: grey centre and dashed limits with their names, our line, what was done and when."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext

from diapason.kernel.words import message
from diapason.statistics.process_control import FEWEST_POINTS, FIRM_POINTS, ControlChart, Phase
from diapason.statistics.shift_rules import SOURCES
from diapason.ui.charts import BRICK, INK, MUTE, TEAL, Chart
from diapason.ui.wording import figure, sentence

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
MOST_LABELS: Final = 18


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
) -> Chart:
    """Return the chart of `result`; `labels` name its points, `said` is the sentence above.

    `actions` are (index of the first point after it, label): a vertical line just before that point. Points beyond
    their limits are larger, in another colour and of another shape; `links` are the pages of their records ("": none).
    ValueError when labels do not match the values.
    """
    if len(labels) != len(result.values):
        raise ValueError(f"{len(labels)} labels for {len(result.values)} points")
    layers = [layer for phase in result.phases for layer in _limits(phase)]
    layers += [*_actions(actions), *_points(result, links)]
    encoding = {
        "x": {
            "field": "i",
            "type": "quantitative",
            "title": None,
            "axis": _axis(labels),
            "scale": _width(labels),
        },
        "y": {
            "field": "v",
            "type": "quantitative",
            "title": unit or None,
            "axis": {"tickCount": 3},
            "scale": {"zero": True, "nice": True},
        },
    }
    spec = {"encoding": encoding, "layer": layers}
    return Chart(name, said, spec, _columns(unit), _rows(labels, result, dict(actions), decimals))


def _columns(unit: str) -> list[str]:
    limits = [gettext("Lower limit"), gettext("Centre line"), gettext("Upper limit")]
    return [gettext("When"), unit or gettext("Value"), *limits, gettext("Remark")]


def _width(labels: Sequence[str]) -> dict[str, Any]:
    return {"domain": [-0.5, len(labels) - 0.5], "nice": False, "zero": False}


def _axis(labels: Sequence[str]) -> dict[str, Any]:
    step = -(-len(labels) // MOST_LABELS) or 1
    shown = list(range(0, len(labels), step))
    return {
        "values": shown,
        "labelExpr": f"{json.dumps(list(labels), ensure_ascii=False)}[datum.value]",
        "labelAngle": 0,
        "grid": False,
    }


def _line(rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    return {"mark": {"type": "line", "color": MUTE, "strokeWidth": 1, **mark}, "data": {"values": rows}}


def _limits(phase: Phase) -> list[dict[str, Any]]:
    """Return the centre and, where there are any, the limits of one phase with their names at the right end."""
    if phase.centre is None:
        return []
    span = range(phase.first, phase.last + 1)
    layers = [_line([{"i": index, "v": phase.centre} for index in span])]
    named = [(phase.upper, gettext("upper limit"), -6)]
    if any(phase.lower):
        named.append((phase.lower, gettext("lower limit"), 12))
    for limit, label, offset in named if phase.has_limits else []:
        rows = [
            {"i": index, "v": value} for index, value in zip(span, limit, strict=True) if value is not None
        ]
        layers.append(_line(rows, strokeDash=[3, 3], interpolate="step"))
        text = {"type": "text", "align": "right", "dy": offset, "color": MUTE, "fontSize": 10}
        layers.append(
            {
                "mark": text,
                "data": {"values": [{**rows[-1], "t": label}]},
                "encoding": {"text": {"field": "t"}},
            }
        )
    return layers


def _actions(actions: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    for place, (index, label) in enumerate(actions):
        data = {"values": [{"i": index - 0.5, "t": label}]}
        alone = {"x": {"field": "i", "type": "quantitative"}, "y": None}
        layers.append(
            {"mark": {"type": "rule", "color": MUTE, "strokeWidth": 1.5}, "data": data, "encoding": alone}
        )
        text = {"type": "text", "align": "left", "dx": 6, "color": INK, "fontWeight": 600, "fontSize": 11}
        place_of_text = {**alone, "y": {"value": 4 + 14 * place}, "text": {"field": "t"}}
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
    labels: Sequence[str], result: ControlChart, actions: dict[int, str], decimals: int
) -> list[list[str]]:
    rows = []
    for index, (label, value) in enumerate(zip(labels, result.values, strict=True)):
        phase = result.phase_of(index)
        place = index - phase.first
        low, high = (phase.lower[place], phase.upper[place]) if phase.has_limits else (None, None)
        remarks = [actions[index]] if index in actions else []
        remarks += [gettext(RULE_LABELS[signal.rule]) for signal in result.signals if index in signal.points]
        figures = [figure(each, decimals) for each in (value, low, phase.centre, high)]
        rows.append([label, *figures, ", ".join(remarks) or "–"])
    return rows
