"""Compute the figures of a year and store what differs, in short acts."""

from datetime import datetime
from typing import Any

from diapason.context.indicators import queries
from diapason.context.indicators.acts import note_run, store_figures
from diapason.context.indicators.acts.figures import Stored
from diapason.kernel.dates import Period

CHUNK = 100


def compute_figures(*, year: int, by: Any, at: datetime) -> Stored:
    """Compute the figures of a calendar year from the records and store them; return what that changed.

    Reading comes first and outside any act; each act then writes at most a hundred figures.
    """
    period = Period.year(year)
    drafts = queries.drafts(period)
    total = Stored(0, 0, 0)
    for start in range(0, len(drafts), CHUNK):
        total += store_figures(figures=drafts[start : start + CHUNK], year=year, by=by, at=at)
    note_run(period=period, stored=total, by=by, at=at)
    return total
