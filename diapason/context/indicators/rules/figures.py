"""Make a figure of its parts: value, status, key and fingerprint."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from diapason.context.indicators.rules.computation import Completeness, Measure
from diapason.statistics.intervals import Interval, wilson_interval

COMPUTED, DECLARED, NOT_KNOWN, INCOMPLETE = "computed", "declared", "not_known", "incomplete"
STATUSES = (COMPUTED, DECLARED, NOT_KNOWN, INCOMPLETE)
QUALIFIERS = ("exact", "about", "more_than", "average")
SAID_BY_SOURCES = {"about": "about", "more than": "more_than", "average": "average"}
"""How a source begins to say that a value is not exact."""
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Given:
    """Hold one declared value, of an organization ("" for the network) and perhaps with its two counts."""

    organization: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    qualifier: str = "exact"


@dataclass(frozen=True)
class Total:
    """Hold a network figure put together from declared values."""

    status: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    completeness: Completeness
    qualifier: str = "exact"


def value_of(kind: str, numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """Return the value: a count as it is, a ratio in per cent; None when it cannot be formed."""
    if numerator is None:
        return None
    if kind != "ratio":
        return Decimal(numerator)
    if not denominator:
        return None
    return (Decimal(100) * Decimal(numerator) / Decimal(denominator)).quantize(FOUR_PLACES, ROUND_HALF_EVEN)


def status_of(measure: Measure) -> str:
    """Return whether a computed figure is whole, incomplete or not known."""
    if not measure.is_known:
        return NOT_KNOWN
    whole = measure.completeness.received >= measure.completeness.expected
    return COMPUTED if whole else INCOMPLETE


def put_together(kind: str, given: Sequence[Given], expected: Iterable[str]) -> Total:
    """Return the network's figure from what the organizations declared.

    A count is the sum of the values, a ratio the sum of numerators over the sum of denominators: a bare
    percentage cannot be added up and counts as missing. What is missing makes the figure incomplete.
    """
    wanted = sorted(set(expected))
    usable = {one.organization: one for one in given if one.organization and is_usable(kind, one)}
    completeness = Completeness(
        len(wanted), sum(1 for code in wanted if code in usable), tuple(c for c in wanted if c not in usable)
    )
    if not usable:
        return Total(NOT_KNOWN, None, None, None, completeness)
    numerator = sum((part_of(kind, one) or Decimal(0) for one in usable.values()), Decimal(0))
    denominator = sum((one.denominator or Decimal(0) for one in usable.values()), Decimal(0)) or None
    status = DECLARED if completeness.received == completeness.expected else INCOMPLETE
    rough = any(one.qualifier != "exact" for one in usable.values())
    value = value_of(kind, numerator, denominator)
    return Total(status, value, numerator, denominator, completeness, "about" if rough else "exact")


def is_usable(kind: str, one: Given) -> bool:
    """Tell whether a declared value can be added to others."""
    if kind == "ratio":
        return one.numerator is not None and bool(one.denominator)
    return part_of(kind, one) is not None


def part_of(kind: str, one: Given) -> Decimal | None:
    """Return what the value adds to the numerator, None when it cannot be added."""
    return one.numerator if kind == "ratio" or one.value is None else one.value


def qualifier_from(words: str) -> str:
    """Return the qualifier that a source's words mean: "about (a third)" is about, what says nothing is exact."""
    said = words.strip().lower()
    return next((code for begin, code in SAID_BY_SOURCES.items() if said.startswith(begin)), "exact")


def last_closed_year(day: date) -> int:
    """Return the last calendar year that is over on that day."""
    return day.year - 1


def figure_key(code: str, year: int, organization: str, version: int) -> str:
    """Return the key of a figure, as it stands in addresses: "centres-2017-NET-v1"."""
    return f"{code}-{year}-{organization or 'NET'}-v{version}"


def fingerprint(*parts: Decimal | date | int | str | None) -> str:
    """Return a SHA-256 of the values, so that a signature shows when they were changed after it."""
    plain = [None if part is None else canonical(part) for part in parts]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def canonical(part: Decimal | date | int | str) -> str:
    """Return the one text of a value, whatever number of zeros a database gave it."""
    if isinstance(part, Decimal):
        return format(part.normalize(), "f")
    return part.isoformat() if isinstance(part, date) else str(part)


def interval_of(
    kind: str, numerator: Decimal | None, denominator: Decimal | None, below: int
) -> Interval | None:
    """Return the interval to show beside a share of few cases, None when there are enough of them."""
    if kind != "ratio" or numerator is None or not denominator or denominator >= below:
        return None
    if numerator > denominator or numerator != int(numerator) or denominator != int(denominator):
        return None
    return wilson_interval(int(numerator), int(denominator))
