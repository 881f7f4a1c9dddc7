"""Draw the Pareto of causes and categories, and the view of events by clause; each mark opens its records."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from diapason.improvement.quality_events.charts.figures import Links, Shown, days_of, month_label
from diapason.improvement.quality_events.queries.causes import ClauseCount, Counted
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.statistics.pareto import pareto
from diapason.ui import wording
from diapason.ui.charts import BRICK, CARD, CONTEXT, INK, TEAL, Chart

MOST_CLAUSES = 18
Key = tuple[str, str, str]
"""Name a clause: code and label of its edition, number."""
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
    data = [
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


def clause_chart(counts: Sequence[ClauseCount], sight: Sight, links: Links) -> Shown:
    """Return clauses by organization (by month for one organization alone, all together where none is named)."""
    title = _("Events by clause")
    if not counts:
        return Shown(
            title, None, remarks=[_("No event of this period names a clause.")], clause="ISO 9001 § 10.2"
        )
    houses = {house.pk: house for house in sight.houses}
    alone = not sight.counts_only and len(houses) == 1
    totals: dict[Key, int] = {}
    cells: dict[tuple[Key, str], int] = {}
    for one in counts:
        clause = (one.edition, one.edition_label, one.number)
        totals[clause] = totals.get(clause, 0) + one.events
        column = one.month if alone else str(one.house)
        cells[clause, column] = cells.get((clause, column), 0) + one.events
    first = sorted(totals, key=lambda clause: (-totals[clause], clause))[:MOST_CLAUSES]
    columns = sorted({column for _clause, column in cells})
    heads = {column: _column(column, alone, houses) for column in columns}
    most = max(cells.values())
    data, table = [], []
    for clause in first:
        row = [_clause(clause)]
        for column in columns:
            number = cells.get((clause, column), 0)
            row.append(wording.figure(number))
            if number:
                where = {"clause": f"{clause[0]}/{clause[2]}", **_where(column, alone, houses)}
                data.append({"row": _clause(clause), "col": heads[column], "v": number, "url": links(**where),
                             "o": round(0.12 + 0.88 * number / most, 2), "dark": number > 0.55 * most})  # fmt: skip
        table.append([*row, wording.figure(totals[clause])])
    said = _("%(clause)s is touched most: %(n)s events.") % {
        "clause": _clause(first[0]),
        "n": wording.figure(totals[first[0]]),
    }
    order = {"rows": [_clause(clause) for clause in first], "columns": list(heads.values())}
    labels = [_("Clause"), *heads.values(), _("Total")]
    chart = Chart(
        "events-clauses", said, _heat_spec(data, order), labels, table, height=ROW * len(first), width=520
    )
    return Shown(title, chart, clause="ISO 9001 § 10.2")


def _clause(clause: Key) -> str:
    return f"{clause[1]} § {clause[2]}"


def _column(column: str, alone: bool, houses: Mapping[int, Any]) -> str:
    if alone:
        return month_label(column)
    return houses[int(column)].short_name if int(column) in houses else _("all organizations")


def _where(column: str, alone: bool, houses: Mapping[int, Any]) -> dict[str, str]:
    if alone:
        return days_of(column)
    return {"organization": houses[int(column)].code} if int(column) in houses else {}


def _heat_spec(data: Sequence[Mapping[str, Any]], order: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    x = {"field": "col", "type": "nominal", "sort": order["columns"], "title": None,
         "axis": {"orient": "top", "labelAngle": -40 if len(order["columns"]) > 6 else 0, "domain": False}}  # fmt: skip
    y = {"field": "row", "type": "nominal", "sort": order["rows"], "title": None, "axis": {"domain": False}}
    linked = {"href": {"field": "url"}} if any(row["url"] for row in data) else {}
    shade = {"field": "o", "type": "quantitative", "scale": None, "legend": None}
    rect = {
        "mark": {"type": "rect", "color": TEAL, "cornerRadius": 4},
        "encoding": {"fillOpacity": shade, **linked},
    }
    texts = [
        {"mark": {"type": "text", "fontWeight": 600, "color": colour}, "encoding": {"text": {"field": "v"}},
         "data": {"values": [row for row in data if row["dark"] is dark]}}
        for colour, dark in ((INK, False), (CARD, True))
    ]  # fmt: skip
    return {"data": {"values": list(data)}, "encoding": {"x": x, "y": y}, "layer": [rect, *texts]}
