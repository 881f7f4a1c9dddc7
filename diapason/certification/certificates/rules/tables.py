"""Turn the declared tables (YAML already parsed) into typed values, refusing what makes no sense."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any


class BadTable(ValueError):
    """Stop the use of a declared table that contradicts itself."""


@dataclass(frozen=True)
class Source:
    """Hold where a table comes from: document, its edition, source read, whether it was verified."""

    document: str
    edition: str
    in_force: date | None
    source: str
    verified: bool


@dataclass(frozen=True)
class SamplingTable:
    """Hold the coefficients of site sampling (IAF MD 1)."""

    origin: Source
    coefficients: Mapping[str, Fraction]
    random_percent: int
    no_sampling_percent: int
    site_time_cut_percent: int


@dataclass(frozen=True)
class Band:
    """Hold one line of the audit-time table: up to so many persons, so many days."""

    upto: int
    days: Fraction
    verified: bool


@dataclass(frozen=True)
class AuditTimeTable:
    """Hold the audit-time table and its shares (IAF MD 5)."""

    origin: Source
    bands: tuple[Band, ...]
    growth: Fraction
    growth_days: Fraction
    surveillance_share: Fraction
    recertification_share: Fraction
    rounding_step: Fraction
    largest_reduction_percent: int
    smallest_on_site_percent: int


@dataclass(frozen=True)
class ExpiryStep:
    """Hold one step of the warnings before an expiry, in months, with the level it calls for ("none" for none).

    The level depends on the recertification audit: held, dated before the expiry, or without a date.
    """

    months: int
    held: str
    dated: str
    undated: str


@dataclass(frozen=True)
class CycleTable:
    """Hold the limits of a certification cycle, in months (ISO/IEC 17021-1)."""

    origin: Source
    cycle_months: int
    first_surveillance_months: int
    stage2_months: int
    suspension_months: int
    restoration_months: int
    warn_first_surveillance_months: int
    warn_calendar_year_months: int
    threat_calendar_year_months: int
    expiry_steps: tuple[ExpiryStep, ...]


def fraction(entry: Mapping[str, Any]) -> Fraction:
    """Return the exact fraction declared as numerator and denominator."""
    return Fraction(int(entry["numerator"]), int(entry["denominator"]))


def origin(data: Mapping[str, Any]) -> Source:
    """Return the source lines of a table."""
    return Source(
        document=data["document"],
        edition=str(data["edition"]),
        in_force=data.get("in_force"),
        source=data.get("source", ""),
        verified=data.get("verified", "knowledge") == "read",
    )


def sampling_table(data: Mapping[str, Any]) -> SamplingTable:
    """Return the site-sampling table."""
    return SamplingTable(
        origin=origin(data),
        coefficients={kind: fraction(entry) for kind, entry in data["coefficients"].items()},
        random_percent=data["random_percent"]["value"],
        no_sampling_percent=data["no_sampling"]["surveillance_percent"]["value"],
        site_time_cut_percent=data["site_time_cut_percent"]["value"],
    )


def audit_time_table(data: Mapping[str, Any]) -> AuditTimeTable:
    """Return the audit-time table; its bands must rise both in persons and in days."""
    bands = tuple(Band(b["upto"], Fraction(b["days"]), b["verified"] == "read") for b in data["bands"])
    for lower, upper in zip(bands, bands[1:], strict=False):
        if upper.upto <= lower.upto or upper.days <= lower.days:
            raise BadTable(f"band up to {upper.upto} does not rise above the one before")
    growth = fraction(data["beyond"])
    if growth <= 1:
        raise BadTable("the progression above the last band must grow")
    return AuditTimeTable(
        origin=origin(data),
        bands=bands,
        growth=growth,
        growth_days=Fraction(data["beyond"]["days"]),
        surveillance_share=fraction(data["surveillance_share"]),
        recertification_share=fraction(data["recertification_share"]),
        rounding_step=fraction(data["rounding_step"]),
        largest_reduction_percent=data["largest_reduction_percent"]["value"],
        smallest_on_site_percent=data["smallest_on_site_percent"]["value"],
    )


def cycle_table(data: Mapping[str, Any]) -> CycleTable:
    """Return the limits of the cycle, the earliest expiry step first."""
    names = (
        "cycle_months",
        "first_surveillance_months",
        "stage2_months",
        "suspension_months",
        "restoration_months",
        "warn_first_surveillance_months",
        "warn_calendar_year_months",
        "threat_calendar_year_months",
    )
    steps = sorted((ExpiryStep(**step) for step in data["expiry_steps"]), key=lambda s: -s.months)
    return CycleTable(origin=origin(data), expiry_steps=tuple(steps), **{n: data[n]["value"] for n in names})
