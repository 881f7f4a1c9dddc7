"""Forecast from planned and held milestones when everybody will be there; a range, never a single day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

ORDER = ("engagement", "self_assessment", "internal_audit", "mock_audit", "stage1", "stage2", "decision")
EDITION_ORDER = (
    "engagement",
    "self_assessment",
    "training",
    "internal_audit",
    "transition_audit",
    "decision",
)
ALIKE = {"transition_audit": "stage2"}
"""Name the milestone whose durations stand for those of another, while that one has none."""

GOAL = "decision"
FEWEST = 3


@dataclass(frozen=True)
class Passage:
    """Hold one milestone of one organization: kind, planned day, day held."""

    organization: str
    kind: str
    planned_on: date | None = None
    held_on: date | None = None


@dataclass(frozen=True)
class Observed:
    """Hold how long it took others from one milestone to the decision: days, shortest to longest."""

    kind: str
    days: tuple[int, ...]

    @property
    def shortest(self) -> int:
        """Return the least number of days seen."""
        return self.days[0]

    @property
    def middle(self) -> int:
        """Return the median, the upper one of two."""
        return self.days[len(self.days) // 2]

    @property
    def longest(self) -> int:
        """Return the greatest number of days seen."""
        return self.days[-1]


@dataclass(frozen=True)
class OrganizationForecast:
    """Hold when one organization may be certified, and from what this was said.

    `method` is "held" (it is), "observed" (durations of the others), "planned" (its own plan, too few
    durations seen) or "none" (nothing to say it from).
    """

    organization: str
    method: str
    low: date | None = None
    middle: date | None = None
    high: date | None = None
    from_kind: str = ""
    observations: int = 0


@dataclass(frozen=True)
class Forecast:
    """Hold when the last organization may be there; dates are None as long as one of them cannot be said."""

    low: date | None
    middle: date | None
    high: date | None
    last: tuple[str, ...]
    unsaid: tuple[str, ...]
    organizations: tuple[OrganizationForecast, ...]


def durations(passages: Iterable[Passage], goal: str = GOAL) -> dict[str, Observed]:
    """Return, by kind of milestone, how many days others took from it to the goal, sorted."""
    held: dict[str, dict[str, date]] = {}
    for passage in passages:
        if passage.held_on:
            held.setdefault(passage.organization, {})[passage.kind] = passage.held_on
    days: dict[str, list[int]] = {}
    for dates in held.values():
        if goal not in dates:
            continue
        for kind, day in dates.items():
            if kind != goal and day <= dates[goal]:
                days.setdefault(kind, []).append((dates[goal] - day).days)
    return {kind: Observed(kind, tuple(sorted(found))) for kind, found in days.items()}


def organization_forecast(
    organization: str,
    own: Sequence[Passage],
    seen: Mapping[str, Observed],
    on: date,
    *,
    order: Sequence[str] = ORDER,
    goal: str = GOAL,
) -> OrganizationForecast:
    """Return when one organization may reach the goal.

    Counts from the last milestone it held, or from the next one it planned, and adds the durations seen with
    the others; with fewer than three of these its own plan is repeated. Nothing lies before `on`.
    """
    held = {p.kind: p.held_on for p in own if p.held_on}
    planned = {p.kind: max(p.planned_on, on) for p in own if p.planned_on and not p.held_on}
    if goal in held:
        day = held[goal]
        return OrganizationForecast(organization, "held", day, day, day, goal, 0)
    for kind in reversed(order):
        start = held.get(kind) or planned.get(kind)
        observed = seen.get(kind)
        if kind == goal or start is None or observed is None or len(observed.days) < FEWEST:
            continue
        low, middle, high = (
            max(start + timedelta(days=d), on) for d in (observed.shortest, observed.middle, observed.longest)
        )
        return OrganizationForecast(organization, "observed", low, middle, high, kind, len(observed.days))
    if goal in planned:
        day = planned[goal]
        return OrganizationForecast(organization, "planned", day, day, day, goal, 0)
    return OrganizationForecast(organization, "none")


def network_forecast(
    members: Iterable[str],
    passages: Iterable[Passage],
    on: date,
    *,
    order: Sequence[str] = ORDER,
    earlier: Iterable[Passage] = (),
) -> Forecast:
    """Return when the last member may reach the goal: the latest of each bound over all members.

    `earlier` are milestones of other programmes, of which the durations are seen too; a transition audit
    without durations of its own takes those of a stage 2 audit.
    """
    everything = list(passages)
    seen = durations([*everything, *(replace(p, organization=f"earlier {p.organization}") for p in earlier)])
    for kind, like in ALIKE.items():
        if kind not in seen and like in seen:
            seen[kind] = seen[like]
    own: dict[str, list[Passage]] = {}
    for passage in everything:
        own.setdefault(passage.organization, []).append(passage)
    each = tuple(
        organization_forecast(m, own.get(m, []), seen, on, order=order) for m in sorted(set(members))
    )
    unsaid = tuple(f.organization for f in each if f.method == "none")
    if unsaid or not each:
        return Forecast(None, None, None, (), unsaid, each)
    low, middle, high = (max(d for f in each if (d := getattr(f, n))) for n in ("low", "middle", "high"))
    last = tuple(f.organization for f in each if f.high == high)
    return Forecast(low, middle, high, last, (), each)


def late_by(forecast: OrganizationForecast, limit: date | None) -> str:
    """Return "surely", "perhaps" or "" : whether the organization would miss the limit."""
    if limit is None or forecast.low is None or forecast.high is None:
        return ""
    return "surely" if forecast.low > limit else "perhaps" if forecast.high > limit else ""


def check_milestone(planned_on: date | None, held_on: date | None, on: date) -> Verdict:
    """Tell whether a milestone's dates make sense: planned or held, and held days are past."""
    if planned_on is None and held_on is None:
        return Verdict.no(message("Give the date planned or the date held."))
    if held_on and held_on > on:
        return Verdict.no(message("A milestone cannot be held in the future."))
    return Verdict.yes()
