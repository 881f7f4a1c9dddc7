"""Say forecasts and landmarks, without pretending to know more."""

from datetime import date

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.certification.programme.queries.progress import Board
from diapason.certification.programme.queries.story import Landmark
from diapason.certification.programme.rules import OrganizationForecast
from diapason.kernel.dates import PartialDate
from diapason.ui import wording

register = template.Library()


def month(day: date) -> str:
    """Write a day as its month: a forecast pretends to no day."""
    return formats.date_format(day, "F Y")


def month_range(low: date, high: date) -> str:
    """Write the months between which something is expected."""
    first, last = month(low), month(high)
    return first if first == last else _("between %(first)s and %(last)s") % {"first": first, "last": last}


@register.simple_tag
def forecast_sentence(board: Board) -> str:
    """Say when the last organization may be there, or why nothing can be said."""
    forecast = board.forecast
    if board.complete:
        text = (
            _("The last one was there on %(day)s.")
            if board.complete.is_exact
            else _("The last one was there %(day)s.")
        )
        return text % {"day": wording.partial_date(board.complete)}
    if forecast.low is None or forecast.high is None:
        text = ngettext(
            "When all of them will be there cannot be said: %(n)s organization has no step with a date.",
            "When all of them will be there cannot be said: %(n)s organizations have no step with a date.",
            board.unsaid,
        )
        return text % {"n": board.unsaid} if board.unsaid else ""
    text = _("The last one is expected %(range)s.")
    return text % {"range": month_range(forecast.low, forecast.high)}


@register.filter
def forecast_range(forecast: OrganizationForecast) -> str:
    """Write an organization's forecast and what it is said from."""
    if forecast.low is None or forecast.high is None:
        return _("cannot be said")
    said = month_range(forecast.low, forecast.high)
    if forecast.method == "planned":
        return _("%(range)s, as planned") % {"range": said}
    if forecast.method == "observed":
        return _("%(range)s, from %(n)s observed times") % {"range": said, "n": forecast.observations}
    return said


@register.filter
def landmark_text(landmark: Landmark) -> str:
    """Say a landmark of the timeline."""
    when = wording.partial_date(landmark.when)
    values = {"n": landmark.count, "when": when}
    if landmark.kind == "before":
        year = landmark.when.latest.year + 1 if landmark.when.latest else ""
        text = ngettext(
            "%(n)s organization certified before %(year)s",
            "%(n)s organizations certified before %(year)s",
            landmark.count,
        )
        return text % {"n": landmark.count, "year": year}
    if landmark.kind == "centre":
        text = _("All %(n)s establishments certified on %(when)s")
        if not landmark.when.is_exact:
            text = _("All %(n)s establishments certified, %(when)s")
        return text % values
    text = _("Central function certified on %(when)s")
    if not landmark.when.is_exact:
        text = _("Central function certified, %(when)s")
    return text % values


@register.filter
def precision(since: PartialDate | None) -> str:
    """Say how precisely a date is known."""
    names = {
        "day": _("to the day"),
        "month": _("to the month"),
        "year": _("to the year"),
        "between": _("between two bounds"),
        "by": _("a latest date only"),
        "from": _("an earliest date only"),
    }
    return names.get(since.precision, _("not known")) if since else _("not known")
