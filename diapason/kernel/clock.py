"""Say what "now" is: the only place that asks the computer; acts are told."""

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """Return the present moment in UTC, moved to the day in DIAPASON_TODAY (ISO date) when that is set."""
    real = datetime.now(UTC)
    fixed = os.environ.get("DIAPASON_TODAY")
    if not fixed:
        return real
    shift: timedelta = date.fromisoformat(fixed) - real.astimezone(PARIS).date()
    return real + shift


def today() -> date:
    """Return the present day in Paris."""
    return now().astimezone(PARIS).date()


def wall_clock() -> datetime:
    """Return the computer's own time in UTC, never moved: what the trail records."""
    return datetime.now(UTC)
