"""Say how much a proportion of few cases is worth: score intervals, no database."""

from dataclasses import dataclass
from math import sqrt

NORMAL_QUANTILE_95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """Hold the two bounds of an interval, each between 0 and 1."""

    low: float
    high: float


def wilson_interval(successes: int, trials: int, quantile: float = NORMAL_QUANTILE_95) -> Interval | None:
    """Return the Wilson score interval of a proportion, None without any trial.

    `successes` of `trials`, both counts; `quantile` is that of the standard normal law (1.96 for 95 %).
    Unlike the textbook interval it stays within [0, 1] and has a width for 0 of n. Source: E. B. Wilson,
    Journal of the American Statistical Association 22 (1927) 209-212. Raises ValueError when
    `successes` is not between 0 and `trials`.
    """
    if trials == 0:
        return None
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no proportion")
    share, squared = successes / trials, quantile * quantile
    shrunk = 1 + squared / trials
    centre = (share + squared / (2 * trials)) / shrunk
    half = quantile * sqrt(share * (1 - share) / trials + squared / (4 * trials * trials)) / shrunk
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return Interval(low, high)
