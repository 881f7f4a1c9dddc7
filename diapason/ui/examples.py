"""Give the gallery what cannot be written in the header of a component: forms, verdicts, charts, lists."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.charts import CONTEXT, TEAL, Chart
from diapason.ui.listing import Filter
from diapason.ui.maps import Point


class ExampleForm(forms.Form):
    """Show a field with a hint, one left empty and a choice."""

    number = forms.CharField(
        label=gettext_lazy("Certificate number"), help_text=gettext_lazy("As printed by the body.")
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def example_chart() -> Chart:
    """Return a small chart: our value, the others' in grey."""
    years = list(range(2019, 2027))
    ours, others = [3, 4, 4, 6, 7, 9, 11, 14], [4, 4, 5, 5, 6, 6, 7, 7]
    spec = {
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": {
                "field": "n",
                "type": "quantitative",
                "title": _("studies opened"),
                "axis": {"tickCount": 3},
            },
        },
        "layer": [
            _line(years, others, CONTEXT, _("median of the others")),
            _line(years, ours, TEAL, _("us")),
        ],
    }
    rows = list(zip(map(str, years), ours, others, strict=True))
    columns = [_("Year"), _("us"), _("median of the others")]
    return Chart(
        "example", _("We open twice as many studies as the median of the others."), spec, columns, rows
    )


def _line(years: list[int], values: list[int], colour: str, name: str) -> dict[str, Any]:
    data = [{"year": str(year), "n": n} for year, n in zip(years, values, strict=True)]
    last = {"values": [{**data[-1], "name": name}]}
    label = {"mark": {"type": "text", "align": "right", "dy": -10, "color": colour}, "data": last}
    return {
        "layer": [
            {"mark": {"type": "line", "color": colour, "point": {"color": colour}}, "data": {"values": data}},
            {**label, "encoding": {"text": {"field": "name"}}},
        ]
    }


def every(request: HttpRequest) -> dict[str, Any]:
    """Return what the examples of the gallery's template use, by name."""
    wrong = ExampleForm({"number": ""})
    wrong.is_valid()
    status = Filter(
        "status", message("Status"), choices=[("open", _("In progress")), ("closed", _("Closed"))]
    )
    shown = SimpleNamespace(
        filter=status, value="open", label=_("Status"), value_label=_("In progress"), clear_url="#"
    )
    listing = SimpleNamespace(
        filters=[shown], chips=[shown], total=569, total_is_capped=False, cap=200,
        clear_url="#", previous_url="", next_url="#pager",
    )  # fmt: skip
    return {
        "yes": Verdict.yes(),
        "no": Verdict.no(message("Possible only after the audit was held.")),
        "form": ExampleForm(),
        "wrong": wrong,
        "chart": example_chart(),
        "listing": listing,
        "points": [
            Point(48.39, -4.49, "Brest", "#map", "ok", _("Conforming")),
            Point(49.12, -1.09, "Saint-Lô", "#map", "warn", _("To watch")),
            Point(42.70, 2.90, "Perpignan", "#map", "bad", _("Threatened")),
            Point(48.50, 2.50, _("R&D direction"), "#map", "ok", _("Conforming"), is_square=True),
        ],
    }
