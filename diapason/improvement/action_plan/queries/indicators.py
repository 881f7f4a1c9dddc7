"""Give the figures of an indicator as the series by which an action is judged."""

from datetime import date

from diapason.context.indicators.models import Figure
from diapason.improvement.action_plan.measures import Series
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules.criterion import Point

YEAR = 12


def yearly_figures(action: Action, on: date) -> Series | None:
    """Return the yearly figures of the action's house (of the network for its own actions): one statement.

    A year whose figure is incomplete has no value here: what is missing is never read as a failure.
    """
    if action.indicator is None:
        return None
    house = None if action.organization.is_network else action.organization_id
    figures = Figure.objects.current().filter(indicator=action.indicator_id, organization=house)
    points = [
        Point(
            start=figure.period_start,
            value=figure.value if figure.is_whole else None,
            cases=int(figure.denominator) if figure.denominator is not None else None,
        )
        for figure in figures.filter(period_end__lte=on).order_by("period_start")
        if (figure.period_start.month, figure.period_end.month) == (1, YEAR)
    ]
    return Series(str(action.indicator), points, action.indicator.get_absolute_url(), months=YEAR)
