"""Put the events of a period in order, by frequency × gravity: the usual way of a learning committee, explained."""

from collections.abc import Iterable
from dataclasses import dataclass

from diapason.improvement.crex.rules.catalogue import Crex


@dataclass(frozen=True)
class Candidate:
    """Hold one event as the rule sees it: `gravity` is its severity, else what its declarer said."""

    number: str
    gravity: str
    category: str
    alike: int


@dataclass(frozen=True)
class Ranked:
    """Hold a candidate with its points, and their product."""

    candidate: Candidate
    frequency: int
    gravity: int

    @property
    def score(self) -> int:
        """Return frequency × gravity."""
        return self.frequency * self.gravity


def points_of_frequency(alike: int, crex: Crex) -> int:
    """Return the points of the highest band that so many events of the same category reach."""
    return max((points for least, points in crex.frequency if alike >= least), default=0)


def ranked(candidates: Iterable[Candidate], crex: Crex) -> list[Ranked]:
    """Return the candidates, the highest product first; among equals the graver, then the older number."""
    found = [
        Ranked(one, points_of_frequency(one.alike, crex), crex.gravity.get(one.gravity, 0))
        for one in candidates
    ]
    return sorted(found, key=lambda one: (-one.score, -one.gravity, one.candidate.number))
