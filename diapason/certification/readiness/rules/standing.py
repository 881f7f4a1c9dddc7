"""Say what one answer means, and how ready an organization is; incomplete is never failed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diapason.certification.readiness.rules.scale import Scale

READY, BLOCKING, GAP, ACTING, UNKNOWN, ASIDE = "ready", "blocking", "gap", "acting", "unknown", "aside"
"""Name the standings of an answer: ready, gap that can block a certificate, gap, gap whose action runs in time,
not assessed, not applicable."""

GAPS = (BLOCKING, GAP, ACTING)
"""Name the standings that are gaps, the worst first."""

WORST_FIRST = (*GAPS, UNKNOWN, READY, ASIDE)
STATES = {READY: "ok", BLOCKING: "bad", GAP: "warn", ACTING: "run", UNKNOWN: "unk", ASIDE: "unk"}
"""Give each standing its state on screen."""


@dataclass(frozen=True)
class Answer:
    """Hold what an organization answers to one clause; `maturity` None stands for not assessed."""

    clause: str
    weight: int
    maturity: int | None = None
    aside: bool = False
    due_on: date | None = None
    done_on: date | None = None
    assessed_on: date | None = None
    carried: bool = False
    unproven: bool = False
    """Its action is done, the effectiveness still to be checked; `due_on` is then the day of the check."""

    @property
    def has_open_action(self) -> bool:
        """Tell whether an action with a date waits to be done."""
        return self.due_on is not None and self.done_on is None

    def is_late(self, on: date) -> bool:
        """Tell whether its action should have been done; a check that is due is not the action's lateness."""
        return self.has_open_action and not self.unproven and self.due_on is not None and self.due_on < on


@dataclass(frozen=True)
class Readiness:
    """Hold how ready an organization is for an edition, on one day.

    Shares go from 0 to 1, weighted by clause for `share_ready`; None when nothing can be said.
    """

    total: int = 0
    assessed: int = 0
    ready: int = 0
    gaps: int = 0
    acting: int = 0
    blocking: tuple[str, ...] = ()
    aside: int = 0
    late_actions: int = 0
    weight_total: int = 0
    weight_assessed: int = 0
    weight_ready: int = 0
    latest_due: date | None = None

    @property
    def unknown(self) -> int:
        """Return how many clauses wait for an answer."""
        return self.total - self.assessed

    @property
    def complete(self) -> bool:
        """Tell whether every clause asked of the organization is answered."""
        return self.total > 0 and self.unknown == 0

    @property
    def open_gaps(self) -> int:
        """Return how many assessed clauses are not ready, whatever is done about them."""
        return self.gaps + self.acting + len(self.blocking)

    @property
    def share_assessed(self) -> Decimal | None:
        """Return the share of the clauses that are assessed."""
        return Decimal(self.assessed) / self.total if self.total else None

    @property
    def share_ready(self) -> Decimal | None:
        """Return the weighted share of what is assessed that is ready."""
        return Decimal(self.weight_ready) / self.weight_assessed if self.weight_assessed else None

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Return the least and the most that can be ready of everything, once the rest is assessed."""
        if not self.weight_total:
            return None
        waiting = self.weight_total - self.weight_assessed
        return (
            Decimal(self.weight_ready) / self.weight_total,
            Decimal(self.weight_ready + waiting) / self.weight_total,
        )

    @property
    def is_ready(self) -> bool:
        """Tell whether everything is assessed and nothing is left to close."""
        return self.complete and self.open_gaps == 0

    @property
    def state(self) -> str:
        """Return the state on screen: a known blocking gap shows at once, an incomplete answer is never a failure."""
        if self.blocking:
            return "bad"
        if not self.assessed:
            return "unk"
        if self.gaps:
            return "warn"
        if self.acting:
            return "run"
        return "ok" if self.complete else "unk"


def standing_of(answer: Answer, scale: Scale, on: date) -> str:
    """Return what one answer means on that day."""
    if answer.aside:
        return ASIDE
    if answer.maturity is None:
        return UNKNOWN
    if answer.maturity >= scale.ready_from:
        return READY
    if answer.weight >= scale.blocking_weight and answer.maturity < scale.blocking_below:
        return BLOCKING
    return ACTING if answer.has_open_action and answer.due_on is not None and answer.due_on >= on else GAP


def readiness(answers: Iterable[Answer], scale: Scale, on: date) -> Readiness:
    """Return how ready an organization is; `answers` holds one line for each clause asked of it."""
    rows = [(answer, standing_of(answer, scale, on)) for answer in answers]
    count = Counter(standing for _, standing in rows)
    asked = [(answer, standing) for answer, standing in rows if standing != ASIDE]
    weight = Counter[str]()
    for answer, standing in asked:
        weight[standing] += answer.weight
    acting = [answer for answer, standing in asked if _is_open(answer, standing)]
    due = [answer.due_on for answer in acting if answer.due_on]
    return Readiness(
        total=len(asked),
        assessed=len(asked) - count[UNKNOWN],
        ready=count[READY],
        gaps=count[GAP],
        acting=count[ACTING],
        blocking=tuple(answer.clause for answer, standing in asked if standing == BLOCKING),
        aside=count[ASIDE],
        late_actions=sum(1 for answer in acting if answer.is_late(on)),
        weight_total=weight.total(),
        weight_assessed=weight.total() - weight[UNKNOWN],
        weight_ready=weight[READY],
        latest_due=max(due, default=None),
    )


def _is_open(answer: Answer, standing: str) -> bool:
    return answer.has_open_action and standing in {BLOCKING, GAP, ACTING}


def worst(standings: Iterable[str]) -> str:
    """Return the standing that stands for several: the worst known one, "not assessed" before "ready"."""
    present = set(standings)
    return next((standing for standing in WORST_FIRST if standing in present), ASIDE)


def applies(applies_to: str, *, sponsor: bool, investigator: bool, central: bool) -> bool:
    """Tell whether a clause is asked of an organization with these roles."""
    return {"sponsor": sponsor, "investigator": investigator, "central": central}.get(applies_to, True)
