"""Compute the figures of a period: from records where they exist, else from what was declared."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from diapason.context.indicators.models import DeclaredValue, Figure, IndicatorDefinition
from diapason.context.indicators.rules.computation import (
    NOTHING_EXPECTED,
    REGISTERED,
    Completeness,
    Measure,
    Part,
)
from diapason.context.indicators.rules.figures import (
    COMPUTED,
    DECLARED,
    FOUR_PLACES,
    NOT_KNOWN,
    Given,
    figure_key,
    fingerprint,
    put_together,
    status_of,
    value_of,
)
from diapason.context.network.models import Organization
from diapason.kernel.dates import Period


@dataclass(frozen=True)
class Found:
    """Hold one value with everything that a figure says of it."""

    status: str
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    value: Decimal | None = None
    day: date | None = None
    qualifier: str = "exact"
    completeness: Completeness = NOTHING_EXPECTED
    declared: DeclaredValue | None = None
    source: str = ""


def drafts(period: Period) -> list[Figure]:
    """Return the unsaved figures of a calendar year, for the network and for each organization with a value.

    Reads only. One query per computing function and three of its own, whatever the number of records.
    """
    organizations = {one.pk: one for one in Organization.objects.members().open_on(last_day(period))}
    declared: dict[int, list[DeclaredValue]] = defaultdict(list)
    rows = DeclaredValue.objects.in_force().exclude(indicator=None).exclude(scope="national")
    for row in rows.filter(period_start=period.start, period_end=last_day(period)).order_by("pk"):
        declared[row.indicator_id or 0].append(row)
    found: list[Figure] = []
    for definition in IndicatorDefinition.objects.filter(is_current=True).select_related("indicator"):
        found += figures_of(definition, period, organizations, declared[definition.indicator_id])
    return found


def last_day(period: Period) -> date:
    """Return the day as of which the period's figures are computed."""
    return period.end or period.start


def figures_of(
    definition: IndicatorDefinition,
    period: Period,
    organizations: Mapping[int, Organization],
    declared: Sequence[DeclaredValue],
) -> Iterator[Figure]:
    """Return the network's figure and those of the organizations, by one definition."""
    computation = REGISTERED.get(definition.computed_by)
    measure = computation.measure(period) if computation else Measure()
    yield figure_from(definition, period, None, network_value(definition, measure, organizations, declared))
    own = {row.organization_id: row for row in declared if row.organization_id}
    parts = {part.organization_id: part for part in measure.parts}
    for key, organization in organizations.items():
        value = organization_value(definition, parts.get(key), own.get(key))
        if value is not None:
            yield figure_from(definition, period, organization, value)


def network_value(
    definition: IndicatorDefinition,
    measure: Measure,
    organizations: Mapping[int, Organization],
    declared: Sequence[DeclaredValue],
) -> Found:
    """Return the network's value: records first when they are whole, then what was declared for the network.

    After these come incomplete records, and last the sum of what the organizations declared.
    """
    status = status_of(measure)
    of_network = [row for row in declared if row.organization_id is None]
    if status == COMPUTED or (status != NOT_KNOWN and not of_network):
        return measured(definition, measure, status)
    if of_network:
        return as_declared(of_network[-1])
    if definition.computed_by:
        return Found(status=NOT_KNOWN, completeness=measure.completeness)
    given = [
        Given(
            organizations[row.organization_id or 0].code,
            row.value,
            row.numerator,
            row.denominator,
            row.qualifier,
        )
        for row in declared
        if row.organization_id in organizations
    ]
    total = put_together(definition.kind, given, expected_codes(definition.expected_from, organizations))
    return Found(
        status=total.status,
        numerator=total.numerator,
        denominator=total.denominator,
        value=total.value,
        qualifier=total.qualifier,
        completeness=total.completeness,
        source="; ".join(sorted({row.source for row in declared}))[:300],
    )


def expected_codes(expected_from: str, organizations: Mapping[int, Organization]) -> list[str]:
    """Return the codes of the organizations of which a value is expected."""
    kinds = {
        "centres": lambda one: one.kind == Organization.Kind.CENTRE,
        "members": lambda one: True,
        "sponsors": lambda one: one.is_sponsor,
        "central": lambda one: one.kind == Organization.Kind.CENTRAL_FUNCTION,
    }
    chosen = kinds.get(expected_from, lambda one: False)
    return [one.code for one in organizations.values() if chosen(one)]


def measured(definition: IndicatorDefinition, measure: Measure, status: str) -> Found:
    """Return a computed value."""
    return Found(
        status=status,
        numerator=measure.numerator,
        denominator=measure.denominator,
        value=value_of(definition.kind, measure.numerator, measure.denominator),
        day=measure.day,
        completeness=measure.completeness,
    )


def as_declared(row: DeclaredValue) -> Found:
    """Return a value as it was declared."""
    return Found(
        status=DECLARED,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        qualifier=row.qualifier,
        declared=row,
        source=row.source,
    )


def organization_value(
    definition: IndicatorDefinition, part: Part | None, row: DeclaredValue | None
) -> Found | None:
    """Return an organization's value: from records, else as declared, None when neither is there."""
    if part is not None and (part.numerator is not None or part.day is not None):
        return measured(definition, Measure(part.numerator, part.denominator, part.day), COMPUTED)
    return as_declared(row) if row is not None else None


def figure_from(
    definition: IndicatorDefinition, period: Period, organization: Organization | None, found: Found
) -> Figure:
    """Return the unsaved figure with its key and fingerprint."""
    code = organization.code if organization else ""
    numbers = [exact(found.numerator), exact(found.denominator), exact(found.value)]
    completeness = found.completeness
    print_of = fingerprint(
        definition.content_hash, code, period.start, *numbers, found.day, found.status, found.qualifier,
        completeness.expected, completeness.received, ",".join(completeness.missing), found.source,
    )  # fmt: skip
    return Figure(
        key=figure_key(definition.indicator.code, period.start.year, code, definition.revision),
        indicator=definition.indicator,
        definition=definition,
        organization=organization,
        period_start=period.start,
        period_end=last_day(period),
        numerator=numbers[0],
        denominator=numbers[1],
        value=numbers[2],
        value_on=found.day,
        status=found.status,
        qualifier=found.qualifier,
        expected=completeness.expected,
        received=completeness.received,
        missing=list(completeness.missing),
        source=found.source,
        declared=found.declared,
        fingerprint=print_of,
    )


def exact(number: Decimal | int | None) -> Decimal | None:
    """Return the number with the four decimals that the table keeps."""
    return None if number is None else Decimal(number).quantize(FOUR_PLACES, ROUND_HALF_EVEN)
