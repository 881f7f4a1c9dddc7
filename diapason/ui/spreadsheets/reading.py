"""Sort the rows of a table into good ones and faults; each fault names row and column."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext

from diapason.kernel.personal_data import suspicions
from diapason.kernel.words import message
from diapason.ui.languages import in_language
from diapason.ui.spreadsheets.columns import BadCell, Column, folded, in_both, is_blank
from diapason.ui.spreadsheets.raw import RawRow, Unusable
from diapason.ui.wording import sentence

EMPTY: Final = message("The table is empty.")
NO_HEADER: Final = message("The first row must name the columns; these are missing: %(names)s.")
HEAD_WITHIN: Final = 12
"""Among how many rows the names of the columns are looked for: titles may stand above them."""
TWICE: Final = message("The column “%(name)s” stands there twice.")


@dataclass(frozen=True)
class Fault:
    """Hold what is wrong: the row, the column ("" for the whole row), a message id and its parameters."""

    number: int
    column: str
    reason: str
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return the header of the column in the reader's language."""
        return gettext(self.column) if self.column else ""

    @property
    def text(self) -> str:
        """Return what is wrong in the reader's language."""
        return sentence(self.reason, self.parameters)


@dataclass(frozen=True)
class GoodRow:
    """Hold a row that can be taken over: its number and its values by the code of their column."""

    number: int
    values: dict[str, Any]


Check = Callable[[dict[str, Any], int], Iterable[tuple[str, str, dict[str, Any]]]]
"""What a chapter checks across the cells of a row: (values, row number) → (column code, message id, parameters)."""


@dataclass
class Reading:
    """Hold what a table gave: good rows, faults, doubts (data of participants?) and headers that nobody asked for.

    `above`: the rows before that of the headers, taken for titles.
    """

    columns: Sequence[Column]
    good: list[GoodRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    above: list[int] = field(default_factory=list)

    @property
    def faulty_rows(self) -> int:
        """Return how many rows cannot be taken over."""
        return len({fault.number for fault in self.faults})

    @property
    def total(self) -> int:
        """Return how many rows the table has, the header left out."""
        return len(self.good) + self.faulty_rows


def read(rows: Sequence[RawRow], columns: Sequence[Column], check: Check | None = None) -> Reading:
    """Return good rows and faults; the first row names the columns, in any order, French or English.

    Lines of title may stand above it. Unusable when there is no row, a required column is missing or one stands there
    twice. The example row of the model is passed over.
    """
    if not rows:
        raise Unusable(EMPTY)
    head = _head(rows, columns)
    places, ignored = _places(rows[head].cells, columns)
    reading = Reading(columns, ignored=ignored, above=[row.number for row in rows[:head]])
    examples = _examples(columns)
    for row in rows[head + 1 :]:
        cells = {column.code: _cell(row, places.get(column.code)) for column in columns}
        if _signature(cells, columns) not in examples:
            _sort(row.number, cells, reading, check)
    return reading


def _head(rows: Sequence[RawRow], columns: Sequence[Column]) -> int:
    """Return the place of the row that names most columns among the first ones; the first where none does."""
    known = {header for column in columns for header in column.headers}
    named = [sum(folded(str(cell)) in known for cell in row.cells) for row in rows[:HEAD_WITHIN]]
    return named.index(max(named))


def _places(cells: Sequence[Any], columns: Sequence[Column]) -> tuple[dict[str, int], list[str]]:
    codes = {header: column for column in columns for header in column.headers}
    places: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(cells):
        if is_blank(cell):
            continue
        column = codes.get(folded(str(cell)))
        if column is None:
            ignored.append(str(cell).strip()[:60])
        elif column.code in places:
            raise Unusable(TWICE, name=gettext(column.label))
        else:
            places[column.code] = place
    missing = [gettext(column.label) for column in columns if column.required and column.code not in places]
    if missing:
        raise Unusable(NO_HEADER, names=", ".join(missing))
    return places, ignored


def _cell(row: RawRow, place: int | None) -> Any:
    return row.cells[place] if place is not None and place < len(row.cells) else None


def _signature(cells: dict[str, Any], columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(
        "" if is_blank(cells[column.code]) else folded(str(cells[column.code])) for column in columns
    )


def _said(value: Any) -> str:
    """Return a cell for comparison; a midnight is the day itself."""
    if isinstance(value, datetime) and not (value.hour or value.minute):
        value = value.date()
    return str(value)


def _examples(columns: Sequence[Column]) -> set[tuple[str, ...]]:
    """Return the example row as the model writes it, in both languages."""
    if not any(column.example for column in columns):
        return set()
    return {
        tuple(folded(_said(example_of(column, language) or "")) for column in columns)
        for language in ("fr", "en")
    }


def example_of(column: Column, language: str) -> Any:
    """Return what the example row of the model shows in a column."""
    if column.choices is not None and column.example in column.choices:
        return in_both(str(column.choices[column.example]))[language]
    return in_both(column.example)[language] if isinstance(column.example, str) else column.example


def _sort(number: int, cells: dict[str, Any], reading: Reading, check: Check | None) -> None:
    values, faults = {}, []
    for column in reading.columns:
        try:
            values[column.code] = column.value_of(cells[column.code])
        except BadCell as bad:
            faults.append(Fault(number, column.label, bad.reason, bad.parameters))
    labels = {column.code: column.label for column in reading.columns}
    if not faults and check is not None:
        found = check(values, number)
        faults = [Fault(number, labels.get(code, ""), reason, more) for code, reason, more in found]
    if faults:
        reading.faults += faults
        return
    reading.good.append(GoodRow(number, values))
    for column in reading.columns:
        if column.is_free_text:
            reading.doubts += _doubts(number, column, str(values[column.code]))


def _doubts(number: int, column: Column, text: str) -> list[Fault]:
    asked = message("“%(excerpt)s” %(doubt)s.")
    return [
        Fault(number, column.label, asked, {"excerpt": each.excerpt, "doubt": gettext(each.label)})
        for each in suspicions(text)
        if not each.is_weak
    ]


def shown(column: Column, value: Any) -> Any:
    """Return a value as the preview shows it: the label of a choice, anything else as it is."""
    if column.choices is not None and value in column.choices:
        return in_language(**in_both(str(column.choices[value])))
    return value
