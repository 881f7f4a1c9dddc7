"""Draw deviations per month, with limits where enough months are known."""

from collections.abc import Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.deviation_sheets.models import category_name
from diapason.improvement.deviation_sheets.queries.series import HouseMonths
from diapason.improvement.deviation_sheets.rules.cells import Cell
from diapason.improvement.deviation_sheets.rules.signals import above, house_chart, study_chart
from diapason.statistics.process_control import ControlChart
from diapason.ui.charts import Chart
from diapason.ui.control_charts import control_chart, doubts


def chart_of_house(
    key: str, category: str, months: Sequence[date], known: HouseMonths
) -> tuple[Chart, list[str]]:
    """Return deviations per sheet of one category over the months, and what to doubt of it."""
    pairs = known.pairs.get(category, [(0, 0)] * len(months))
    result = house_chart(pairs)
    chart = control_chart(
        f"deviations-{key}-{category}", _sentence(category, result, months), labels_of(months), result,
        unit=_("deviations per sheet"), decimals=2,
    )  # fmt: skip
    return chart, doubts(result)


def chart_of_study(
    key: str, category: str, months: Sequence[date], cells: Sequence[Cell | None]
) -> tuple[Chart, list[str]]:
    """Return the deviations of one study and category over the months, and what to doubt of it."""
    result = study_chart(cells)
    chart = control_chart(
        f"deviations-{key}-{category}", _sentence(category, result, months), labels_of(months), result,
        unit=_("deviations"), decimals=0,
    )  # fmt: skip
    return chart, doubts(result)


def labels_of(months: Sequence[date]) -> list[str]:
    """Return the months briefly."""
    return [formats.date_format(month, "m/y") for month in months]


def _sentence(category: str, result: ControlChart, months: Sequence[date]) -> str:
    known = sum(1 for value in result.values if value is not None)
    places = above(result)
    words = {"category": category_name(category), "months": known, "beyond": len(places)}
    if not known:
        return _("%(category)s: no month is known yet.") % words
    if not places:
        text = ngettext(
            "%(category)s: %(months)s month known, none above the limit.",
            "%(category)s: %(months)s months known, none above the limit.",
            known,
        )
        return text % words
    text = ngettext(
        "%(category)s: %(beyond)s month of %(months)s lies above the limit.",
        "%(category)s: %(beyond)s months of %(months)s lie above the limit.",
        len(places),
    )
    return text % words
