"""Order the statuses of a study and say from which day to which day each is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diapason.context.studies.rules.vocabulary import ACTIVE, ENDED, RECRUITING, Status
from diapason.kernel.dates import PartialDate

UNDATED = PartialDate(None, None)


@dataclass(frozen=True)
class StatusDraft:
    """Hold one status and the date from which it holds, as far as it is known."""

    status: str
    since: PartialDate = UNDATED


@dataclass(frozen=True)
class Stretch:
    """Hold one status with its days: from `since_on` (None: always) until before `until_on` (None: still)."""

    status: str
    since: PartialDate
    since_on: date | None
    until_on: date | None


def reckoned_on(when: PartialDate) -> date | None:
    """Return the day counted for a date known in part.

    A day, a month or a year counts from its first day; a looser window only from its last day,
    because before it the change is not certain.
    """
    if when.precision in {"day", "month", "year", "from"}:
        return when.earliest
    return when.latest


def stretches(statuses: Iterable[StatusDraft]) -> list[Stretch]:
    """Return the statuses in order, each until the next one; of two on one day the later given wins."""
    dated = [(reckoned_on(draft.since), position, draft) for position, draft in enumerate(statuses)]
    dated.sort(key=lambda item: (item[0] is not None, item[0] or date.min, item[1]))
    kept: list[tuple[date | None, StatusDraft]] = []
    for day, _, draft in dated:
        if kept and kept[-1][0] == day:
            kept.pop()
        if kept and kept[-1][1].status == draft.status:
            continue
        kept.append((day, draft))
    ends = [*(day for day, _ in kept[1:]), *([None] if kept else [])]
    return [
        Stretch(draft.status, draft.since, day, end) for (day, draft), end in zip(kept, ends, strict=True)
    ]


@dataclass(frozen=True)
class Snapshot:
    """Hold what a register says of a study's life at one moment; dates that nobody gave are undated."""

    status: str
    last_known: str = ""
    start: PartialDate = UNDATED
    end: PartialDate = UNDATED
    first_seen: date | None = None
    verified: PartialDate = UNDATED
    updated: date | None = None


def _not_after(when: PartialDate, limit: date | None) -> bool:
    return when.earliest is not None and (limit is None or when.earliest <= limit)


def _window(first: date | None, last: date | None) -> PartialDate:
    if first and last and first > last:
        return PartialDate(None, last)
    return PartialDate(first, last)


def from_snapshot(seen: Snapshot) -> list[StatusDraft]:
    """Return the history that one view of a register allows, its present status always the last one."""
    drafts = _as_told(seen)
    days = [reckoned_on(draft.since) for draft in drafts]
    if len(drafts) > 1 and (days[1] is None or (days[0] is not None and days[1] <= days[0])):
        return drafts[-1:]
    return drafts


def _as_told(seen: Snapshot) -> list[StatusDraft]:
    """Return the history that one view of a register allows: no more than it says.

    The register dates the start and the end only. Between them a study that is no longer recruiting was
    "under way, stage not known"; it is never counted as recruiting on a day that nobody attested.
    """
    status = Status(seen.status)
    started = seen.start if _not_after(seen.start, seen.updated) else UNDATED
    opening = [StatusDraft(Status.UNDERWAY, started)] if started.is_known else []
    last = _window(started.earliest or seen.first_seen, seen.updated)
    if status in RECRUITING:
        return [StatusDraft(status, started if started.is_known else _window(seen.first_seen, seen.updated))]
    if status in ENDED and status is not Status.WITHDRAWN:
        ended = seen.end if _not_after(seen.end, seen.updated) else last
        return [*opening, StatusDraft(status, ended)]
    if status in ACTIVE:
        return [*opening, StatusDraft(status, last)]
    if status is Status.UNKNOWN:
        return [
            *(opening if seen.last_known in ACTIVE else []),
            StatusDraft(status, seen.verified if seen.verified.is_known else last),
        ]
    return [StatusDraft(status, _window(seen.first_seen, seen.updated))]


def continued(known: Sequence[StatusDraft], known_on: date | None, seen: Snapshot) -> list[StatusDraft]:
    """Return the history after a newer view of the register: what was attested stays, the change is added.

    `known_on` is the day up to which `known` was attested. A status that a person dated is never moved.
    """
    fresh = from_snapshot(seen)
    if not known:
        return fresh
    if stretches(known)[-1].status == fresh[-1].status:
        return fresh if [d.status for d in known] == [d.status for d in fresh] else list(known)
    kept = list(known)
    if len(fresh) > 1:
        kept[0] = StatusDraft(known[0].status, fresh[0].since)
    since = fresh[-1].since
    if not since.is_exact and since.precision not in {"month", "year"}:
        since = _window(known_on, seen.updated)
    return [*kept, StatusDraft(fresh[-1].status, since)]
