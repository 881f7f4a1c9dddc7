"""Draw how old the open events are; each bar opens its records."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.quality_events.charts.counts import ROW, WIDTH, bars
from diapason.improvement.quality_events.charts.figures import Links, Shown
from diapason.improvement.quality_events.queries.figures import Asked, Figures
from diapason.improvement.quality_events.rules import ageing, moves
from diapason.ui import wording
from diapason.ui.charts import AMBER, BRICK, CONTEXT, TEAL, Chart

COLOURS = (CONTEXT, TEAL, TEAL, AMBER, BRICK)


def ages(figures: Figures, asked: Asked, links: Links) -> Shown:
    """Return the open events by age and state."""
    title = _("How old the open events are")
    total = sum(sum(states.values()) for states in figures.ages.values())
    if not total:
        return Shown(title, None, remarks=[_("No event is open.")], clause="ISO 9001 § 10.2")
    old = sum(sum(figures.ages.get(code, {}).values()) for code in ("half", "older"))
    said = ngettext("%(n)s event is open", "%(n)s events are open", total) % {"n": wording.figure(total)}
    said += ngettext(", %(n)s for more than 90 days.", ", %(n)s for more than 90 days.", old) % {
        "n": wording.figure(old)
    }
    rows, table = [], []
    for place, band in enumerate(ageing.BANDS):
        counts = figures.ages.get(band.code, {})
        where = {"until": ageing.until(band, asked.on).isoformat(), "open": "yes"}
        if band.days:
            where["since"] = ageing.since(band, asked.on).isoformat()
        number = sum(counts.values())
        rows.append(
            {"name": _(band.label), "v": number, "p": place, "c": COLOURS[place], "url": links(**where)}
        )
        told = ", ".join(
            f"{_(moves.STATES[state])} {counts[state]}" for state in moves.OPEN if counts.get(state)
        )
        table.append([_(band.label), wording.figure(number), told or "–"])
    spec, columns = bars(rows, total, _("share of all")), [_("Age"), _("Events"), _("By state")]
    chart = Chart("events-ages", said, spec, columns, table, height=ROW * len(rows), width=WIDTH)
    return Shown(title, chart, clause="ISO 9001 § 10.2")
