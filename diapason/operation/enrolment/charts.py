"""Describe the chart of inclusions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.studies.models import Study
from diapason.operation.enrolment.rules import cumulated
from diapason.ui.charts import CONTEXT, TEAL, Chart


def inclusion_curve(study: Study, months: list[tuple[int, int, int]]) -> Chart:
    """Return the inclusions added up month by month, with the planned number as a thin line."""
    points = cumulated(months)
    total = points[-1][2] if points else 0
    sentence = ngettext("%(total)s inclusion counted", "%(total)s inclusions counted", total) % {
        "total": total
    }
    if study.planned_enrolment:
        sentence += " " + _("out of %(planned)s planned") % {"planned": study.planned_enrolment}
    values = [{"month": f"{year}-{month:02d}-01", "so_far": so_far} for year, month, so_far in points]
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": values},
            "mark": {"type": "line", "point": True, "color": TEAL},
            "encoding": {
                "x": {"field": "month", "type": "temporal", "title": None},
                "y": {"field": "so_far", "type": "quantitative", "title": None},
            },
        }
    ]
    if study.planned_enrolment:
        planned = {"data": {"values": [{"planned": study.planned_enrolment, "name": _("planned")}]}}
        place = {"y": {"field": "planned", "type": "quantitative"}}
        layers.append({**planned, "mark": {"type": "rule", "color": CONTEXT}, "encoding": place})
        name = {**place, "text": {"field": "name"}}
        layers.append(
            {**planned, "mark": {"type": "text", "align": "left", "dy": -6, "x": 4}, "encoding": name}
        )
    by_month = {(year, month): included for year, month, included in months}
    rows = [(f"{year}-{month:02d}", by_month[(year, month)], so_far) for year, month, so_far in points]
    columns = (_("Month"), _("Inclusions"), _("So far"))
    return Chart(f"inclusions-{study.key}", sentence, {"layer": layers}, columns, rows, height=180, width=420)
