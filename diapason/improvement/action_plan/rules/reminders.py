"""Say when a reminder of an action is due, and to whom: a ladder declared in the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from diapason.kernel.declarations import read_yaml

OWNER: Final = "owner"
STAND_IN: Final = "stand_in"
KEEPER: Final = "keeper"
RUNGS: Final = (OWNER, STAND_IN, KEEPER)


class BadLadder(ValueError):
    """Say what is wrong in the file of the catalogue."""


@dataclass(frozen=True)
class Step:
    """Hold one step: its code, the days from the day that is due, and whom it reaches."""

    code: str
    days: int
    to: tuple[str, ...]


@dataclass(frozen=True)
class Ladder:
    """Hold the steps for actions and for checks, the roles that keep a plan, and the hour at which letters leave."""

    steps: tuple[Step, ...]
    checks: tuple[Step, ...]
    keepers: tuple[str, ...]
    hour: time

    @property
    def ahead(self) -> timedelta:
        """Return how long before its day an action is first reminded of."""
        return timedelta(days=max(0, -min(step.days for step in self.steps)))


@lru_cache(maxsize=4)
def read_ladder(folder: Path) -> Ladder:
    """Return the ladder declared in the folder; raises BadLadder naming what is wrong."""
    data = read_yaml((folder / "reminders.yaml").read_text(encoding="utf-8"))
    try:
        return Ladder(
            steps=_steps(data["steps"]),
            checks=_steps(data["checks"]),
            keepers=tuple(str(role) for role in data["keepers"]),
            hour=time.fromisoformat(str(data["hour"])),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadLadder(f"reminders.yaml: {wrong}") from wrong


def _steps(rows: list[dict[str, Any]]) -> tuple[Step, ...]:
    steps = tuple(Step(str(row["code"]), int(row["days"]), tuple(row["to"])) for row in rows)
    for step in steps:
        unknown = [rung for rung in step.to if rung not in RUNGS]
        if unknown:
            raise BadLadder(f"{step.code}: {', '.join(unknown)} is nobody known here")
    if not steps or [step.days for step in steps] != sorted({step.days for step in steps}):
        raise BadLadder("steps stand in the order of their days")
    return steps


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def reached(steps: Sequence[Step], due_on: date, *, until: date) -> Step | None:
    """Return the last step reached by a day, None before the first: what was missed before is not sent after all."""
    found = [step for step in steps if due_on + timedelta(days=step.days) <= until]
    return found[-1] if found else None
