"""Draw how many events come; each mark opens its records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diapason.improvement.quality_events.queries.figures import Asked, Figures
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.improvement.quality_events.rules.durations import month_named, months_between
from diapason.kernel.words import message
from diapason.statistics.process_control import ControlChart, c_chart, is_rare, run_chart, u_chart
from diapason.ui import wording
from diapason.ui.charts import Chart
from diapason.ui.control_charts import control_chart, doubts, signal_lines

MOST_HOUSES = 3
"""How many organizations get a chart of their own."""

RARE = message("Less than one a month on average: limits would mislead; the line is the median.")

Links = Callable[..., str]


@dataclass(frozen=True)
class Shown:
    """Hold one chart with what its rules saw, and why limits are missing or provisional."""

    title: str
    chart: Chart | None
    signals: Sequence[str] = ()
    remarks: Sequence[str] = ()
    clause: str = "ISO 9001 § 9.1.3"


def month_label(month: str) -> str:
    """Return a month like "2026-11" in the reader's language."""
    return _month_in(month, get_language() or "")


@lru_cache(maxsize=1024)  # each chart of a page names the same months
def _month_in(month: str, _language: str) -> str:
    return formats.date_format(date.fromisoformat(f"{month}-01"), "N Y")


def days_of(month: str) -> dict[str, str]:
    """Return first and last day of a month as the filters of the list."""
    days = month_named(month)
    return {"since": days[0].isoformat(), "until": days[1].isoformat()} if days else {}


def shown(
    title: str, name: str, said: str, labels: Sequence[str], result: ControlChart, *,
    unit: str = "", links: Sequence[str] = (), remarks: Sequence[str] = (), decimals: int = 1,
    sizes: Sequence[int] = (), percent: bool = False,
) -> Shown:  # fmt: skip
    """Return a control chart with its remarks."""
    chart = control_chart(
        name, said, labels, result, unit=unit, links=links, decimals=decimals, sizes=sizes, percent=percent
    )
    return Shown(title, chart, signal_lines(result, labels), [*remarks, *doubts(result)])


def stands_out(result: ControlChart, what: str) -> str:
    """Return a sentence: what is counted, and whether a rule saw something in it."""
    if all(phase.reason for phase in result.phases):
        return what
    seen = len(result.signals)
    if not seen:
        return what + " " + _("Nothing in it stands out from chance.")
    return (
        what
        + " "
        + ngettext(
            "The rules of the chart see %(n)s change.", "The rules of the chart see %(n)s changes.", seen
        )
        % {"n": seen}
    )


def monthly(figures: Figures, sight: Sight, asked: Asked, links: Links) -> list[Shown]:
    """Return how many events were reported each month: a chart per organization, or one for all of them."""
    months = months_between(asked.first, asked.last)
    if sight.counts_only:
        return [_per_organization(figures, len(sight.houses), months)]
    houses = sight.houses if len(sight.houses) <= MOST_HOUSES else ()
    charts = [
        _of_house(figures.monthly.get(house.pk, {}), house.short_name, house.code, months, links)
        for house in houses
    ]
    if len(sight.houses) > MOST_HOUSES:
        total = {month: sum(one.get(month, 0) for one in figures.monthly.values()) for month in months}
        charts.append(_of_house(total, _("all my organizations"), "", months, links))
    return charts


def _of_house(counts: Mapping[str, int], name: str, code: str, months: Sequence[str], links: Links) -> Shown:
    values, total = [counts.get(month, 0) for month in months], sum(counts.values())
    rare = is_rare(values)
    result = run_chart(values) if rare else c_chart(values)
    said = ngettext(
        "%(house)s: %(n)s event reported in %(months)s months.",
        "%(house)s: %(n)s events reported in %(months)s months.", total,
    ) % {"house": name, "n": wording.figure(total), "months": len(months)}  # fmt: skip
    where = {"organization": code} if code else {}
    return shown(
        _("Events reported each month"), f"events-monthly-{code}", stands_out(result, said),
        [month_label(month) for month in months], result, unit=_("events"),
        links=[links(**where, **days_of(month)) for month in months], remarks=[_(RARE)] if rare else (),
    )  # fmt: skip


def _per_organization(figures: Figures, houses: int, months: Sequence[str]) -> Shown:
    totals = [sum(one.get(month, 0) for one in figures.monthly.values()) for month in months]
    result = u_chart(totals, [houses] * len(months))
    said = _("%(n)s events reported by %(houses)s organizations in %(months)s months.") % {
        "n": wording.figure(sum(totals)), "houses": figures.houses, "months": len(months),
    }  # fmt: skip
    return shown(
        _("Events reported each month"), "events-monthly-network", stands_out(result, said),
        [month_label(month) for month in months], result, unit=_("events per organization"),
        remarks=[_("Divided by the %(houses)s organizations of the network, none of them named.") % {"houses": houses}],
    )  # fmt: skip
