"""Draw how old the open events are; each bar opens its records."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.quality_events.charts.figures import Links, Shown
from diapason.improvement.quality_events.queries.figures import Asked, Figures
from diapason.improvement.quality_events.rules import ageing, moves
from diapason.ui import wording
from diapason.ui.charts import AMBER, BRICK, CONTEXT, INK, TEAL, Chart


def ages(figures: Figures, asked: Asked, links: Links) -> Shown:
    """Return the open events by age and state."""
    title = _("How old the open events are")
    total = sum(sum(states.values()) for states in figures.ages.values())
    if not total:
        return Shown(title, None, remarks=[_("No event is open.")], clause="ISO 9001 § 10.2")
    old = sum(sum(figures.ages.get(code, {}).values()) for code in ("half", "older"))
    said = ngettext("%(n)s event is open", "%(n)s events are open", total) % {"n": wording.figure(total)}
    said += ngettext(", %(n)s for more than 90 days.", ", %(n)s for more than 90 days.", old) % {"n": old}
    rows, table = [], []
    for place, band in enumerate(ageing.BANDS):
        counts = figures.ages.get(band.code, {})
        where = {"until": ageing.until(band, asked.on).isoformat(), "open": "yes"}
        if band.days:
            where["since"] = ageing.since(band, asked.on).isoformat()
        number = sum(counts.values())
        rows.append({"band": _(band.label), "v": number, "p": place, "url": links(**where)})
        told = ", ".join(
            f"{_(moves.STATES[state])} {counts[state]}" for state in moves.OPEN if counts.get(state)
        )
        table.append([_(band.label), wording.figure(number), told or "–"])
    chart = Chart("events-ages", said, _bars(rows), [_("Age"), _("Events"), _("By state")], table, height=200)
    return Shown(title, chart, clause="ISO 9001 § 10.2")


def _bars(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    colours = [CONTEXT, TEAL, TEAL, AMBER, BRICK]
    data = [{**row, "c": colours[index]} for index, row in enumerate(rows)]
    linked = {"href": {"field": "url"}} if any(row["url"] for row in rows) else {}
    x = {
        "field": "band",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelAngle": 0, "labelLimit": 120},
    }
    y = {"field": "v", "type": "quantitative", "title": _("events"), "axis": {"tickCount": 3, "format": "d"}}
    bars = {"mark": {"type": "bar", "width": {"band": 0.6}},
            "encoding": {"color": {"field": "c", "type": "nominal", "scale": None}, **linked}}  # fmt: skip
    texts = {"mark": {"type": "text", "dy": -8, "color": INK, "fontWeight": 600},
             "encoding": {"text": {"field": "v"}}}  # fmt: skip
    return {"data": {"values": data}, "encoding": {"x": x, "y": y}, "layer": [bars, texts]}
