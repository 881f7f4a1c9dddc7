"""Read the cells of CSV, TSV, pasted text, XLSX and ODS, within limits, with the row numbers that people see."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from diapason.kernel.words import message
from diapason.ui.spreadsheets.columns import is_blank

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_UNPACKED: Final = 60 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
LAST_ROW: Final = 20_000
"""No cell may stand further down: room for blank rows between those that count."""
END: Final = "\u0003"
"""Stands alone in a last line of our own: where it is not found again, quotation marks do not pair."""

CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,8})"')
ODS_ROW = re.compile(rb"<table:table-row\b[^>]*?(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
ODS_REPEATED_ROWS = re.compile(rb'number-rows-repeated="(\d+)"')
ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*>")
ODS_REPEATED_COLUMNS = re.compile(rb'number-columns-repeated="(\d+)"')
TOO_LARGE: Final = message("The file is larger than %(megabytes)s MB.")
TOO_MANY_ROWS: Final = message("There are more than %(rows)s rows; split the table.")
TOO_WIDE: Final = message("There are more than %(columns)s columns.")
UNREADABLE: Final = message(
    "This is no table that can be read: CSV, XLSX and ODS can, or rows copied and pasted."
)
PROTECTED: Final = message("The file is protected by a password; save it without one.")


class Unusable(Exception):
    """Refuse a whole table: a message id and its parameters."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(reason % parameters if parameters else reason)
        self.reason, self.parameters = reason, parameters


@dataclass(frozen=True)
class RawRow:
    """Hold the cells of one row and its number in the table as people see it (the first is 1)."""

    number: int
    cells: tuple[Any, ...]


def rows_of_file(data: bytes) -> list[RawRow]:
    """Return the rows that hold something; Unusable when the file is too large, packed beyond measure or no table."""
    if len(data) > MOST_BYTES:
        raise Unusable(TOO_LARGE, megabytes=MOST_BYTES // 1024 // 1024)
    if data[:4] == b"PK\x03\x04":
        return _limited(_workbook_cells(data))
    if data[:4] == b"\xd0\xcf\x11\xe0":  # the old container: a protected workbook, or one of before 2007
        raise Unusable(PROTECTED if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data else UNREADABLE)
    return rows_of_text(_decoded(data))


def rows_of_text(text: str) -> list[RawRow]:
    """Return the rows of pasted or comma-, semicolon- or tab-separated text that hold something; Unusable else."""
    if len(text.encode()) > MOST_BYTES:
        raise Unusable(TOO_LARGE, megabytes=MOST_BYTES // 1024 // 1024)
    if "\x00" in text:
        raise Unusable(UNREADABLE)
    lines = text.lstrip("\ufeff")
    head = next((line for line in lines.splitlines() if line.strip()), "")
    separator = max("\t;,", key=head.count)  # a tie keeps the first
    rows = _split(f"{lines}\n{END}\n", separator, csv.QUOTE_MINIMAL)
    if rows[-1] != (END,):  # a quotation mark was opened and never closed: it swallowed the rows after it
        rows = _split(f"{lines}\n{END}\n", separator, csv.QUOTE_NONE)
    return _limited(rows[:-1])


def _split(text: str, separator: str, quoting: Any) -> list[tuple[Any, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    rows: list[tuple[Any, ...]] = []
    try:
        for row in reader:
            if len(rows) > LAST_ROW:
                raise Unusable(TOO_MANY_ROWS, rows=MOST_ROWS)
            rows.append(tuple(row))
    except csv.Error:
        raise Unusable(UNREADABLE) from None
    return rows


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unusable(UNREADABLE)


def _limited(rows: list[tuple[Any, ...]]) -> list[RawRow]:
    kept = []
    for number, cells in enumerate(rows, start=1):
        last = max((place for place, cell in enumerate(cells, start=1) if not is_blank(cell)), default=0)
        if last > MOST_COLUMNS:
            raise Unusable(TOO_WIDE, columns=MOST_COLUMNS)
        if last:
            kept.append(RawRow(number, tuple(cells[:last])))
        if len(kept) > MOST_ROWS + 1:  # the header is none of them
            raise Unusable(TOO_MANY_ROWS, rows=MOST_ROWS)
    return kept


def _workbook_cells(data: bytes) -> list[tuple[Any, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bombs(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [sheet for sheet in book.sheets_metadata if "Visible" in str(sheet.visible)]
            if not shown:
                raise Unusable(UNREADABLE)
            sheet = book.get_sheet_by_name(shown[0].name)
            rows = [tuple(row) for row in sheet.to_python(skip_empty_area=False)]
            return _filled_down(rows, sheet.merged_cell_ranges or [])
    except (CalamineError, ValueError, OSError) as error:
        raise Unusable(PROTECTED if "assword" in str(error) else UNREADABLE) from None


def _filled_down(
    rows: list[tuple[Any, ...]], areas: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> list[tuple[Any, ...]]:
    """Return the rows, each cell merged over several of them standing in all that hold something besides."""
    filled = list(rows)
    for (first, place), (last, _end) in areas:
        if first >= len(rows) or place >= len(rows[first]):
            continue
        value = rows[first][place]
        for number in range(first + 1, min(last + 1, len(rows))):
            row = filled[number]
            if place < len(row) and is_blank(row[place]) and not all(map(is_blank, rows[number])):
                filled[number] = (*row[:place], value, *row[place + 1 :])
    return filled


def _refuse_bombs(data: bytes) -> None:
    """Refuse what would take memory beyond measure, before the reader unpacks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise Unusable(TOO_LARGE, megabytes=MOST_BYTES // 1024 // 1024)
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_xlsx_sheet(archive.read(name))
                elif name == "content.xml":
                    _check_ods(archive.read(name))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Unusable(UNREADABLE) from None


def _check_xlsx_sheet(xml: bytes) -> None:
    for match in CELL.finditer(xml):
        if int(match[2]) > LAST_ROW:
            raise Unusable(TOO_MANY_ROWS, rows=MOST_ROWS)
        if len(match[1]) == 3 or _column_number(match[1]) > MOST_COLUMNS:
            raise Unusable(TOO_WIDE, columns=MOST_COLUMNS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(xml: bytes) -> None:
    for row in ODS_ROW.finditer(xml):
        cells = row[1] or b""
        filled = [tag[0] for tag in ODS_CELL.finditer(cells) if b"value-type=" in tag[0]]
        widest = sum(_repeated(ODS_REPEATED_COLUMNS, tag) for tag in filled)
        if widest > MOST_COLUMNS:
            raise Unusable(TOO_WIDE, columns=MOST_COLUMNS)
        opening = row[0][: row[0].index(b">")]
        if filled and _repeated(ODS_REPEATED_ROWS, opening) > MOST_ROWS:
            raise Unusable(TOO_MANY_ROWS, rows=MOST_ROWS)


def _repeated(pattern: re.Pattern[bytes], tag: bytes) -> int:
    found = pattern.search(tag)
    return int(found[1]) if found else 1
