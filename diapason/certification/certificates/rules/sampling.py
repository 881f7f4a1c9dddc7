"""Choose how many sites, and which, an audit of a multi-site certificate visits (IAF MD 1), in whole numbers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import isqrt

from diapason.certification.certificates.rules.tables import SamplingTable


@dataclass(frozen=True)
class SampleSize:
    """Hold how many sites to visit besides the central function, and how many of them at random."""

    sites: int
    at_random: int
    central_function: int = 1

    @property
    def visits(self) -> int:
        """Return the number of places visited, central function included."""
        return self.sites + self.central_function


@dataclass(frozen=True)
class SiteRecord:
    """Hold what the choice of sites looks at: key, last visit, reasons for looking closer."""

    key: str
    last_visited_on: date | None = None
    concerns: int = 0


@dataclass(frozen=True)
class ChosenSite:
    """Hold one chosen site and why: "random", "never_visited", "concerns" or "longest_ago"."""

    key: str
    reason: str


def ceiling_root(coefficient: Fraction, sites: int) -> int:
    """Return coefficient × √sites rounded up, without a float: the least y with (d·y)² ≥ n²·sites."""
    if sites < 0:
        raise ValueError("a number of sites cannot be negative")
    square = coefficient.numerator**2 * sites
    root = isqrt(square - 1) + 1 if square else 0
    return -(-root // coefficient.denominator)


def ceiling_percent(percent: int, total: int) -> int:
    """Return percent % of total rounded up, in whole numbers."""
    return -(-percent * total // 100)


def sample_size(sites: int, audit: str, table: SamplingTable, *, sampling_allowed: bool = True) -> SampleSize:
    """Return how many of `sites` (central function apart) an audit visits (IAF MD 1).

    `audit` is "initial", "surveillance" or "recertification". Without sampling, every site is visited
    at initial and recertification audits, and the declared share of them each surveillance year.
    """
    coefficient = table.coefficients[audit]
    if sampling_allowed:
        size = min(sites, ceiling_root(coefficient, sites))
        return SampleSize(size, ceiling_percent(table.random_percent, size))
    if audit == "surveillance":
        return SampleSize(ceiling_percent(table.no_sampling_percent, sites), 0)
    return SampleSize(sites, 0)


def draw_order(keys: Iterable[str], seed: str) -> list[str]:
    """Return the keys in an order that looks random, that anybody can redo from the seed."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}|{key}".encode()).digest())


def choose_sites(sites: Iterable[SiteRecord], size: SampleSize, seed: str) -> list[ChosenSite]:
    """Return the sites to visit: the random share first, the rest where most reasons to look are.

    The rest goes by number of concerns, then never visited, then longest since the last visit.
    """
    known = {site.key: site for site in sites}
    drawn = draw_order(known, seed)[: size.at_random]
    rest = sorted(
        (site for key, site in known.items() if key not in drawn),
        key=lambda s: (-s.concerns, s.last_visited_on or date.min, s.key),
    )
    chosen = [ChosenSite(key, "random") for key in drawn]
    return chosen + [ChosenSite(s.key, _reason(s)) for s in rest[: size.sites - len(drawn)]]


def _reason(site: SiteRecord) -> str:
    if site.concerns:
        return "concerns"
    return "longest_ago" if site.last_visited_on else "never_visited"
