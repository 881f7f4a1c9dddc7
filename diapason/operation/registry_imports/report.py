"""Write the refused lines of an import as a table for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils.translation import gettext as _

from diapason.operation.registry_imports.models import StagedLine

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def disarmed(cell: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


def csv_lines(lines: Iterable[StagedLine]) -> Iterator[str]:
    """Return the table line by line, with a mark that makes spreadsheets read it as UTF-8."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff"
    for row in _rows(lines):
        writer.writerow([disarmed(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _rows(lines: Iterable[StagedLine]) -> Iterator[list[str]]:
    yield [_("Line"), _("Place in the file"), _("Code"), _("Reason")]
    for line in lines:
        yield [str(line.position), line.place, line.code, line.reason]
