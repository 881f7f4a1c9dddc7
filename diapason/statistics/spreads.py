"""Sum up the values of several organizations without naming one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

FEWEST_ORGANIZATIONS = 5


@dataclass(frozen=True)
class Spread:
    """Hold smallest, middle and largest value of `size` organizations."""

    size: int
    minimum: Decimal
    median: Decimal
    maximum: Decimal


def spread_of(values: Iterable[Decimal | int], fewest: int = FEWEST_ORGANIZATIONS) -> Spread | None:
    """Return minimum, median and maximum, None when fewer than `fewest` values would be summed up."""
    known = sorted(Decimal(value) for value in values)
    if len(known) < max(fewest, 1):
        return None
    return Spread(len(known), known[0], median(known), known[-1])
