"""Say what the spreadsheets of counts and the logs of sponsors hold, and how their rows become sheets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import ngettext

from diapason.context.studies.models import Study, StudyIdentifier
from diapason.improvement.deviation_sheets.acts.keeping import Entry
from diapason.improvement.deviation_sheets.models import log_words, rules
from diapason.improvement.deviation_sheets.rules.cells import MOST, Cell, month_of
from diapason.improvement.quality_events.models import words
from diapason.kernel.words import message
from diapason.ui.spreadsheets.columns import BadCell, Column, day, folded, text, whole_number, yes_or_no
from diapason.ui.spreadsheets.reading import GoodRow

AT_ONCE = 100
"""How many sheets one act enters."""
SEVERAL = message("several studies of the organization bear this name: give a number")
Fault = tuple[str, str, dict[str, Any]]


def month(value: Any) -> date:
    """Return the month of a cell: "2026-10", "10/2026" or any day of it; BadCell otherwise."""
    if isinstance(value, date | datetime):
        return date(value.year, value.month, 1)
    written = text(value)
    first, _slash, second = written.partition("/")
    found = month_of(written) or month_of(f"{second}-{first.zfill(2)}")
    return found or day(value).replace(day=1)


def a_count(value: Any) -> int:
    """Return a count; BadCell when it is negative or beyond measure."""
    found = whole_number(value)
    if not 0 <= found <= MOST:
        raise BadCell(message("a count lies between 0 and %(most)s"), most=MOST)
    return found


def columns() -> tuple[Column, ...]:
    """Return the columns of a table of counts."""
    names = {code: one.name.en for code, one in words().categories.items() if code in rules().grid}
    french = {one.name.fr: code for code, one in words().categories.items() if code in names}
    return (
        Column("study", message("Study"), required=True, example="NCT01234567", aliases=("nct", "numéro", "eudract"),
               hint=message("Its number in any register, our own number, or its acronym")),
        Column("month", message("Month"), parse=month, required=True, example="2026-10"),
        Column("category", message("Category"), parse=category_among(names, french), required=True,
               example=message("Consent (version, date, signature)")),
        Column("count", message("Deviations"), parse=a_count, required=True, example=3, aliases=("nombre", "count")),
        Column("major", message("of which major"), parse=a_count, example=1, default=0, aliases=("majeures",)),
    )  # fmt: skip


def category_among(names: Mapping[str, str], french: Mapping[str, str]) -> Callable[[Any], str]:
    """Return what reads a category from its code or name in either language, or from a sponsor's word for it."""
    known = {folded(name): code for code, name in names.items()}
    known |= {folded(name): code for name, code in french.items()}
    known |= {folded(word): code for word, code in log_words().categories.items()}

    def parse(value: Any) -> str:
        found = known.get(folded(text(value)))
        if found is None:
            raise BadCell(message("“%(value)s” is none of our categories"), value=text(value)[:60])
        return found

    return parse


def log_columns() -> tuple[Column, ...]:
    """Return the columns of a sponsor's log: one row a deviation; what else stands there is passed over, unread."""
    headers = log_words().headers
    return (
        Column("day", message("Date"), parse=day, required=True, aliases=headers["day"]),
        Column("category", message("Category"), parse=category_among({}, {}), required=True,
               aliases=headers["category"]),
        Column("important", message("Important"), parse=yes_or_no, default=False, aliases=headers["important"]),
    )  # fmt: skip


@dataclass(frozen=True)
class Finder:
    """Find a study by what a row calls it; None stands for a name that several bear."""

    known: Mapping[str, Study | None]

    def __call__(self, name: str) -> Study | None:
        """Return the study, None when there is none or more than one."""
        return self.known.get(folded(name))

    def is_shared(self, name: str) -> bool:
        """Tell whether several studies bear the name."""
        return folded(name) in self.known and self(name) is None


def study_finder(studies: Iterable[Study]) -> Finder:
    """Return what finds a study among these by our key, acronym or a number of a register; two statements."""
    found: dict[str, Study | None] = {}
    by_pk = {study.pk: study for study in studies}
    for study in by_pk.values():
        for name in filter(None, (study.key, study.acronym)):
            found[folded(name)] = study if folded(name) not in found else None
    for pk, number in StudyIdentifier.objects.filter(study__in=by_pk, is_disputed=False).values_list(
        "study_id", "value"
    ):
        found.setdefault(folded(number), by_pk[pk])
    return Finder(found)


def check_counts(find: Finder, on: date) -> Callable[[dict[str, Any], int], Iterable[Fault]]:
    """Return what looks across the cells of a row: a study of the house, a month begun, majors within, no row twice."""
    seen: set[tuple[str, date, str]] = set()

    def check(values: dict[str, Any], number: int) -> Iterable[Fault]:
        study = find(values["study"])
        if study is None:
            shared = find.is_shared(values["study"])
            yield "study", SEVERAL if shared else message("no study of the organization has this number"), {}
            return
        if values["month"] > on:
            yield "month", message("this month has not begun yet"), {}
        if values["major"] > values["count"]:
            yield "major", message("more major ones than deviations"), {}
        key = (study.key, values["month"], values["category"])
        if key in seen:
            yield "", message("study, month and category stand there already"), {}
        seen.add(key)

    return check


def check_log(on: date) -> Callable[[dict[str, Any], int], Iterable[Fault]]:
    """Return what looks at a row of a log: no deviation of the future."""

    def check(values: dict[str, Any], number: int) -> Iterable[Fault]:
        if values["day"] > on:
            yield "day", message("this day has not come yet"), {}

    return check


def entries_of(rows: Sequence[GoodRow], find: Finder) -> list[Entry]:
    """Return one entry a study and month from rows of counts."""
    cells: dict[tuple[int, date], dict[str, Cell | None]] = {}
    studies: dict[int, Study] = {}
    for row in rows:
        study = find(row.values["study"])
        if study is not None:
            studies[study.pk] = study
            line = cells.setdefault((study.pk, row.values["month"]), {})
            line[row.values["category"]] = Cell(row.values["count"], row.values["major"])
    return [Entry(studies[key], when, line) for (key, when), line in cells.items()]


def summed(rows: Sequence[GoodRow]) -> dict[date, dict[str, Cell]]:
    """Return month → category → count from the rows of a log, the months sorted."""
    found: dict[date, dict[str, Cell]] = {}
    for row in rows:
        line = found.setdefault(row.values["day"].replace(day=1), {})
        line[row.values["category"]] = line.get(row.values["category"], Cell(0)) + Cell(
            1, int(row.values["important"])
        )
    return dict(sorted(found.items()))


def entries_of_log(rows: Sequence[GoodRow], study: Study) -> list[Entry]:
    """Return one entry a month from a log; categories that it does not name stay as they are."""
    return [Entry(study, when, dict(line)) for when, line in summed(rows).items()]


def entered_said(sheets: int) -> str:
    """Say how many sheets were entered."""
    text = ngettext("%(number)s sheet is entered.", "%(number)s sheets are entered.", sheets)
    return text % {"number": sheets}


def batches(entries: Sequence[Entry]) -> Iterable[Sequence[Entry]]:
    """Give the entries in batches that one act takes."""
    return (entries[first : first + AT_ONCE] for first in range(0, len(entries), AT_ONCE))
