"""Draw the history of an indicator: one's own in the strong colour, the network in grey beside it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from diapason.context.indicators.models import Figure, IndicatorDefinition
from diapason.ui.charts import CONTEXT, TEAL, Chart


def history_chart(
    definition: IndicatorDefinition, history: Sequence[Figure], own: Sequence[Figure]
) -> Chart | None:
    """Return the chart of an indicator over the years, None with fewer than two values."""
    known = [one for one in history if one.value is not None]
    mine = [one for one in own if one.value is not None]
    if len(known) < 2:
        return None
    rows = [point(one, _("Network")) for one in known] + [point(one, str(one.organization)) for one in mine]
    names = list(dict.fromkeys(row["who"] for row in rows))
    spec = {
        "data": {"values": rows},
        "mark": {"type": "line", "point": {"filled": True, "size": 60}, "strokeWidth": 2.5},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": definition.unit,
                "scale": {"zero": True},
            },
            "color": {
                "field": "who",
                "type": "nominal",
                "legend": None if len(names) == 1 else {"title": None, "orient": "top"},
                "scale": {"domain": names, "range": [CONTEXT, TEAL] if mine else [TEAL]},
            },
        },
    }
    by_year = {one.year: one for one in mine}
    columns = [_("Year"), _("Network"), *([names[1]] if len(names) > 1 else [])]
    table = [
        [
            str(one.year),
            one.said,
            *([by_year[one.year].said if one.year in by_year else "–"] if len(names) > 1 else []),
        ]
        for one in known
    ]
    return Chart(f"history-{definition.indicator.code}", sentence_of(known), spec, columns, table)


def point(figure: Figure, who: str) -> dict[str, Any]:
    """Return one point of the line."""
    return {"year": str(figure.year), "value": float(figure.value or 0), "who": who}


def sentence_of(known: Sequence[Figure]) -> str:
    """Return what the picture shows."""
    first, last = known[0], known[-1]
    values = {"first": first.said, "last": last.said, "since": first.year, "until": last.year}
    if (last.value or 0) > (first.value or 0):
        return _("From %(first)s in %(since)s to %(last)s in %(until)s: more.") % values
    if (last.value or 0) < (first.value or 0):
        return _("From %(first)s in %(since)s to %(last)s in %(until)s: less.") % values
    return _("%(last)s in %(since)s as in %(until)s: unchanged.") % values
