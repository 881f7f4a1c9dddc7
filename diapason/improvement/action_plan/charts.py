"""Draw the figures by which the effectiveness of an action is judged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from diapason.improvement.action_plan.measures import Series, series_of
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules.criterion import (
    EFFECTIVE,
    NOT_EFFECTIVE,
    Point,
    Reading,
    Target,
    read,
)
from diapason.statistics.process_control import is_rare, run_chart, xmr_chart
from diapason.ui.charts import Chart
from diapason.ui.control_charts import Named, control_chart, doubts
from diapason.ui.wording import NO_BREAK, figure

YEAR = 12


def effectiveness_chart(action: Action, *, on: date) -> Chart | None:
    """Return the series before and after the action with limits and target, None when it is judged by eye.

    Once checked, the figures are those that were read at the check: later corrections do not change what was judged.
    """
    series = series_of(action, on=on)
    if series is None:
        return None
    if action.checked_on is not None and action.check_figures:
        series, on = replace(series, points=frozen_points(action)), action.checked_on
    if not series.points:
        return None
    labels = [_period(point.start, series.months) for point in series.points]
    values = [float(point.value) if point.value is not None else None for point in series.points]
    changed = _first_after(series.points, action.done_on)
    changes = [changed] if changed is not None and 0 < changed < len(values) else []
    rare = is_rare(values)
    result = run_chart(values, changes=changes) if rare else xmr_chart(values, minimum=0, changes=changes)
    marks = [(place, _("action in place")) for place in changes]
    said = " ".join([f"{series.label}.", sentence_of(action, series, on=on), *doubts(result)])
    return control_chart(
        f"effectiveness-{action.number}", said, labels, result,
        unit=series.label, actions=marks, target=named(action.target),
    )  # fmt: skip


def frozen_points(action: Action) -> list[Point]:
    """Return the figures as they were read at the check."""
    return [
        Point(date.fromisoformat(row["start"]), Decimal(row["value"]) if row["value"] is not None else None)
        for row in action.check_figures
    ]


def named(target: Target | None) -> Named | None:
    """Return the target fixed beforehand with its name."""
    if target is None:
        return None
    return Named(float(target.value), _("target %(sign)s %(value)s") % _words(target))


def _words(target: Target) -> dict[str, str]:
    signs = {"<=": "≤", ">=": "≥"}
    return {"sign": signs.get(target.operator, target.operator), "value": figure(target.value)}


def reading_of(action: Action, series: Series, *, on: date) -> Reading | None:
    """Return what the series says of the criterion, None while the action is not in place."""
    if action.target is None or action.done_on is None:
        return None
    return read(action.target, series.points, after=action.done_on, until=on, months=series.months)


def sentence_of(action: Action, series: Series, *, on: date) -> str:
    """Return what the series says of the criterion; too few periods are never called a failure."""
    found, target = reading_of(action, series, on=on), action.target
    if found is None or target is None:
        return _("The action is not in place yet: this is what it starts from.")
    wanted = NO_BREAK.join(_words(target).values())
    words = {"met": found.met, "read": found.read, "periods": target.periods, "wanted": wanted}
    yearly = series.months == YEAR
    if found.answer == EFFECTIVE:
        if yearly:
            return _("The target (%(wanted)s) is met %(met)s years in a row since the action.") % words
        return _("The target (%(wanted)s) is met %(met)s months in a row since the action.") % words
    if found.answer == NOT_EFFECTIVE:
        if yearly:
            return _("The target (%(wanted)s) is met in %(met)s of the last %(read)s years only.") % words
        return _("The target (%(wanted)s) is met in %(met)s of the last %(read)s months only.") % words
    if yearly:
        return _("%(read)s whole years since the action, %(periods)s are needed: too early to tell.") % words
    return _("%(read)s whole months since the action, %(periods)s are needed: too early to tell.") % words


def _period(day: date, months: int) -> str:
    return str(day.year) if months == YEAR else formats.date_format(day, "N Y")


def _first_after(points: Sequence[Point], day: date | None) -> int | None:
    if day is None:
        return None
    return next((place for place, point in enumerate(points) if point.start > day), None)
