"""Put message ids, verdicts, numbers and dates into the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext

from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict

NARROW = "\u202f"
NO_BREAK = "\u00a0"


def is_french() -> bool:
    """Tell whether the active language is French."""
    return not (get_language() or "fr").startswith("en")


def sentence(message_id: str, parameters: dict[str, Any] | None = None) -> str:
    """Translate a message id and fill in its parameters; a missing parameter leaves the text readable."""
    if not message_id:
        return ""
    text = gettext(message_id)
    if not parameters:
        return text
    try:
        return text % {name: shown(value) for name, value in parameters.items()}
    except (KeyError, ValueError, TypeError):
        return text


def reason_text(verdict: Verdict) -> str:
    """Say why a verdict refuses, in the reader's language."""
    return sentence(verdict.reason, verdict.parameters)


def shown(value: Any) -> str:
    """Write any plain value as a reader expects it."""
    if value is None or value == "":
        return gettext("not known")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, PartialDate):
        return partial_date(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return figure(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(shown(item) for item in value)
    return str(value)


def figure(value: Any, decimals: int | None = None) -> str:
    """Write a number with thin spaces (French) or commas (English) between thousands."""
    if value is None or value == "":
        return "–"
    if (
        type(value) is int and not decimals
    ):  # most figures are counts, and small ones: no need to think of signs
        if 0 <= value < 1_000:
            return str(value)
        text = f"{value:,}"
        return (text.replace(",", NARROW) if is_french() else text).replace("-", "−")
    number = Decimal(str(value))
    if decimals is None:
        decimals = max(0, -int(number.normalize().as_tuple().exponent)) if number % 1 else 0
    text = f"{number:,.{decimals}f}"
    if is_french():
        text = text.replace(",", NARROW).replace(".", ",")
    return text.replace("-", "−")


def share(value: Any, decimals: int = 1) -> str:
    """Write a proportion between 0 and 1 as a percentage."""
    if value is None or value == "":
        return "–"
    text = figure(Decimal(str(value)) * 100, decimals)
    if decimals and text.endswith(("," if is_french() else ".") + "0" * decimals):
        text = text[: -decimals - 1]
    return f"{text}{NO_BREAK}%" if is_french() else f"{text}%"


def day(value: date) -> str:
    """Write a day in full ("3 novembre 2026", "3 November 2026")."""
    text = formats.date_format(value, "j F Y")
    return text.replace("1 ", "1er ", 1) if is_french() and value.day == 1 else text


def short_day(value: date) -> str:
    """Write a day briefly, for tables: "03/11/2026", "3 Nov 2026" in English, where order is doubtful."""
    return formats.date_format(value, "d/m/Y" if is_french() else "j M Y")


def moment(value: datetime) -> str:
    """Write a moment in the reader's zone, to the minute."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local.date())}, {local:%H:%M}"


def partial_date(value: PartialDate) -> str:
    """Write a date of which perhaps only bounds are known, without pretending to know more."""
    first, last = value.earliest, value.latest
    precision = value.precision
    if first is None and last is None:
        return gettext("not known")
    if precision == "day" and last:
        return day(last)
    if precision == "month" and last:
        return formats.date_format(last, "F Y")
    if precision == "year" and last:
        return str(last.year)
    if first is None and last:
        return gettext("by %(day)s") % {"day": day(last)}
    if last is None and first:
        return gettext("since %(day)s") % {"day": day(first)}
    return gettext("between %(first)s and %(last)s") % {"first": shown(first), "last": shown(last)}


def local(value: datetime, timezone: str) -> datetime:
    """Return the moment on the clocks of that zone, cut to the minute (for forms)."""
    return value.astimezone(ZoneInfo(timezone)).replace(second=0, microsecond=0)
