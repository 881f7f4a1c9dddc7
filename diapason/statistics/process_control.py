"""Say whether a process changed: control charts (XmR, p, u, c, run chart), judged by the rules of shift_rules.

Formulas follow D. C. Montgomery, Introduction to Statistical Quality Control, and the NIST/SEMATECH e-Handbook of
Statistical Methods, § 6.3. A value of None is a point without a figure: it keeps its place and counts for nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isclose, sqrt
from statistics import fmean, median
from typing import Final, Literal

from diapason.statistics.shift_rules import NEED_LIMITS, OF_RUN_CHARTS, RULES, SEEN_BY, USUAL, Point

Kind = Literal["xmr", "p", "u", "c", "run"]
D2: Final = 1.128
"""Mean moving range of two values of a normal law, in standard deviations."""

FEWEST_POINTS: Final = 6
FIRM_POINTS: Final = 17
"""Below, limits are provisional (D. J. Wheeler, Understanding Variation: useful from six, firm from seventeen)."""

SIGMAS: Final = 3.0
TOO_FEW: Final = "too_few_points"


@dataclass(frozen=True)
class Phase:
    """Hold one stretch of points with limits of its own: indices `first` to `last`, both included.

    `lower` and `upper` hold one value a point (None where there is none); they are empty without limits, `reason`
    then says why ("too_few_points": fewer than FEWEST_POINTS). `sigmas` are standard deviations a point.
    """

    first: int
    last: int
    centre: float | None
    sigmas: tuple[float | None, ...] = ()
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    points: int = 0
    reason: str = ""

    @property
    def has_limits(self) -> bool:
        """Tell whether limits could be drawn."""
        return bool(self.upper)

    @property
    def is_provisional(self) -> bool:
        """Tell whether the limits rest on fewer than seventeen points."""
        return self.has_limits and self.points < FIRM_POINTS


@dataclass(frozen=True)
class Signal:
    """Hold what a rule saw: its code and the indices of the points concerned."""

    rule: str
    points: tuple[int, ...]


@dataclass(frozen=True)
class ControlChart:
    """Hold the values of a chart, its phases and the signals found in them."""

    kind: Kind
    values: tuple[float | None, ...]
    phases: tuple[Phase, ...]
    signals: tuple[Signal, ...]

    @property
    def is_stable(self) -> bool:
        """Tell whether no rule saw anything."""
        return not self.signals

    @property
    def beyond(self) -> frozenset[int]:
        """Return the indices of the points beyond their limits."""
        return frozenset(
            index for signal in self.signals if signal.rule == "beyond_limits" for index in signal.points
        )

    def phase_of(self, index: int) -> Phase:
        """Return the phase that a point belongs to."""
        return next(phase for phase in self.phases if phase.first <= index <= phase.last)


def is_rare(values: Sequence[float | None]) -> bool:
    """Tell whether these are counts of less than one a point on average: limits would then cry wolf at a second case.

    A run chart is the honest picture of them: the median is 0 and long quiet stretches are no signal.
    """
    known = [value for value in values if value is not None]
    return bool(known) and all(value == int(value) for value in known) and fmean(known) < 1


Spread = Callable[[Sequence[int]], tuple[float, dict[int, float]]]


def xmr_chart(
    values: Sequence[float | None],
    *,
    changes: Iterable[int] = (),
    baseline: int | None = None,
    minimum: float | None = None,
    rules: Iterable[str] = USUAL,
) -> ControlChart:
    """Return the chart of individual values: mean ± 3 × mean moving range / 1.128 (NIST § 6.3.2.2).

    `changes` are indices at which a new phase begins; `baseline`, how many points of a phase its limits are drawn from
    (all when None); `minimum`, the smallest possible value (0 for durations and counts).
    """

    def spread(indices: Sequence[int]) -> tuple[float, dict[int, float]]:
        known = [float(value) for index in indices if (value := values[index]) is not None]
        ranges = [abs(after - before) for before, after in zip(known, known[1:], strict=False)]
        sigma = fmean(ranges) / D2 if ranges else 0.0
        return fmean(known), dict.fromkeys(range(len(values)), sigma)

    bounds = (minimum, None)
    return _chart("xmr", list(values), spread, changes, baseline, bounds, rules)


def p_chart(
    events: Sequence[int],
    trials: Sequence[int],
    *,
    changes: Iterable[int] = (),
    baseline: int | None = None,
    rules: Iterable[str] = USUAL,
) -> ControlChart:
    """Return the chart of proportions (0 to 1), limits a point by its number of trials (NIST § 6.3.3.2).

    ValueError when the sequences differ in length or events are not between 0 and trials; no trial, no point.
    """
    pairs = list(zip(events, trials, strict=True))
    if any(not 0 <= event <= trial for event, trial in pairs):
        raise ValueError("events must lie between 0 and trials")

    def spread(indices: Sequence[int]) -> tuple[float, dict[int, float]]:
        centre = sum(events[index] for index in indices) / sum(trials[index] for index in indices)
        return centre, {
            index: sqrt(centre * (1 - centre) / trial) for index, trial in enumerate(trials) if trial
        }

    values = [event / trial if trial else None for event, trial in pairs]
    return _chart("p", values, spread, changes, baseline, (0.0, 1.0), rules)


def u_chart(
    counts: Sequence[int],
    exposures: Sequence[float],
    *,
    changes: Iterable[int] = (),
    baseline: int | None = None,
    rules: Iterable[str] = USUAL,
) -> ControlChart:
    """Return the chart of counts per unit of exposure (visits, patient-months), limits a point (NIST § 6.3.3.1).

    ValueError when the sequences differ in length or a number is negative; no exposure, no point.
    """
    pairs = list(zip(counts, exposures, strict=True))
    if any(count < 0 or exposure < 0 for count, exposure in pairs):
        raise ValueError("counts and exposures are never negative")

    def spread(indices: Sequence[int]) -> tuple[float, dict[int, float]]:
        centre = sum(counts[index] for index in indices) / sum(exposures[index] for index in indices)
        return centre, {index: sqrt(centre / size) for index, size in enumerate(exposures) if size}

    values = [count / exposure if exposure else None for count, exposure in pairs]
    return _chart("u", values, spread, changes, baseline, (0.0, None), rules)


def c_chart(
    counts: Sequence[int | None],
    *,
    changes: Iterable[int] = (),
    baseline: int | None = None,
    rules: Iterable[str] = USUAL,
) -> ControlChart:
    """Return the chart of counts over equal exposures: mean ± 3 × its square root (NIST § 6.3.3.1)."""
    if any(count is not None and count < 0 for count in counts):
        raise ValueError("counts are never negative")

    def spread(indices: Sequence[int]) -> tuple[float, dict[int, float]]:
        centre = fmean(count for index in indices if (count := counts[index]) is not None)
        return centre, dict.fromkeys(range(len(counts)), sqrt(centre))

    return _chart("c", list(counts), spread, changes, baseline, (0.0, None), rules)


def run_chart(
    values: Sequence[float | None], *, changes: Iterable[int] = (), baseline: int | None = None
) -> ControlChart:
    """Return the values around their median, without limits, judged by runs and crossings (Anhøj & Olesen 2014)."""

    def spread(indices: Sequence[int]) -> tuple[float, dict[int, float]]:
        return median(value for index in indices if (value := values[index]) is not None), {}

    return _chart("run", list(values), spread, changes, baseline, (None, None), OF_RUN_CHARTS)


def _chart(
    kind: Kind,
    values: Sequence[float | None],
    spread: Spread,
    changes: Iterable[int],
    baseline: int | None,
    bounds: tuple[float | None, float | None],
    rules: Iterable[str],
) -> ControlChart:
    asked = tuple(rules)
    if unknown := set(asked) - set(RULES):
        raise ValueError(f"no such rule: {', '.join(sorted(unknown))}")
    known = tuple(None if value is None else float(value) for value in values)
    starts = sorted({0, *(index for index in changes if 0 < index < len(known))})
    phases = tuple(
        _phase(kind, known, first, last - 1, spread, baseline, bounds)
        for first, last in zip(starts, [*starts[1:], len(known)], strict=True)
        if last > first
    )
    signals = tuple(signal for phase in phases for signal in _signals(known, phase, asked))
    return ControlChart(kind, known, phases, signals)


def _phase(
    kind: Kind,
    values: tuple[float | None, ...],
    first: int,
    last: int,
    spread: Spread,
    baseline: int | None,
    bounds: tuple[float | None, float | None],
) -> Phase:
    indices = [index for index in range(first, last + 1) if values[index] is not None][:baseline]
    if not indices:
        return Phase(first, last, None, reason=TOO_FEW)
    centre, sigmas = spread(indices)
    if len(indices) < FEWEST_POINTS:
        return Phase(first, last, centre, points=len(indices), reason=TOO_FEW)
    if kind == "run":
        return Phase(first, last, centre, points=len(indices))
    each = tuple(sigmas.get(index) for index in range(first, last + 1))
    low, high = bounds
    lower = tuple(_bounded(centre, sigma, -SIGMAS, low, high) for sigma in each)
    upper = tuple(_bounded(centre, sigma, SIGMAS, low, high) for sigma in each)
    return Phase(first, last, centre, each, lower, upper, len(indices))


def _bounded(
    centre: float, sigma: float | None, times: float, low: float | None, high: float | None
) -> float | None:
    if sigma is None:
        return None
    value = centre + times * sigma
    value = value if low is None else max(low, value)
    return value if high is None else min(high, value)


def _same(value: float, other: float) -> bool:
    """Tell whether two numbers differ only by how a computer rounds: equal points are no shift off their own mean."""
    return isclose(value, other, rel_tol=1e-9, abs_tol=1e-12)


def _signals(values: tuple[float | None, ...], phase: Phase, rules: tuple[str, ...]) -> list[Signal]:
    if phase.centre is None or phase.points < FEWEST_POINTS:
        return []
    points = []
    for index in range(phase.first, phase.last + 1):
        value, place = values[index], index - phase.first
        if value is None:
            continue
        sigma = phase.sigmas[place] if phase.has_limits else None
        low, high = (phase.lower[place], phase.upper[place]) if phase.has_limits else (None, None)
        is_beyond = (low is not None and value < low and not _same(value, low)) or (
            high is not None and value > high and not _same(value, high)
        )
        away = 0.0 if _same(value, phase.centre) else value - phase.centre
        points.append(Point(index, value, away, sigma or 0.0, is_beyond))
    found: list[Signal] = []
    for code in rules:
        if phase.has_limits or code not in NEED_LIMITS:
            found += [Signal(code, tuple(indices)) for indices in SEEN_BY[code](points)]
    return found
