"""Count certified organizations day by day, and say in which state each one is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from diapason.certification.certificates.rules.coverage import COVERED, NOT_KNOWN
from diapason.certification.certificates.rules.cycle import THREATENED as PRESSING
from diapason.certification.certificates.rules.cycle import Alarm
from diapason.certification.certificates.rules.spans import Stretch, holding, merged, next_day

CERTIFIED, IN_TRANSITION, TO_WATCH = "certified", "in_transition", "to_watch"
THREATENED, NOT_CERTIFIED, UNKNOWN = "threatened", "not_certified", "not_known"
ORGANIZATION_STATES = (CERTIFIED, IN_TRANSITION, TO_WATCH, THREATENED, NOT_CERTIFIED, UNKNOWN)


@dataclass(frozen=True)
class Step:
    """Hold how many organizations are surely, and at most possibly, certified from that day on."""

    day: date
    sure: int
    possible: int


def steps(
    sure: Mapping[str, list[Stretch]], possible: Mapping[str, list[Stretch]], start: date, end: date
) -> list[Step]:
    """Return the counts at `start` and at each day up to `end` on which one of them changes."""
    either = {k: merged([*sure.get(k, []), *possible.get(k, [])]) for k in {*sure, *possible}}
    changes: dict[date, list[int]] = {}
    for place, stretches in enumerate((sure, either)):
        for stretch in (s for each in stretches.values() for s in merged(each)):
            for day, move in ((stretch[0], 1), (next_day(stretch[1]), -1)):
                if day <= end and not (move < 0 and stretch[1] == date.max):
                    changes.setdefault(max(day, start), [0, 0])[place] += move
    counts, found = [0, 0], []
    for day in sorted({start, *changes}):
        moves = changes.get(day, [0, 0])
        counts = [counts[0] + moves[0], counts[1] + moves[1]]
        if day == start or any(moves):
            found.append(Step(day, counts[0], counts[1]))
    return found


def silent_from(found: Sequence[Step]) -> date | None:
    """Return the day from which sources fall silent: fewer are surely certified, but not fewer possibly.

    None when the certificates tell the count up to the end: after a silence that is filled again, they do.
    """
    silent: date | None = None
    for before, step in pairwise(found):
        if step.sure > before.sure:
            silent = None
        elif silent is None and step.sure < before.sure and step.possible >= before.possible:
            silent = step.day
    return silent


def falling(last_days: Mapping[str, date], on: date, end: date) -> list[tuple[date, int, list[str]]]:
    """Return (day, how many are left, who drops) after `on` if nothing changes; those without a last day stay."""
    left = len(last_days)
    found: list[tuple[date, int, list[str]]] = [(on, left, [])]
    drops: dict[date, list[str]] = {}
    for key, last in last_days.items():
        if on <= last < end:
            drops.setdefault(next_day(last), []).append(key)
    for day, keys in sorted(drops.items()):
        left -= len(keys)
        found.append((day, left, sorted(keys)))
    return [*found, (end, left, [])]


def coverage_state(sure: Iterable[Stretch], possible: Iterable[Stretch], on: date) -> str:
    """Return COVERED, NOT_KNOWN or "" (surely not covered) for an organization on that day."""
    if holding(sure, on):
        return COVERED
    return NOT_KNOWN if holding(possible, on) else ""


def organization_state(covered: str, alarms: Iterable[Alarm], in_transition: bool) -> str:
    """Return the state shown for an organization: what presses most wins, not known stays not known."""
    levels = {alarm.level for alarm in alarms}
    if covered == NOT_KNOWN:
        return UNKNOWN
    if covered != COVERED:
        return THREATENED if PRESSING in levels else NOT_CERTIFIED
    if PRESSING in levels:
        return THREATENED
    if levels:
        return TO_WATCH
    return IN_TRANSITION if in_transition else CERTIFIED
