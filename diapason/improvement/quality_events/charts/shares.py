"""Draw the share done in time; each mark opens its records."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from diapason.improvement.quality_events.charts.figures import (
    Links,
    Shown,
    days_of,
    month_label,
    shown,
    stands_out,
)
from diapason.improvement.quality_events.rules.catalogue import Duty
from diapason.improvement.quality_events.rules.durations import Share, whole
from diapason.statistics.process_control import p_chart, run_chart
from diapason.ui import wording

FEWEST_CASES = 30
"""Below so many events in all a share gets no limits: they would cover everything."""


def in_time(
    title: str,
    name: str,
    shares: Mapping[str, Share],
    duty: Duty,
    said: str,
    months: Sequence[str],
    links: Links,
) -> Shown:
    """Return the share done in time by month of report: limits by the number of events of each month."""
    rows = [shares.get(month, Share()) for month in months]
    total = whole({month: shares[month] for month in months if month in shares})
    if not total.whole:
        return Shown(title, None, remarks=[_("No event has had its time yet in this period.")])
    many = total.whole >= FEWEST_CASES
    parts, wholes = [one.part for one in rows], [one.whole for one in rows]
    values = [one.part / one.whole if one.whole else None for one in rows]
    result = p_chart(parts, wholes) if many else run_chart(values)
    remarks = [] if many else [
        _("%(n)s events in all: limits drawn from so few would mislead; the line is the median.") % {"n": total.whole}
    ]  # fmt: skip
    share = wording.share(total.part / total.whole, 0)
    text = said % {"share": share, "n": wording.figure(total.whole), "days": duty.within}
    return shown(
        title, name, stands_out(result, text), [month_label(month) for month in months], result,
        unit=_("share in time"), links=[links(**days_of(month)) for month in months], remarks=remarks,
        sizes=wholes, percent=True,
    )  # fmt: skip
