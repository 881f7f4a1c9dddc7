"""Sort what is counted so that the few classes that matter come first."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ParetoRow:
    """Hold one class: its count, its share and the share of all up to it (both 0 to 1); `is_vital` for the first."""

    label: str
    count: int
    share: float
    cumulative: float
    is_vital: bool


def pareto(counts: Mapping[str, int], vital_share: float = 0.8) -> list[ParetoRow]:
    """Return the classes by falling count (then by label), without empty ones.

    Vital are the classes needed to reach `vital_share` of all (J. M. Juran). ValueError for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("counts are never negative")
    total, reached, rows = sum(counts.values()), 0, []
    for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count:
            is_vital = reached < vital_share * total
            reached += count
            rows.append(ParetoRow(label, count, count / total, reached / total, is_vital))
    return rows
