"""Draw how long sorting and closing take: successive events while they are few, medians by month when they are many."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.quality_events.charts.figures import (
    Links,
    Shown,
    days_of,
    month_label,
    shown,
    stands_out,
)
from diapason.improvement.quality_events.charts.shares import in_time
from diapason.improvement.quality_events.models.events import said as told
from diapason.improvement.quality_events.queries.figures import LATEST, Asked, Figures, One
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.improvement.quality_events.rules.catalogue import Sorting
from diapason.improvement.quality_events.rules.durations import (
    closed_in_time,
    days_to_close,
    median_of,
    medians_to_close,
    medians_to_sort,
    months_between,
    sorted_in_time,
)
from diapason.kernel.calendars import working_days_between
from diapason.statistics.process_control import xmr_chart
from diapason.ui import wording


def sorting_charts(figures: Figures, sight: Sight, asked: Asked, rules: Sorting, links: Links) -> list[Shown]:
    """Return the time to sort in working days, and the share sorted within the days of the house."""
    months, duty = months_between(asked.first, asked.last), rules.triage_within
    known = [(row.days, row.events) for row in figures.sorted if row.days is not None]
    middle, total = median_of(known), sum(events for _days, events in known)
    title = _("Time to sort")
    rule = _("House rule: %(days)s working days (%(source)s), holidays of the place counted.") % {
        "days": duty.within, "source": told(duty.source),
    }  # fmt: skip
    said = _("Half of the events were sorted within %(days)s working days of the report.") % {
        "days": wording.figure(middle) if middle is not None else "–"
    }
    if total > LATEST or sight.counts_only:
        first = _by_month(
            title, "events-sorting-monthly", said, medians_to_sort(figures.sorted), months,
            _("working days"), rule, [links(**days_of(month)) for month in months],
        )  # fmt: skip
    else:
        days = [
            working_days_between(one.reported_on, one.ended_on, one.region) for one in figures.latest_sorted
        ]
        first = _successive(
            title, "events-sorting", said, figures.latest_sorted, days, _("working days"), rule
        )
    shares = sorted_in_time(figures.sorted, within=duty.within)
    text = _("%(share)s of %(n)s events were sorted within %(days)s working days.")
    second = in_time(_("Share sorted in time"), "events-sorted-in-time", shares, duty, text, months, links)
    return [first, second]


def closing_charts(figures: Figures, sight: Sight, asked: Asked, rules: Sorting, links: Links) -> list[Shown]:
    """Return the time to close in calendar days, and the share closed within the days of the house."""
    months, duty = months_between(asked.first, asked.last), rules.close_within
    known = days_to_close(figures.closed, since=months[0])
    middle, total = median_of(known.items()), known.total()
    title = _("Time to close")
    rule = _("House rule: %(days)s calendar days, the proof that the actions worked included (%(source)s).") % {
        "days": duty.within, "source": told(duty.source),
    }  # fmt: skip
    said = _("Half of the events closed were closed within %(days)s days of the report.") % {
        "days": wording.figure(middle) if middle is not None else "–"
    }
    if total > LATEST or sight.counts_only:
        first = _by_month(
            title, "events-closing-monthly", said, medians_to_close(figures.closed), months,
            _("calendar days"), rule, [links(closed=month) for month in months],
        )  # fmt: skip
    else:
        days = [(one.ended_on - one.reported_on).days for one in figures.latest_closed]
        first = _successive(
            title, "events-closing", said, figures.latest_closed, days, _("calendar days"), rule
        )
    shares = closed_in_time(figures.closed, within=duty.within, on=asked.on)
    text = _(
        "%(share)s of %(n)s events were closed within %(days)s days; months whose time is not over are left out."
    )
    second = in_time(_("Share closed in time"), "events-closed-in-time", shares, duty, text, months, links)
    return [first, second]


def _by_month(
    title: str, name: str, said: str, medians: Mapping[str, float | None], months: Sequence[str],
    unit: str, rule: str, links: Sequence[str],
) -> Shown:  # fmt: skip
    values = [medians.get(month) for month in months]
    if all(value is None for value in values):
        return Shown(title, None, remarks=[_("No event in this period.")])
    result = xmr_chart(values, minimum=0)
    text = stands_out(result, said + " " + _("Each point is the median of a month."))
    labels = [month_label(month) for month in months]
    return shown(title, name, text, labels, result, unit=unit, links=links, remarks=[rule])


def _successive(
    title: str, name: str, said: str, events: Sequence[One], days: Sequence[int], unit: str, rule: str
) -> Shown:
    if not events:
        return Shown(title, None, remarks=[_("No event in this period.")])
    result = xmr_chart([float(each) for each in days], minimum=0)
    text = stands_out(
        result, said + " " + _("Each point is one event, in the order in which they came to it.")
    )
    pages = [reverse("quality_events:event", args=[one.number]) for one in events]
    numbers = [one.number.split("-", 1)[1] for one in events]
    return shown(title, name, text, numbers, result, unit=unit, links=pages, remarks=[rule], decimals=0)
