"""Find what deserves an event in the counts of some months: a major one, a repetition, a month above the limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diapason.improvement.deviation_sheets.rules.catalogue import Rule, SheetRules
from diapason.improvement.deviation_sheets.rules.cells import Cell
from diapason.statistics.process_control import ControlChart, c_chart, u_chart

LIMIT = ("beyond_limits",)


@dataclass(frozen=True)
class Signal:
    """Hold one finding: which rule, which category, which month, and the figure that it saw."""

    rule: str
    category: str
    month: date
    figure: int


def study_chart(cells: Sequence[Cell | None]) -> ControlChart:
    """Return the chart of one study and category; a month that is not known keeps its place and counts for nothing."""
    return c_chart([cell.count if cell else None for cell in cells], rules=LIMIT)


def house_chart(pairs: Sequence[tuple[int, int]]) -> ControlChart:
    """Return the chart of deviations per sheet, from (deviations, sheets known) a month."""
    return u_chart([count for count, _ in pairs], [sheets for _, sheets in pairs], rules=LIMIT)


def of_study(
    series: Mapping[str, Sequence[Cell | None]], months: Sequence[date], rules: SheetRules
) -> list[Signal]:
    """Return what the rules find in the counts of one study, by category; months are the oldest first."""
    found = []
    for category, cells in series.items():
        for rule in rules.rules.values():
            found += [
                Signal(rule.code, category, months[place], figure)
                for place, figure in FINDERS[rule.kind](rule, cells)
            ]
    return _lately(found, months, rules)


def of_house(
    series: Mapping[str, Sequence[tuple[int, int]]], months: Sequence[date], rules: SheetRules
) -> list[Signal]:
    """Return the months in which all studies of a house together lie above the limit, by category."""
    found = []
    for rule in (each for each in rules.rules.values() if each.kind == "above_limit"):
        for category, pairs in series.items():
            if sum(1 for _, sheets in pairs if sheets) >= rule.at_least:
                places = [at for at in above(house_chart(pairs)) if pairs[at][0] >= rule.fewest]
                found += [Signal(rule.code, category, months[place], pairs[place][0]) for place in places]
    return _lately(found, months, rules)


def _lately(found: Sequence[Signal], months: Sequence[date], rules: SheetRules) -> list[Signal]:
    recent = set(months[-rules.propose_for :])
    return [signal for signal in found if signal.month in recent]


def above(chart: ControlChart) -> list[int]:
    """Return the points that lie above their upper limit (below the lower one nothing is to be mended)."""
    found = []
    for index in sorted(chart.beyond):
        phase, value = chart.phase_of(index), chart.values[index]
        upper = phase.upper[index - phase.first] if phase.has_limits else None
        if value is not None and upper is not None and value > upper:
            found.append(index)
    return found


def _major(rule: Rule, cells: Sequence[Cell | None]) -> list[tuple[int, int]]:
    return [(place, cell.major) for place, cell in enumerate(cells) if cell and cell.major >= rule.at_least]


def _repeated(rule: Rule, cells: Sequence[Cell | None]) -> list[tuple[int, int]]:
    found, run = [], 0
    for place, cell in enumerate(cells):
        run = run + 1 if cell and cell.count else 0
        beyond = run - rule.at_least
        if beyond == 0 or (beyond > 0 and rule.again_after and beyond % rule.again_after == 0):
            found.append((place, run))
    return found


def _above_limit(rule: Rule, cells: Sequence[Cell | None]) -> list[tuple[int, int]]:
    if sum(1 for cell in cells if cell) < rule.at_least:
        return []
    counts = [cell.count if cell else 0 for cell in cells]
    return [(place, counts[place]) for place in above(study_chart(cells)) if counts[place] >= rule.fewest]


FINDERS = {"major": _major, "repeated": _repeated, "above_limit": _above_limit}
