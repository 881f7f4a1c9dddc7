"""Invent the figures that establishments declare; those of 2017 add up to the release's."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.context.indicators import acts
from diapason.context.network.models import Organization
from diapason.demonstration.invention import draw, shares
from diapason.demonstration.network import SOURCE

FIRST_YEAR = 2017
TOTALS = {
    "patients_per_year": (516_000, 0.010),
    "consultations": (1_215_000, 0.006),
    "hospitalised_patients": (140_000, 0.008),
    "cohort_patients": (30_000, 0.115),
}
"""Total of 2017 and yearly growth of what is counted."""
RATIOS = {
    "patients_in_trials_release": (16_432, 104_000),
    "patients_in_trials_oeci": (14_870, 104_000),
    "patients_in_trials_inca": (18_240, 121_600),
}
"""Numerator and denominator of 2017, summed over the centres."""
GRANTS = (37, 70)
PUBLICATIONS = 25
SILENT = "PER"
"""The centre that has not yet answered the last campaign: its figures are missing, not zero."""


def declare(*, today: date, by: Automaton) -> None:
    """Hand the invented declarations over to the indicators' chapter, a year at a time."""
    centres = list(Organization.objects.centres().order_by("code").values_list("code", flat=True))
    central = Organization.objects.members().exclude(code__in=centres).get().code
    for year in range(FIRST_YEAR, today.year):
        last = year == today.year - 1
        rows = [row for row in _rows(year, centres, central) if not (last and row["scope"] == SILENT)]
        acts.declare_figures(rows=rows, by=by, on=date(year + 1, 2, 15))


def _rows(year: int, centres: list[str], central: str) -> Iterator[dict[str, Any]]:
    age = year - FIRST_YEAR
    for indicator, (total, growth) in TOTALS.items():
        amounts = shares(draw(indicator), round(total * (1 + growth) ** age), len(centres), least=200)
        for code, amount in zip(centres, amounts, strict=True):
            yield _row(year, code, indicator, value=amount)
    for indicator, (part, base) in RATIOS.items():
        bases = shares(draw("new patients"), round(base * 1.008**age), len(centres), least=600)
        parts = _parts(round(part * 1.02**age), bases, f"{indicator} {year}")
        for code, numerator, denominator in zip(centres, parts, bases, strict=True):
            yield _row(year, code, indicator, numerator=numerator, denominator=denominator)
    yield _row(year, "network", "phrc_share", numerator=GRANTS[0] + age % 4, denominator=GRANTS[1] + age % 3)
    yield _row(year, central, "central_publications", value=PUBLICATIONS + age)


def _parts(total: int, bases: list[int], topic: str) -> list[int]:
    """Return numerators that add up to `total` and follow their bases with some spread."""
    chance = draw(topic)
    weights = [base * chance.uniform(0.75, 1.25) for base in bases]
    parts = [int(total * weight / sum(weights)) for weight in weights]
    parts[0] += total - sum(parts)
    return parts


def _row(year: int, scope: str, indicator: str, **amounts: int) -> dict[str, Any]:
    return {
        "year": year,
        "scope": scope,
        "indicator": indicator,
        "qualifier": "exact",
        "source": f"{SOURCE}, recueil {year}",
        "is_published": False,
        **amounts,
    }
