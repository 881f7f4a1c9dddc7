"""Register the functions that compute an indicator from records, and say what they return.

A chapter above registers its functions when it is ready:

    @computes("organizations_certified", records=certificates_behind)
    def organizations_certified(period: Period) -> Measure: ...

The function answers for the network and gives one part per organization; it only reads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from diapason.kernel.dates import Period


@dataclass(frozen=True)
class Completeness:
    """Hold of how many sources an answer was expected, and which did not give one (codes)."""

    expected: int = 0
    received: int = 0
    missing: tuple[str, ...] = ()


NOTHING_EXPECTED = Completeness()


@dataclass(frozen=True)
class Part:
    """Hold one organization's share in a figure; without a numerator its value is not known."""

    organization_id: int
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Measure:
    """Hold what a computing function found for the network and for each organization.

    A measure without numerator and day is "not known": there are no records to compute from,
    which is not the same as zero.
    """

    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    day: date | None = None
    completeness: Completeness = NOTHING_EXPECTED
    parts: tuple[Part, ...] = ()

    @property
    def is_known(self) -> bool:
        """Tell whether there were records to compute from."""
        return self.numerator is not None or self.day is not None


@dataclass(frozen=True)
class RecordsLink:
    """Point to the list of records behind a figure: a named page and its filters."""

    label: str
    url_name: str
    query: Mapping[str, str] = field(default_factory=dict)


Computing = Callable[[Period], Measure]
Records = Callable[[Period, str], list[RecordsLink]]


@dataclass(frozen=True)
class Computation:
    """Hold a registered function and the one that points to its records."""

    measure: Computing
    records: Records | None = None


REGISTERED: dict[str, Computation] = {}


def computes(name: str, *, records: Records | None = None) -> Callable[[Computing], Computing]:
    """Register the decorated function under the name that definitions use in `computed_by`.

    `records(period, organization_code)` returns the lists behind the figure ("" for the network).
    Raises ValueError when another function already took the name.
    """

    def register(function: Computing) -> Computing:
        taken = REGISTERED.get(name)
        if taken is not None and taken.measure is not function:
            raise ValueError(f"{name} is already computed by {taken.measure.__module__}")
        REGISTERED[name] = Computation(function, records)
        return function

    return register
