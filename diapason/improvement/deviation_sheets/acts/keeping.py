"""Enter and correct the counts of sheets (ICH E6(R3) § 3.11.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.improvement.deviation_sheets import facts, permissions
from diapason.improvement.deviation_sheets.acts.proposing import refresh_proposals
from diapason.improvement.deviation_sheets.models import DeviationCount, DeviationSheet, sheet_key
from diapason.improvement.deviation_sheets.rules.cells import MOST, Cell
from diapason.improvement.quality_events.models import words
from diapason.kernel.verdicts import Conflict, Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Log:
    """Hold where the sponsor's log is: system, code, link."""

    system: str = ""
    code: str = ""
    link: str = ""


@dataclass(frozen=True)
class Entry:
    """Hold what is entered of one sheet: categories not named stay, None stands for "not known".

    `version` is that of the sheet as it was shown, 0 when there was none, None when nothing was shown.
    """

    study: Study
    month: date
    cells: Mapping[str, Cell | None] = field(default_factory=dict)
    log: Log | None = None
    version: int | None = None


@act
def keep_sheets(*, organization: Organization, entries: Sequence[Entry], by: Any, on: date) -> int:
    """Enter the counts of some studies and months; return how many sheets changed; the rules look at them at once.

    Raises Refused for whoever does not keep sheets there, Conflict when a sheet was changed meanwhile.
    """
    permissions.may_keep(organization, by=by).require()
    for entry in entries:
        check_entry(entry, on).require()
    sheets = _sheets_for(organization, entries, on)
    known = _counts_of(sheets)
    for entry in entries:
        sheet = sheets[entry.study.pk, entry.month]
        _keep(sheet, entry, known.setdefault(sheet.pk, {}))
    _record_filled(organization, [sheets[entry.study.pk, entry.month] for entry in entries], by)
    refresh_proposals(organization=organization, studies={entry.study.pk for entry in entries}, by=by, on=on)
    return len(entries)


def check_entry(entry: Entry, on: date) -> Verdict:
    """Tell whether an entry is sound: a month that has begun, known categories, major ones among the others."""
    if entry.month.day != 1 or entry.month > on:
        return Verdict.no(message("This month has not begun yet."))
    for category, cell in entry.cells.items():
        if category not in words().categories:
            return Verdict.no(message("There is no category %(category)s."), category=category)
        if cell and not 0 <= cell.major <= cell.count <= MOST:
            return Verdict.no(message("The major ones are among the others: write 5/1."))
    return Verdict.yes()


def _sheets_for(
    organization: Organization, entries: Sequence[Entry], on: date
) -> dict[tuple[int, date], DeviationSheet]:
    rows = DeviationSheet.objects.filter(
        organization=organization,
        study__in={entry.study.pk for entry in entries},
        month__in={entry.month for entry in entries},
    )
    sheets = {(sheet.study_id, sheet.month): sheet for sheet in rows}
    fresh = []
    for entry in entries:
        sheet = sheets.get((entry.study.pk, entry.month))
        if entry.version is not None and entry.version != (sheet.version if sheet else 0):
            raise Conflict(f"{entry.study} {entry.month:%Y-%m}")
        if sheet is None:
            sheet = DeviationSheet(
                key=sheet_key(organization.code, entry.study.key, entry.month),
                study=entry.study,
                organization=organization,
                month=entry.month,
                filled_on=on,
                **_log_values(entry.log),
            )
            fresh.append(sheet)
            sheets[entry.study.pk, entry.month] = sheet
        else:
            sheet.version, sheet.filled_on = sheet.version + 1, on
            for name, value in _log_values(entry.log).items():
                setattr(sheet, name, value)
            sheet.save()
    insert(DeviationSheet, fresh)
    return sheets


def _log_values(log: Log | None) -> dict[str, str]:
    return {} if log is None else {"log_system": log.system, "log_code": log.code, "log_link": log.link}


def _counts_of(sheets: Mapping[Any, DeviationSheet]) -> dict[int, dict[str, DeviationCount]]:
    found: dict[int, dict[str, DeviationCount]] = {}
    for count in DeviationCount.objects.filter(sheet__in=[sheet.pk for sheet in sheets.values()]):
        found.setdefault(count.sheet_id, {})[count.category] = count
    return found


def _keep(sheet: DeviationSheet, entry: Entry, known: dict[str, DeviationCount]) -> None:
    fresh = []
    for category, cell in entry.cells.items():
        row = known.get(category)
        if cell is None:
            if row is not None:
                row.delete()
        elif row is None:
            fresh.append(DeviationCount(sheet=sheet, category=category, count=cell.count, major=cell.major))
        elif row.cell != cell:
            row.version, row.count, row.major = row.version + 1, cell.count, cell.major
            row.save()
    insert(DeviationCount, fresh)


def _record_filled(organization: Organization, sheets: Sequence[DeviationSheet], by: Any) -> None:
    known = _counts_of({sheet.pk: sheet for sheet in sheets})
    for sheet in sheets:
        total = sum((count.cell for count in known.get(sheet.pk, {}).values()), Cell(0))
        fact = facts.DeviationSheetFilled(
            subject=sheet.subject,
            organization=organization.code,
            month=f"{sheet.month:%Y-%m}",
            deviations=total.count,
            major=total.major,
        )
        record(fact, by=by)
