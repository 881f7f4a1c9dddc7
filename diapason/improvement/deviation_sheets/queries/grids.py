"""Gather what a grid shows: the open studies of a house in a month, or the months of one study."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from diapason.context.network.models import Organization
from diapason.context.studies.models import InvestigatorSite, Study
from diapason.context.studies.queries import in_status
from diapason.context.studies.rules.vocabulary import ACTIVE
from diapason.improvement.deviation_sheets.models import (
    DeviationCount,
    DeviationProposal,
    DeviationSheet,
    month_name,
)
from diapason.improvement.deviation_sheets.rules.cells import Cell
from diapason.kernel.dates import Period, months_after
from diapason.ui.together import HowMany, ask_together

WHICH = ("", "missing", "counted")
"""Which studies a grid shows: all, those without their sheet, those with deviations."""


@dataclass
class Line:
    """Hold one line of a grid: a study of a month, or a month of a study; `version` 0 when there is no sheet yet."""

    name: str
    label: str
    study: Study
    month: date
    sheet: DeviationSheet | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    detail: str = ""

    @property
    def full_name(self) -> str:
        """Return what tells it from every other line: two studies may bear the same name."""
        return f"{self.label} ({self.name})" if self.detail else self.label

    @property
    def version(self) -> int:
        """Return the version of its sheet."""
        return self.sheet.version if self.sheet else 0

    @property
    def total(self) -> Cell | None:
        """Return the sum of what is known, None when nothing is."""
        return sum(self.cells.values(), Cell(0)) if self.cells else None


@dataclass(frozen=True)
class Grid:
    """Hold the lines shown, how many proposals wait, and of the whole month how many studies and how many sheets."""

    lines: list[Line]
    waiting: int
    studies: int = 0
    sheets: int = 0

    @property
    def known(self) -> int:
        """Return how many lines have a sheet."""
        return sum(1 for line in self.lines if line.sheet)

    @property
    def total(self) -> Cell:
        """Return the sum of all that is known."""
        return sum((line.total for line in self.lines if line.total), Cell(0))


def open_studies(organization: Organization, month: date, user: Any) -> Any:
    """Return the studies under way in a month that the house sponsors or takes part in, or has a sheet of."""
    last = months_after(month, 1)
    there = InvestigatorSite.objects.filter(
        study=OuterRef("pk"), organization=organization, is_listed=True
    ).filter(Q(opened_on=None) | Q(opened_on__lt=last), Q(closed_on=None) | Q(closed_on__gte=month))
    sheets = DeviationSheet.objects.filter(study=OuterRef("pk"), organization=organization, month=month)
    under_way = in_status(ACTIVE, Period(month, last)) & (Q(sponsor=organization) | Exists(there))
    return Study.objects.visible_to(user).filter(Q(under_way) | Exists(sheets)).order_by("sort_key", "key")


def studies_asked(organization: Organization, month: date, user: Any, which: str = "", text: str = "") -> Any:
    """Return the studies of a month of which one asks: by name or number, without their sheet, with deviations."""
    rows = open_studies(organization, month, user)
    sheets = DeviationSheet.objects.filter(study=OuterRef("pk"), organization=organization, month=month)
    if which == "missing":
        rows = rows.filter(~Exists(sheets))
    elif which == "counted":
        counted = DeviationCount.objects.filter(
            count__gt=0, sheet__study=OuterRef("pk"), sheet__organization=organization, sheet__month=month
        )
        rows = rows.filter(Exists(counted))
    return (rows.matching(text) if text else rows).select_related("sponsor")


def grid_of_month(organization: Organization, month: date, studies: Sequence[Study], user: Any) -> Grid:
    """Return one line for each of these studies, and what is counted of the whole month; one statement."""
    keys = [study.pk for study in studies]
    sheets = DeviationSheet.objects.filter(organization=organization, month=month, study__in=keys)
    counts = DeviationCount.objects.filter(
        sheet__organization=organization, sheet__month=month, sheet__study__in=keys
    )
    waiting: Any = DeviationProposal.objects.visible_to(user).waiting()
    every = open_studies(organization, month, user).order_by()
    filled = DeviationSheet.objects.visible_to(user).filter(organization=organization, month=month)
    known, rows, proposals, number, sheets_filled = ask_together(
        sheets,
        counts.values_list("sheet_id", "category", "count", "major"),
        HowMany(waiting.filter(organization=organization)[:100]),
        HowMany(every),
        HowMany(filled),
    )
    by_study = {sheet.study_id: sheet for sheet in known}
    lines = [
        Line(study.key, str(study), study, month, by_study.get(study.pk), detail=study.sponsor_said)
        for study in studies
    ]
    _fill(lines, rows)
    return Grid(lines, proposals, number, sheets_filled)


def studies_named(organization: Organization, month: date, names: Sequence[str], user: Any) -> list[Study]:
    """Return the studies of the lines that somebody sends, whatever page and filter they stood on.

    A study that has ended since the page was shown still takes its counts; one that the house has nothing to do with
    is left out.
    """
    rows = studies_of_house(organization, user) | open_studies(organization, month, user)
    return list(rows.filter(key__in=names).select_related("sponsor").order_by("sort_key", "key"))


def grid_of_study(organization: Organization, study: Study, months: list[date]) -> Grid:
    """Return one line for each month of a study at a house, the newest first; one statement."""
    sheets = DeviationSheet.objects.filter(organization=organization, study=study, month__gte=months[0])
    counts = DeviationCount.objects.filter(
        sheet__organization=organization, sheet__study=study, sheet__month__gte=months[0]
    )
    waiting = DeviationProposal.objects.filter(organization=organization, study=study, state="proposed")
    known, rows, proposals = ask_together(
        sheets, counts.values_list("sheet_id", "category", "count", "major"), HowMany(waiting)
    )
    by_month = {sheet.month: sheet for sheet in known}
    lines = [
        Line(f"{month:%Y-%m}", month_name(month), study, month, by_month.get(month))
        for month in reversed(months)
    ]
    _fill(lines, rows)
    return Grid(lines, proposals)


def _fill(lines: list[Line], rows: list[tuple[int, str, int, int]]) -> None:
    by_sheet = {line.sheet.pk: line for line in lines if line.sheet}
    for sheet, category, count, major in rows:
        if sheet in by_sheet:
            by_sheet[sheet].cells[category] = Cell(count, major)


def studies_of_house(organization: Organization, user: Any) -> Any:
    """Return every study that the house sponsors or takes part in, whatever its state."""
    there = InvestigatorSite.objects.filter(study=OuterRef("pk"), organization=organization, is_listed=True)
    rows = Study.objects.visible_to(user).filter(Q(sponsor=organization) | Exists(there))
    return rows.order_by("sort_key", "key")
