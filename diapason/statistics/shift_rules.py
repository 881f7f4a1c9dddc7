"""See patterns that chance seldom makes in the points of a control chart; each rule is named and sourced.

Sources: W. A. Shewhart, Economic Control of Quality (1931); Western Electric, Statistical Quality Control Handbook
(1956); L. S. Nelson, Journal of Quality Technology 16 (1984) 237-239; J. Anhøj and A. V. Olesen, PLoS ONE 9 (2014)
e113825. Each detector takes points in order and returns lists of their indices.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, log2
from typing import Final

SOURCES: Final = {
    "beyond_limits": "Shewhart 1931",
    "two_of_three": "Western Electric 1956",
    "four_of_five": "Western Electric 1956",
    "eight_one_side": "Western Electric 1956",
    "six_trend": "Nelson 1984",
    "long_run": "Anhøj & Olesen 2014",
    "few_crossings": "Anhøj & Olesen 2014",
}
RULES: Final = tuple(SOURCES)
USUAL: Final = ("beyond_limits", "eight_one_side")
OF_RUN_CHARTS: Final = ("long_run", "few_crossings")
NEED_LIMITS: Final = frozenset({"beyond_limits", "two_of_three", "four_of_five"})


@dataclass(frozen=True)
class Point:
    """Hold one point: its place, value, distance from the centre and standard deviation."""

    index: int
    value: float
    away: float
    sigma: float
    is_beyond: bool


def _beyond_limits(points: list[Point]) -> list[list[int]]:
    return [[point.index] for point in points if point.is_beyond]


def _some_of(points: list[Point], wanted: int, among: int, sigmas: float) -> list[list[int]]:
    found: list[list[int]] = []
    for end in range(among, len(points) + 1):
        window = points[end - among : end]
        for side in (1, -1):
            far = [point.index for point in window if side * point.away > sigmas * point.sigma]
            if len(far) >= wanted and (not found or found[-1] != far):
                found.append(far)
    return found


def _two_of_three(points: list[Point]) -> list[list[int]]:
    return _some_of(points, 2, 3, 2.0)


def _four_of_five(points: list[Point]) -> list[list[int]]:
    return _some_of(points, 4, 5, 1.0)


def _runs(points: list[Point]) -> list[list[Point]]:
    """Return the runs on one side of the centre; a point on the centre belongs to none and breaks none."""
    runs: list[list[Point]] = []
    for point in points:
        if point.away == 0:
            continue
        if runs and (runs[-1][-1].away > 0) == (point.away > 0):
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _eight_one_side(points: list[Point]) -> list[list[int]]:
    strict: list[list[Point]] = []
    for point in points:
        side = (point.away > 0) - (point.away < 0)
        if strict and side and side * strict[-1][-1].away > 0:
            strict[-1].append(point)
        else:
            strict.append([point])
    return [[point.index for point in run] for run in strict if len(run) >= 8]


def _six_trend(points: list[Point]) -> list[list[int]]:
    found: list[list[int]] = []
    for side in (1, -1):
        trend = points[:1]
        for before, point in zip(points, points[1:], strict=False):
            if side * (point.value - before.value) > 0:
                trend.append(point)
                continue
            found += [[each.index for each in trend]] if len(trend) >= 6 else []
            trend = [point]
        found += [[each.index for each in trend]] if len(trend) >= 6 else []
    return sorted(found)


def longest_usual_run(useful: int) -> int:
    """Return the longest run to expect among `useful` points off the centre: log2(n) + 3, rounded."""
    return round(log2(useful) + 3) if useful > 0 else 0


def fewest_usual_crossings(useful: int) -> int:
    """Return the fewest crossings to expect: the 5 % quantile of a binomial law of n − 1 even chances."""
    chances = useful - 1
    total = 0.0
    for crossings in range(max(chances, 0) + 1):
        total += comb(chances, crossings) * 0.5**chances if chances >= 0 else 1.0
        if total >= 0.05:
            return crossings
    return 0


def _long_run(points: list[Point]) -> list[list[int]]:
    runs = _runs(points)
    limit = longest_usual_run(sum(map(len, runs)))
    return [[point.index for point in run] for run in runs if len(run) > limit]


def _few_crossings(points: list[Point]) -> list[list[int]]:
    runs = _runs(points)
    if not runs or len(runs) - 1 >= fewest_usual_crossings(sum(map(len, runs))):
        return []
    return [[point.index for point in points]]


SEEN_BY: Final[dict[str, Callable[[list[Point]], list[list[int]]]]] = {
    "beyond_limits": _beyond_limits,
    "two_of_three": _two_of_three,
    "four_of_five": _four_of_five,
    "eight_one_side": _eight_one_side,
    "six_trend": _six_trend,
    "long_run": _long_run,
    "few_crossings": _few_crossings,
}
