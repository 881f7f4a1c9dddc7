"""Sort things to do by when they are due; pure, the day is given."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from diapason.kernel.words import message
from diapason.ui.panels import Task

HEADINGS = {
    "late": message("Late"),
    "today": message("Today"),
    "week": message("This week"),
    "later": message("Later"),
    "undated": message("Without a date"),
}
SERIOUS_FIRST = {"bad": 0, "warn": 1, "run": 2, "unk": 3, "ok": 4, "": 5}


@dataclass
class Bucket:
    """Hold the things due in the same stretch of time."""

    name: str
    heading: str
    tasks: list[Task] = field(default_factory=list)


def bucket_of(due: date | None, today: date) -> str:
    """Return where a due date belongs; the week ends on Sunday."""
    if due is None:
        return "undated"
    if due < today:
        return "late"
    if due == today:
        return "today"
    return "week" if due <= today + timedelta(days=6 - today.weekday()) else "later"


def sorted_into_buckets(tasks: Iterable[Task], today: date) -> list[Bucket]:
    """Return the buckets that hold something, the oldest and most serious things first."""
    buckets = {name: Bucket(name, heading) for name, heading in HEADINGS.items()}
    for task in sorted(tasks, key=lambda t: (t.due or date.max, SERIOUS_FIRST.get(t.state, 5), t.title)):
        buckets[bucket_of(task.due, today)].tasks.append(task)
    return [bucket for bucket in buckets.values() if bucket.tasks]
