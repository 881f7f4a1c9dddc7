"""Write workbooks: the model that people fill in, and exports; texts are never formulas."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext

from diapason.kernel.dates import PartialDate
from diapason.ui import exports, wording
from diapason.ui.languages import language_code
from diapason.ui.spreadsheets.columns import Column, day, in_both
from diapason.ui.spreadsheets.raw import MOST_ROWS
from diapason.ui.spreadsheets.reading import example_of

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL: Final = 32_767
NARROWEST, WIDEST = 12, 50
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(
    rows: Iterable[Any],
    columns: Sequence[exports.Column],
    *,
    title: str,
    about: str = "",
    on: date | None = None,
) -> bytes:
    """Return a workbook (.xlsx) with one line a row; `columns` are those of `ui.exports`.

    Days and numbers stay days and numbers. `title` names sheet and document, `about` says what was selected, `on` is
    the date of the document.
    """
    stream = io.BytesIO()
    with _workbook(stream, title, about, on) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(_sheet_name(title))
        labels = [gettext(column.label) for column in columns]
        widths = [len(label) + 2 for label in labels]
        for place, label in enumerate(labels):
            sheet.write_string(0, place, label, formats["head"])
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                widths[place] = max(widths[place], _write(sheet, last, place, column.of(row), formats))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width, NARROWEST), WIDEST))
        _finish(sheet, last, len(labels))
    return stream.getvalue()


@dataclass(frozen=True)
class Part:
    """Hold one sheet of a document: its name, its headings and its rows; one without rows is left out."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def document(parts: Iterable[Part], *, title: str, about: str = "", on: date | None = None) -> bytes:
    """Return a workbook (.xlsx) with one sheet for each part of a document, as its page and its paper show it."""
    stream = io.BytesIO()
    with _workbook(stream, title, about, on) as book:
        formats = _formats(book)
        for part in (each for each in parts if each.rows):
            sheet = book.add_worksheet(_sheet_name(part.title))
            widths = [len(heading) + 2 for heading in part.headings]
            for place, heading in enumerate(part.headings):
                sheet.write_string(0, place, heading, formats["head"])
            for number, row in enumerate(part.rows, start=1):
                for place, value in enumerate(row):
                    widths[place] = max(widths[place], _write(sheet, number, place, value, formats))
            for place, width in enumerate(widths):
                sheet.set_column(place, place, min(max(width, NARROWEST), WIDEST))
            _finish(sheet, len(part.rows), len(part.headings), filtered=False)
    return stream.getvalue()


def model(columns: Sequence[Column], *, title: str, on: date | None = None) -> bytes:
    """Return the workbook (.xlsx) to fill in: headers in the reader's language, one example row, choices to pick.

    Required columns carry a star. The example row may stay: it is passed over when read.
    """
    stream = io.BytesIO()
    language = language_code()
    with _workbook(stream, title, gettext("Model to fill in"), on) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(_sheet_name(title))
        lists = book.add_worksheet(_sheet_name(gettext("Choices")))
        for place, column in enumerate(columns):
            head = in_both(column.label)[language] + (" *" if column.required else "")
            sheet.write_string(0, place, head, formats["head"])
            if column.hint:
                sheet.write_comment(0, place, in_both(column.hint)[language])
            sheet.set_column(
                place, place, min(max(len(head) + 4, NARROWEST + 4), WIDEST), _shape(column, formats)
            )
            _write(sheet, 1, place, example_of(column, language), formats, "example")
            spot = sum(bool(each.choices) for each in columns[:place])
            _offer_choices(sheet, lists, (place, spot), column, language, formats)
        _finish(sheet, MOST_ROWS, len(columns), filtered=False)
    return stream.getvalue()


def answer(content: bytes, name: str) -> HttpResponse:
    """Return the answer that downloads a workbook under `name`.xlsx."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _workbook(stream: io.BytesIO, title: str, about: str, on: date | None) -> Any:
    from xlsxwriter import Workbook

    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    told: dict[str, Any] = {
        "title": title,
        "subject": about,
        "author": "Diapason",
        "company": "",
        "comments": "",
    }
    if on is not None:
        told["created"] = datetime(on.year, on.month, on.day)  # noqa: DTZ001
    book.set_properties(told)
    return book


def _formats(book: Any) -> dict[str, Any]:
    plain = {"valign": "top", "text_wrap": True}
    looks = {
        "head": {"bold": True, "bottom": 1, "bg_color": "#E3F1EF", "valign": "vcenter", "text_wrap": True},
        "text": plain,
        "quoted": {**plain, "quote_prefix": True},
        "number": {"valign": "top"},
        "day": {"valign": "top", "num_format": "dd/mm/yyyy"},
        "moment": {"valign": "top", "num_format": "dd/mm/yyyy hh:mm"},
        "example": {**plain, "italic": True, "font_color": "#5D6578"},
        "example_day": {"italic": True, "font_color": "#5D6578", "num_format": "dd/mm/yyyy"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _sheet_name(title: str) -> str:
    name = "".join(letter for letter in title if letter not in "[]:*?/\\").strip(" '")[:31].strip(" '")
    return name or "Diapason"


def _write(sheet: Any, row: int, place: int, value: Any, formats: dict[str, Any], look: str = "") -> int:
    """Write one cell and return how many characters it shows."""
    if value is None or value == "":
        return 0
    if isinstance(value, datetime):
        plain = value.astimezone().replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(row, place, plain, formats["moment"])
        return 16
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["example_day" if look else "day"])
        return 10
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, place, value, formats[look or "number"])
        return len(str(value))
    text = wording.shown(value) if isinstance(value, bool | PartialDate) else str(value)
    text = text[:LONGEST_CELL]
    shape = "quoted" if text.startswith(FORMULA_MARKS) else look or "text"
    sheet.write_string(row, place, text, formats[shape])
    return max(map(len, text.split("\n")))


def _shape(column: Column, formats: dict[str, Any]) -> Any:
    return formats["day" if column.parse is day else "text"]


def _offer_choices(
    sheet: Any, lists: Any, places: tuple[int, int], column: Column, language: str, formats: dict[str, Any]
) -> None:
    """Let a cell be picked from the second sheet, or warn of what is no day; `places` are the columns of both."""
    title, (place, spot) = gettext("To fill in"), places
    if column.choices:
        lists.write_string(0, spot, in_both(column.label)[language], formats["head"])
        lists.set_column(spot, spot, 30)
        for number, name in enumerate(column.choices.values(), start=1):
            lists.write_string(number, spot, in_both(str(name))[language], formats["text"])
        from xlsxwriter.utility import xl_range_abs

        source = f"='{lists.get_name()}'!{xl_range_abs(1, spot, len(column.choices), spot)}"
        listed = {"validate": "list", "source": source, "error_title": title}
        sheet.data_validation(1, place, MOST_ROWS, place, listed)
    elif column.parse is day:
        first, last = date(1950, 1, 1), date(2100, 12, 31)
        rule: dict[str, Any] = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        sheet.data_validation(
            1, place, MOST_ROWS, place, {**rule, "error_type": "warning", "error_title": title}
        )


def _finish(sheet: Any, last: int, width: int, *, filtered: bool = True) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if filtered and width:
        sheet.autofilter(0, 0, last, width - 1)
