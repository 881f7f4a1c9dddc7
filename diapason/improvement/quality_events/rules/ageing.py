"""Put open events into bands by how long ago they were reported."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from diapason.kernel.words import message


@dataclass(frozen=True)
class Band:
    """Hold one band of ages: up to so many days, None for the last."""

    code: str
    label: str
    days: int | None


BANDS: Final = (
    Band("week", message("up to 7 days"), 7),
    Band("month", message("8 to 30 days"), 30),
    Band("quarter", message("31 to 90 days"), 90),
    Band("half", message("91 to 180 days"), 180),
    Band("older", message("more than 180 days"), None),
)


def since(band: Band, on: date) -> date:
    """Return the earliest day of a band; ValueError for the last, which has none."""
    if band.days is None:
        raise ValueError("the last band has no earliest day")
    return on - timedelta(days=band.days)


def until(band: Band, on: date) -> date:
    """Return the latest day of a band."""
    place = BANDS.index(band)
    return on if place == 0 else since(BANDS[place - 1], on) - timedelta(days=1)


def band_of(reported: date, on: date) -> Band:
    """Return the band of what was reported that day."""
    return next((band for band in BANDS if band.days and reported >= since(band, on)), BANDS[-1])
