"""Draw the figures by which the effectiveness of an action is judged."""

from collections.abc import Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from diapason.improvement.action_plan.measures import series_of
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules.criterion import EFFECTIVE, NOT_EFFECTIVE, Point, read
from diapason.statistics.process_control import xmr_chart
from diapason.ui.charts import Chart
from diapason.ui.control_charts import control_chart
from diapason.ui.wording import figure


def effectiveness_chart(action: Action, *, on: date) -> Chart | None:
    """Return the series before and after the action with their limits, None when it is judged by eye."""
    series = series_of(action, on=on)
    if series is None or not series.points:
        return None
    labels = [formats.date_format(point.start, "M Y") for point in series.points]
    values = [float(point.value) if point.value is not None else None for point in series.points]
    changed = _first_after(series.points, action.done_on)
    changes = [changed] if changed is not None and 0 < changed < len(values) else []
    result = xmr_chart(values, minimum=0, changes=changes)
    marks = [(place, _("action in place")) for place in changes]
    return control_chart(
        f"effectiveness-{action.number}", sentence_of(action, series.points, on=on), labels, result,
        unit=series.label, actions=marks,
    )  # fmt: skip


def sentence_of(action: Action, points: Sequence[Point], *, on: date) -> str:
    """Return what the series says of the criterion; too few months are never called a failure."""
    target = action.target
    if target is None or action.done_on is None:
        return _("The action is not in place yet: this is what it starts from.")
    found = read(target, points, after=action.done_on, until=on)
    wanted = f"{target.operator} {figure(target.value)}"
    words = {"met": found.met, "read": found.read, "periods": target.periods, "wanted": wanted}
    if found.answer == EFFECTIVE:
        return _("The target (%(wanted)s) is met %(met)s months in a row since the action.") % words
    if found.answer == NOT_EFFECTIVE:
        return _("The target (%(wanted)s) is met in %(met)s of the last %(read)s months only.") % words
    return _("%(read)s whole months since the action, %(periods)s are needed: too early to tell.") % words


def _first_after(points: Sequence[Point], day: date | None) -> int | None:
    if day is None:
        return None
    return next((place for place, point in enumerate(points) if point.start > day), None)
