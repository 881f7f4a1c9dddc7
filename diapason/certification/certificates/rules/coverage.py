"""Say what the certificates cover, since when, and what is not known (activity × site, ISO 9001 §4.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from diapason.certification.certificates.rules.spans import Span, Stretch, common, holding, merged, without
from diapason.kernel.dates import PartialDate

COVERED, UNCOVERED, NOT_KNOWN, NOT_PERFORMED = "covered", "uncovered", "not_known", "not_performed"


@dataclass(frozen=True, order=True)
class Cell:
    """Hold one square of the coverage matrix: an organization's activity at one of its sites ("": not detailed)."""

    organization: str
    site: str
    activity: str


@dataclass(frozen=True)
class Holding:
    """Hold one certificate's hold on one cell: its span and the stretches of its suspensions."""

    cell: Cell
    span: Span
    holes: tuple[Stretch, ...] = ()
    certificate: str = ""

    @property
    def sure(self) -> list[Stretch]:
        """Return the days on which the certificate surely covers the cell."""
        return without(self.span.sure, self.holes)

    @property
    def possible(self) -> list[Stretch]:
        """Return the days on which it perhaps does."""
        return without(self.span.possible, self.holes)


@dataclass(frozen=True)
class Requirement:
    """Hold that an activity takes place at a site, so that a certificate ought to cover it, and when."""

    cell: Cell
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def stretch(self) -> Stretch:
        """Return the days on which the activity takes place."""
        return self.starts_on or date.min, self.ends_on or date.max


@dataclass(frozen=True)
class NetworkAnswer:
    """Hold the answer to "since when is the whole network certified?" on one day, from certificates only.

    `state` is COVERED (then `since` says since when, perhaps by bounds), UNCOVERED or NOT_KNOWN.
    `complete` lists the stretches during which every required cell was surely covered.
    """

    state: str
    on: date
    since: PartialDate | None = None
    uncovered: tuple[Cell, ...] = ()
    not_known: tuple[Cell, ...] = ()
    bounded: tuple[Cell, ...] = ()
    complete: tuple[Stretch, ...] = ()
    required: int = 0


@dataclass
class Coverage:
    """Hold, by cell, the days surely and the days possibly covered."""

    sure: Mapping[Cell, list[Stretch]] = field(default_factory=dict)
    possible: Mapping[Cell, list[Stretch]] = field(default_factory=dict)

    @classmethod
    def of(cls, holdings: Iterable[Holding]) -> "Coverage":
        """Return the coverage that all certificates give together."""
        sure: dict[Cell, list[Stretch]] = {}
        possible: dict[Cell, list[Stretch]] = {}
        for one in holdings:
            sure.setdefault(one.cell, []).extend(one.sure)
            possible.setdefault(one.cell, []).extend(one.possible)
        return cls({c: merged(s) for c, s in sure.items()}, {c: merged(s) for c, s in possible.items()})

    def state(self, cell: Cell, on: date) -> str:
        """Return COVERED, NOT_KNOWN or UNCOVERED for that day."""
        if holding(self.sure.get(cell, ()), on):
            return COVERED
        return NOT_KNOWN if holding(self.possible.get(cell, ()), on) else UNCOVERED

    def since(self, cell: Cell, on: date) -> PartialDate | None:
        """Return since when the cell has been covered without a gap up to that day; None when it is not."""
        sure, possible = holding(self.sure.get(cell, ()), on), holding(self.possible.get(cell, ()), on)
        if sure is None:
            return None
        first = min(possible[0], sure[0]) if possible else sure[0]
        return PartialDate(None if first == date.min else first, sure[0])


def complete_stretches(
    required: Iterable[Requirement], covered: Mapping[Cell, list[Stretch]]
) -> list[Stretch]:
    """Return the days on which every cell was covered, or not yet or no longer required."""
    everything = list(required)
    always: list[Stretch] = [(date.min, date.max)]
    each = [merged([*covered.get(r.cell, []), *without(always, [r.stretch])]) for r in everything]
    if not each:
        return []
    begin = min(r.stretch[0] for r in everything)
    return common(reduce(common, each, always), [(begin, date.max)])


def network_answer(required: Iterable[Requirement], coverage: Coverage, on: date) -> NetworkAnswer:
    """Return since when every required cell has been continuously covered, computed from certificates only.

    The start of the last cell decides; where only bounds are known the answer has bounds too, and the cells
    responsible for them are named. An activity that begins later counts from its own beginning.
    """
    everything = list(required)
    now = [r for r in everything if r.stretch[0] <= on <= r.stretch[1]]
    states = {r.cell: coverage.state(r.cell, on) for r in now}
    uncovered = tuple(sorted(c for c, s in states.items() if s == UNCOVERED))
    unknown = tuple(sorted(c for c, s in states.items() if s == NOT_KNOWN))
    surely = complete_stretches(everything, coverage.sure)
    complete = tuple(common(surely, [(date.min, on)]))
    latest = holding(surely, on)
    if latest is None or not now:
        state = UNCOVERED if uncovered else NOT_KNOWN
        return NetworkAnswer(state, on, None, uncovered, unknown, (), complete, len(now))
    earliest = holding(complete_stretches(everything, coverage.possible), on) or latest
    first = min(earliest[0], latest[0])
    since = PartialDate(None if first == date.min else first, latest[0])
    bounded = tuple(sorted(c for c in states if not (s := coverage.since(c, on)) or not s.is_exact))
    return NetworkAnswer(COVERED, on, since, (), (), bounded, complete, len(now))
