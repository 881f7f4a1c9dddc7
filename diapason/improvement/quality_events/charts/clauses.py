"""Draw the clauses that events touch: by organization, or by month for one alone; each cell opens its records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.quality_events.charts import counts
from diapason.improvement.quality_events.charts.figures import Links, Shown, days_of, month_label
from diapason.improvement.quality_events.queries.causes import ClauseCount
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.ui import wording
from diapason.ui.charts import CARD, INK, TEAL, Chart

MOST_CLAUSES = 18
ROW = 28
"""Height of one row, in pixels."""
DARK = 0.55
"""From this part of the largest count on the number is written in the colour of the card."""
Key = tuple[str, str, str]
"""Name a clause: code and label of its edition, number."""


@dataclass(frozen=True)
class Grid:
    """Hold the counts: clauses by falling total, columns, cells."""

    clauses: list[Key]
    columns: dict[str, str]
    cells: Counter[tuple[Key, str]]
    totals: Counter[Key]
    is_monthly: bool
    codes: Mapping[str, str]

    def where(self, clause: Key, column: str) -> dict[str, str]:
        """Return the filters of the list behind a cell."""
        found = {"clause": f"{clause[0]}/{clause[2]}"}
        if self.is_monthly:
            return {**found, **days_of(column)}
        return {**found, "organization": self.codes.get(column, "")}


def grid_of(found: Sequence[ClauseCount], sight: Sight) -> Grid:
    """Return the counts by clause and column: months for one organization alone, organizations for several."""
    monthly = not sight.counts_only and len(sight.houses) == 1
    names = {str(house.pk): house.short_name for house in sight.houses}
    totals: Counter[Key] = Counter()
    cells: Counter[tuple[Key, str]] = Counter()
    for one in found:
        clause = (one.edition, one.edition_label, one.number)
        totals[clause] += one.events
        cells[clause, one.month if monthly else str(one.house)] += one.events
    columns = sorted({column for _clause, column in cells})
    heads = {
        each: month_label(each) if monthly else names.get(each, _("all organizations")) for each in columns
    }
    clauses = sorted(totals, key=lambda clause: (-totals[clause], clause))[:MOST_CLAUSES]
    return Grid(clauses, heads, cells, totals, monthly, {str(house.pk): house.code for house in sight.houses})


def clause_chart(found: Sequence[ClauseCount], sight: Sight, links: Links) -> Shown:
    """Return clauses by organization (by month for one organization alone, all together where none is named)."""
    title = _("Events by clause")
    if not found:
        return Shown(
            title, None, remarks=[_("No event of this period names a clause.")], clause="ISO 9001 § 10.2"
        )
    grid = grid_of(found, sight)
    first = grid.clauses[0]
    said = ngettext(
        "%(clause)s is touched most: %(n)s event.", "%(clause)s is touched most: %(n)s events.", grid.totals[first],
    ) % {
        "clause": _said(first), "n": wording.figure(grid.totals[first]),
    }  # fmt: skip
    table = [
        [_said(clause), *(wording.figure(grid.cells[clause, column]) for column in grid.columns),
         wording.figure(grid.totals[clause])]
        for clause in grid.clauses
    ]  # fmt: skip
    labels = [_("Clause"), *grid.columns.values(), _("Total")]
    chart = (
        _bars(grid, links, said, labels, table)
        if sight.counts_only
        else _heat(grid, links, said, labels, table)
    )
    hidden = len(grid.totals) - len(grid.clauses)
    remarks = [
        _("The %(n)s most touched of %(all)s are drawn.") % {"n": len(grid.clauses), "all": len(grid.totals)}
    ]
    return Shown(title, chart, remarks=remarks if hidden else (), clause="ISO 9001 § 10.2")


def _heat(
    grid: Grid, links: Links, said: str, labels: Sequence[str], table: Sequence[Sequence[str]]
) -> Chart:
    height = ROW * len(grid.clauses)
    return Chart("events-clauses", said, _spec(grid, links), labels, table, height=height, width=860)


def _bars(
    grid: Grid, links: Links, said: str, labels: Sequence[str], table: Sequence[Sequence[str]]
) -> Chart:
    """Return one bar a clause, where no organization is named."""
    data = [
        {"name": _said(clause), "v": grid.totals[clause], "p": place, "c": TEAL, "url": ""}
        for place, clause in enumerate(grid.clauses)
    ]
    spec = counts.bars(data, sum(grid.totals.values()), _("share of all"))
    height = counts.ROW * len(grid.clauses)
    return Chart("events-clauses", said, spec, labels, table, height=height, width=counts.WIDTH)


def _said(clause: Key) -> str:
    return f"{clause[1]} § {clause[2]}"


def _cells(grid: Grid, links: Links) -> list[dict[str, Any]]:
    most = max(grid.cells.values())
    return [
        {"row": _said(clause), "col": head, "v": number, "o": round(0.12 + 0.88 * number / most, 2),
         "dark": number > DARK * most, "url": links(**grid.where(clause, column))}
        for clause in grid.clauses
        for column, head in grid.columns.items()
        if (number := grid.cells[clause, column])
    ]  # fmt: skip


def _spec(grid: Grid, links: Links) -> dict[str, Any]:
    data = _cells(grid, links)
    angle = -40 if len(grid.columns) > 6 else 0
    x = {"field": "col", "type": "nominal", "sort": list(grid.columns.values()), "title": None,
         "axis": {"orient": "top", "labelAngle": angle, "domain": False}}  # fmt: skip
    y = {"field": "row", "type": "nominal", "sort": [_said(clause) for clause in grid.clauses], "title": None,
         "axis": {"domain": False}}  # fmt: skip
    linked = {"href": {"field": "url"}} if any(row["url"] for row in data) else {}
    shade = {"field": "o", "type": "quantitative", "scale": None, "legend": None}
    rect = {
        "mark": {"type": "rect", "color": TEAL, "cornerRadius": 4},
        "encoding": {"fillOpacity": shade, **linked},
    }
    texts = [
        {"mark": {"type": "text", "fontWeight": 600, "color": colour}, "encoding": {"text": {"field": "v"}},
         "data": {"values": [row for row in data if row["dark"] is dark]}}
        for colour, dark in ((INK, False), (CARD, True))
    ]  # fmt: skip
    return {"data": {"values": data}, "encoding": {"x": x, "y": y}, "layer": [rect, *texts]}
