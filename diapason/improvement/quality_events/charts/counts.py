"""Draw counts as bars with their words above, so that they fit a telephone: the Pareto of causes and categories.

Bars and running share stand on one scale, the whole of what is counted: the curve begins where the first bar ends.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from diapason.improvement.quality_events.charts.figures import Links, Shown
from diapason.improvement.quality_events.queries.causes import Counted
from diapason.statistics.pareto import pareto
from diapason.ui import wording
from diapason.ui.charts import BRICK, CONTEXT, INK, TEAL, Chart

ROW, WIDTH = 38, 340
"""Height of one bar with its words, and width of the whole, in pixels."""
FEWEST_TO_SORT = 20
"""Below so many counted, the order of the bars is mostly chance: this is said."""


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
        {"name": named(row.label), "v": row.count, "s": row.cumulative * total, "p": place,
         "c": TEAL if row.is_vital else CONTEXT, "url": links(**{filtered: row.label})}
        for place, row in enumerate(rows)
    ]  # fmt: skip
    table = [
        [named(row.label), wording.figure(row.count), wording.share(row.share), wording.share(row.cumulative),
         wording.figure(codes[row.label].houses)]
        for row in rows
    ]  # fmt: skip
    columns = [title, _("Events"), _("Share"), _("Running share"), _("Organizations")]
    spec = bars(data, total, _("share of all"), [*_curve(data)])
    chart = Chart(name, said, spec, columns, table, height=ROW * len(rows), width=WIDTH)
    remarks = [_("Coloured: the few that make 80% of all (J. M. Juran). The line adds them up.")]
    if total < FEWEST_TO_SORT:
        remarks.append(_("%(n)s counted in all: too few to trust their order.") % {"n": total})
    return Shown(title, chart, remarks=remarks, clause="ISO 9001 § 10.2.1 b")


def bars(
    data: Sequence[Mapping[str, Any]], total: int, unit: str, more: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return bars of `v` in colour `c`, `name` above each; the whole width is `total`, its axis in percent of it.

    `more` is drawn below them, so that no line crosses a word.
    """
    ticks = [total * share / 4 for share in range(5)]
    axis = {"values": ticks, "labelExpr": f"format(datum.value / {total}, '.0%')", "grid": False}
    x = {
        "field": "v",
        "type": "quantitative",
        "title": unit,
        "scale": {"domain": [0, total], "nice": False},
        "axis": axis,
    }
    y = {"field": "p", "type": "ordinal", "title": None, "axis": None}
    linked = {"href": {"field": "url"}} if any(row["url"] for row in data) else {}
    colour = {"field": "c", "type": "nominal", "scale": None}
    words = {"type": "text", "align": "left", "dy": -10, "color": INK, "x": 0}
    layers = [
        *more,
        {"mark": {"type": "bar", "height": 14, "yOffset": 7}, "encoding": {"x": x, "color": colour, **linked}},
        {"mark": words, "encoding": {"text": {"field": "name"}, **linked}},
        {"mark": {"type": "text", "align": "left", "dx": 5, "dy": 7, "color": INK, "fontWeight": 600},
         "encoding": {"x": x, "text": {"field": "v"}}},
    ]  # fmt: skip
    return {"data": {"values": list(data)}, "encoding": {"y": y}, "layer": layers}


def _curve(data: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the line of the running share."""
    share = {"field": "s", "type": "quantitative"}
    point = {"type": "point", "filled": True, "color": BRICK, "size": 26, "opacity": 1, "yOffset": 7}
    line = {"type": "line", "color": CONTEXT, "strokeWidth": 1.5, "orient": "vertical", "yOffset": 7}
    if len(data) < 2:
        return []
    return [
        {"mark": line, "encoding": {"x": {**share, "title": None}, "order": {"field": "p"}}},
        {"mark": point, "encoding": {"x": {**share, "title": None}}},
    ]
