"""Foresee the change of edition: what is left to close, when it will be, who would miss the date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from diapason.certification.readiness.rules.scale import Scale
from diapason.certification.readiness.rules.standing import ASIDE, READY, Answer, standing_of

FEWEST_FOR_A_PACE = 2
"""Say how many closed gaps it takes before a pace means anything."""


@dataclass(frozen=True)
class Forecast:
    """Hold where an organization stands in a change of edition.

    `basis` says what the expected end rests on: done, planned (each open gap has a coming date), pace (of the
    gaps closed so far) or unknown. `misses` is None when nothing can be said.
    """

    total: int
    closed: int
    open: tuple[str, ...]
    started_on: date | None
    expected_end: date | None
    basis: str
    misses: bool | None

    @property
    def state(self) -> str:
        """Return the state on screen; not knowing is not missing."""
        if self.basis == "done":
            return "ok"
        if self.misses:
            return "bad"
        return "run" if self.misses is False else "unk"


def forecast(answers: Sequence[Answer], scale: Scale, on: date, deadline: date | None) -> Forecast:
    """Return the forecast of one organization from its answers to the clauses that have to be worked on."""
    asked = [(answer, standing_of(answer, scale, on)) for answer in answers]
    asked = [(answer, standing) for answer, standing in asked if standing != ASIDE]
    closed = [answer for answer, standing in asked if standing == READY]
    left = [answer for answer, standing in asked if standing != READY]
    days = [answer.assessed_on for answer, _ in asked if answer.assessed_on]
    started_on = min(days, default=None)
    end, basis = _expected_end(closed, left, started_on, on)
    return Forecast(
        total=len(asked),
        closed=len(closed),
        open=tuple(answer.clause for answer in left),
        started_on=started_on,
        expected_end=end,
        basis=basis,
        misses=None if end is None or deadline is None else end > deadline,
    )


def _expected_end(
    closed: list[Answer], left: list[Answer], started_on: date | None, on: date
) -> tuple[date | None, str]:
    if not left:
        return max((answer.assessed_on for answer in closed if answer.assessed_on), default=None), "done"
    planned = [
        answer.due_on for answer in left if answer.has_open_action and answer.due_on and answer.due_on >= on
    ]
    if len(planned) == len(left):
        return max(planned), "planned"
    if started_on is None or started_on >= on or len(closed) < FEWEST_FOR_A_PACE:
        return None, "unknown"
    days_for_each = Fraction((on - started_on).days, len(closed))
    return max([on + timedelta(days=ceil(days_for_each * len(left))), *planned]), "pace"
