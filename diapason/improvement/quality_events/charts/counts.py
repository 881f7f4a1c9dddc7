"""Draw the Pareto of causes and categories; each mark opens its records."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from diapason.improvement.quality_events.charts.figures import Links, Shown
from diapason.improvement.quality_events.queries.causes import Counted
from diapason.statistics.pareto import pareto
from diapason.ui import wording
from diapason.ui.charts import BRICK, CONTEXT, INK, TEAL, Chart

ROW = 26
"""Height of one bar or row, in pixels."""


def pareto_chart(
    title: str, name: str, counts: Sequence[Counted], named: Callable[[str], str], filtered: str, links: Links
) -> Shown:
    """Return bars by falling count, the few that make most of them in colour, and the line of their running share."""
    codes = {one.code: one for one in counts}
    rows = pareto({one.code: one.events for one in counts})
    if not rows:
        return Shown(title, None, remarks=[_("Nothing was counted in this period.")])
    vital = [row for row in rows if row.is_vital]
    total = sum(row.count for row in rows)
    said = _("%(vital)s of %(all)s make %(share)s of the %(n)s counted: first, %(first)s.") % {
        "vital": len(vital), "all": len(rows), "share": wording.share(vital[-1].cumulative, 0),
        "n": wording.figure(total), "first": named(rows[0].label),
    }  # fmt: skip
    data: list[dict[str, Any]] = [
        {"name": named(row.label), "v": row.count, "s": round(100 * row.cumulative, 1), "p": place,
         "c": TEAL if row.is_vital else CONTEXT, "url": links(**{filtered: row.label})}
        for place, row in enumerate(rows)
    ]  # fmt: skip
    table = [
        [named(row.label), wording.figure(row.count), wording.share(row.share), wording.share(row.cumulative),
         wording.figure(codes[row.label].houses)]
        for row in rows
    ]  # fmt: skip
    columns = [title, _("Events"), _("Share"), _("Running share"), _("Organizations")]
    chart = Chart(name, said, _pareto_spec(data), columns, table, height=ROW * len(rows) + 20, width=520)
    return Shown(
        title,
        chart,
        remarks=[_("Coloured: the few that make 80% of all (J. M. Juran).")],
        clause="ISO 9001 § 10.2.1 b",
    )


def _pareto_spec(data: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 240}}
    count = {
        "field": "v",
        "type": "quantitative",
        "title": _("events"),
        "axis": {"tickCount": 4, "format": "d"},
    }
    share = {"field": "s", "type": "quantitative", "title": _("running share, %"), "scale": {"domain": [0, 100]},
             "axis": {"orient": "top", "tickCount": 4, "grid": False}}  # fmt: skip
    linked = {"href": {"field": "url"}} if any(row["url"] for row in data) else {}
    colour = {"field": "c", "type": "nominal", "scale": None}
    bars = [
        {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {"x": count, "color": colour, **linked}},
        {"mark": {"type": "text", "align": "left", "dx": 5, "color": INK, "fontWeight": 600},
         "encoding": {"x": count, "text": {"field": "v"}}},
    ]  # fmt: skip
    lines = [
        {"mark": {"type": "line", "color": BRICK, "strokeWidth": 1.5, "orient": "vertical"},
         "encoding": {"x": share, "order": {"field": "p"}}},
        {"mark": {"type": "point", "filled": True, "color": BRICK, "size": 26, "opacity": 1}, "encoding": {"x": share}},
    ]  # fmt: skip
    layers = [{"layer": bars}, {"layer": lines}]
    return {
        "data": {"values": list(data)},
        "encoding": {"y": y},
        "layer": layers,
        "resolve": {"scale": {"x": "independent"}},
    }
