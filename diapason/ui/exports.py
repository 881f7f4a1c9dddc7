"""Write a list as a table for spreadsheets: every row that the filters keep, the columns that the page shows.

Comma-separated, UTF-8 with a byte order mark, days as YYYY-MM-DD, numbers without thousands separators.
A text that a spreadsheet would take for a formula is written with an apostrophe before it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, Final

from django.http import FileResponse
from django.utils.translation import gettext

from diapason.kernel.dates import PartialDate
from diapason.ui import wording

FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
ROWS_AT_ONCE: Final = 500
IN_MEMORY: Final = 4_000_000


@dataclass(frozen=True)
class Column:
    """Hold one column: its heading (message id) and where its value is: a path ("holder.short_name") or a function."""

    label: str
    value: str | Callable[[Any], Any]

    def of(self, row: Any) -> Any:
        """Return the value of a row."""
        if callable(self.value):
            return self.value(row)
        for name in self.value.split("."):
            row = getattr(row, name, None)
        return row() if callable(row) else row


Prepare = Callable[[list[Any]], Iterable[Any]]


def written(value: Any) -> str | int | Decimal | float:
    """Return a value as a cell: plain for machines where there is a plain form, never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool | PartialDate):
        text = wording.shown(value)
    elif isinstance(value, int | float):
        return value
    elif isinstance(value, Decimal):
        return value.normalize() if value % 1 else int(value)
    elif isinstance(value, datetime):
        text = value.isoformat(sep=" ", timespec="seconds")
    elif isinstance(value, date):
        text = value.isoformat()
    else:
        text = str(value)
    return (
        f"'{text}" if text.lstrip(" ").startswith(FORMULA_MARKS) or text.startswith(FORMULA_MARKS) else text
    )


def lines(
    rows: Iterable[Any], columns: Iterable[Column], prepare: Prepare | None = None
) -> Iterator[list[Any]]:
    """Give the headings, then each row; `prepare` turns the rows of a batch into what the columns read."""
    columns = list(columns)
    yield [written(gettext(column.label)) for column in columns]
    remaining = iter(rows)
    while batch := list(islice(remaining, ROWS_AT_ONCE)):
        for row in prepare(batch) if prepare else batch:
            yield [written(column.of(row)) for column in columns]


def csv_file(
    rows: Iterable[Any], columns: Iterable[Column], name: str, prepare: Prepare | None = None
) -> FileResponse:
    """Answer with the table, gathered at once so that all rows come from the same state of the database."""
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
    text = io.TextIOWrapper(spool, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows(lines(rows, columns, prepare))
    text.detach()
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
