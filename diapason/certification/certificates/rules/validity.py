"""Say in which state one certificate is on a day, and during which days it holds."""

from dataclasses import dataclass
from datetime import date, timedelta

from diapason.certification.certificates.rules.spans import Span, Stretch, holding
from diapason.kernel.dates import PartialDate

NOT_YET, VALID, SUSPENDED, WITHDRAWN = "not_yet", "valid", "suspended", "withdrawn"
LAPSED, REPLACED, NOT_KNOWN = "lapsed", "replaced", "not_known"
STATES = (VALID, SUSPENDED, LAPSED, WITHDRAWN, REPLACED, NOT_YET, NOT_KNOWN)


@dataclass(frozen=True)
class Dates:
    """Hold the dates that decide a certificate's state; None means not known, or not happened.

    `confirmed_on` is the last day on which a source says that the certificate holds, for one whose
    expiry is not known. `successor_from` is the first day of the certificate that replaces it.
    """

    decision: PartialDate
    effective_on: date | None = None
    expires_on: date | None = None
    withdrawn_on: date | None = None
    successor_from: date | None = None
    confirmed_on: date | None = None
    suspensions: tuple[Stretch, ...] = ()


def span_of(dates: Dates, covered_from: date | None = None, covered_until: date | None = None) -> Span:
    """Return the days during which a certificate holds, within those of one of its scope cells."""
    possible_from = _later(dates.effective_on or dates.decision.earliest, covered_from)
    sure_from = dates.effective_on or dates.decision.latest
    sure_from = _later(sure_from, covered_from) if sure_from else None
    last = dates.expires_on
    if dates.withdrawn_on:
        last = _earlier(last, dates.withdrawn_on - timedelta(days=1))
    if last is None:
        sure_until = dates.confirmed_on or sure_from
        return Span(possible_from, sure_from, _earlier(sure_until, covered_until), covered_until)
    last = _earlier(last, covered_until)
    return Span(possible_from, sure_from, last, last)


def state_on(dates: Dates, on: date) -> str:
    """Return the certificate's state on that day; a state that no source tells is NOT_KNOWN."""
    span = span_of(dates)
    if dates.withdrawn_on and dates.withdrawn_on <= on:
        return WITHDRAWN
    if dates.successor_from and dates.successor_from <= on:
        return REPLACED
    if dates.expires_on and dates.expires_on < on:
        return LAPSED
    if holding(span.sure, on):
        return SUSPENDED if holding(dates.suspensions, on) else VALID
    return NOT_KNOWN if holding(span.possible, on) else NOT_YET


def suspended_since(dates: Dates, on: date) -> date | None:
    """Return the first day of the suspension that runs on that day."""
    stretch = holding(dates.suspensions, on)
    return stretch[0] if stretch else None


def _later(left: date | None, right: date | None) -> date | None:
    return max(left, right) if left and right else left or right


def _earlier(left: date | None, right: date | None) -> date | None:
    return min(left, right) if left and right else left or right
