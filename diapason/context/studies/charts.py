"""Describe the charts of studies."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.studies.queries import Country
from diapason.ui.charts import CONTEXT, TEAL, Chart

MOST = 12
"""How many countries are drawn; the table beside holds them all."""


def sites_by_country(countries: Sequence[Country]) -> Chart:
    """Return the bars of investigator sites by country, France in the strong colour."""
    total, abroad = sum(c.sites for c in countries), sum(c.sites for c in countries if c.is_abroad)
    sentence = ngettext(
        "%(total)s investigator site, %(abroad)s of them abroad",
        "%(total)s investigator sites, %(abroad)s of them abroad",
        total,
    ) % {"total": total, "abroad": abroad}
    drawn = countries[:MOST]
    values = [{"country": c.name or "–", "sites": c.sites, "home": not c.is_abroad} for c in drawn]
    colour = {"condition": {"test": "datum.home", "value": TEAL}, "value": CONTEXT}
    order = [c.name or "–" for c in drawn]
    spec: dict[str, Any] = {
        "data": {"values": values},
        "encoding": {
            "y": {"field": "country", "type": "nominal", "sort": order, "title": None},
            "x": {"field": "sites", "type": "quantitative", "title": None, "axis": None},
        },
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"color": colour}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "sites"}}},
        ],
    }
    rows = [(c.name or _("country not known"), c.sites) for c in countries]
    columns = (_("Country"), _("Investigator sites"))
    return Chart(
        "study-sites-by-country", sentence, spec, columns, rows, height=24 * len(drawn) + 10, width=360
    )
