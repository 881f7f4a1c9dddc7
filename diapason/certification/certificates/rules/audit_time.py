"""Compute how many days a certification audit takes (IAF MD 5), in exact fractions."""

from dataclasses import dataclass
from fractions import Fraction

from diapason.certification.certificates.rules.tables import AuditTimeTable, Band
from diapason.kernel.words import message


class BadAuditTime(ValueError):
    """Stop an audit time that the table does not allow; carries a message id as text."""


@dataclass(frozen=True)
class AuditTime:
    """Hold the days of each audit of a cycle for so many persons."""

    personnel: int
    table_days: Fraction
    continuum_days: Fraction
    initial: Fraction
    surveillance: Fraction
    recertification: Fraction
    smallest_on_site: Fraction
    verified: bool


def nearest(days: Fraction, step: Fraction) -> Fraction:
    """Return days rounded to the nearest step, a tie upwards (5.3 → 5.5; 5.2 → 5 by half days)."""
    return (days / step + Fraction(1, 2)).__floor__() * step


def band_of(personnel: int, table: AuditTimeTable) -> Band:
    """Return the line of the table for so many persons, following the progression above its end."""
    if personnel < 1:
        raise BadAuditTime(message("An audit needs at least one person in its scope."))
    for band in table.bands:
        if personnel <= band.upto:
            return band
    upper, days = Fraction(table.bands[-1].upto), table.bands[-1].days
    while personnel > upper:
        upper, days = upper * table.growth, days + table.growth_days
    return Band(upper.__floor__(), days, verified=False)


def continuum_days(personnel: int, table: AuditTimeTable) -> Fraction:
    """Return the days read on the line through the middles of the bands, so that nothing jumps."""
    points, lower = [], 0
    for band in table.bands:
        points.append((Fraction(lower + 1 + band.upto, 2), band.days))
        lower = band.upto
    if personnel <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in zip(points, points[1:], strict=False):
        if personnel <= right:
            return low + (high - low) * (personnel - left) / (right - left)
    return max(points[-1][1], band_of(personnel, table).days)


def reduced(days: Fraction, percent: int, table: AuditTimeTable) -> Fraction:
    """Return the days after an adjustment in percent (negative shortens), refused beyond the limit."""
    if -percent > table.largest_reduction_percent:
        raise BadAuditTime(message("The time may not be reduced by more than the limit of the table."))
    return days * (100 + percent) / 100


def audit_time(personnel: int, table: AuditTimeTable, *, adjustment_percent: int = 0) -> AuditTime:
    """Return the days of the initial, surveillance and recertification audits (IAF MD 5).

    `personnel` is the effective number of persons in the scope; the shares are taken of the adjusted,
    not yet rounded time, and each result is rounded once.
    """
    band = band_of(personnel, table)
    adjusted = reduced(band.days, adjustment_percent, table)
    initial = nearest(adjusted, table.rounding_step)
    return AuditTime(
        personnel=personnel,
        table_days=band.days,
        continuum_days=continuum_days(personnel, table),
        initial=initial,
        surveillance=nearest(adjusted * table.surveillance_share, table.rounding_step),
        recertification=nearest(adjusted * table.recertification_share, table.rounding_step),
        smallest_on_site=initial * table.smallest_on_site_percent / 100,
        verified=band.verified,
    )


def site_days(days: Fraction, cut_percent: int, limit_percent: int, step: Fraction) -> Fraction:
    """Return the days for one sampled site after a cut, refused beyond the limit of the table (IAF MD 1)."""
    if not 0 <= cut_percent <= limit_percent:
        raise BadAuditTime(
            message("The time of a sampled site may not be cut by more than the limit of the table.")
        )
    return nearest(days * (100 - cut_percent) / 100, step)


def quote_gap(quoted: Fraction, computed: Fraction) -> Fraction:
    """Return how much the body's quote exceeds the computed time (negative: it is below)."""
    return quoted - computed
