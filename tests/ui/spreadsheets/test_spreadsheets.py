"""Check that tables are taken over row by row, within limits, and given back without formulas."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from diapason.ui import exports
from diapason.ui.spreadsheets import raw, workbooks
from diapason.ui.spreadsheets.columns import (
    BadCell,
    Column,
    day,
    folded,
    number,
    text,
    whole_number,
    yes_or_no,
)
from diapason.ui.spreadsheets.raw import RawRow, Unusable, rows_of_file, rows_of_text
from diapason.ui.spreadsheets.reading import read
from diapason.ui.spreadsheets.taking import pack, take, unpack

COLUMNS = (
    Column("title", "Lower limit", required=True, example="Une action", is_free_text=True, longest=80),
    Column("due", "When", parse=day, example=date(2026, 3, 12), aliases=("Échéance",)),
    Column("kind", "Value", choices={"hi": "upper limit", "lo": "lower limit"}, default="hi", example="lo"),
    Column("size", "Remark", parse=whole_number, default=None),
)
"""Labels are texts of ui that have their French: Limite basse, Quand, Valeur, Remarque."""


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Read in French unless a test says otherwise."""
    with override("fr"):
        yield


def table(good: int, bad: int) -> str:
    """Return a pasted table with good and bad rows."""
    lines = ["Limite basse\tQuand\tValeur\tRemarque"]
    lines += [f"Action {place}\t12/03/2026\tlimite haute\t{place}" for place in range(good)]
    lines += [f"Mauvaise {place}\t32/03/2026\tlimite haute\t" for place in range(bad)]
    return "\n".join(lines)


def posted(data: dict[str, Any]) -> Any:
    """Return a POST request."""
    return RequestFactory().post("/", data)


def test_of_150_rows_141_are_taken_and_9_named() -> None:
    request = posted({"pasted": table(141, 9)})
    with override("fr"):
        taking = take(request, COLUMNS)
        page = render_to_string("ui/components/taking.html", {"taking": taking, "action": "/x"})
    reading = taking.reading
    assert (len(reading.good), reading.faulty_rows, reading.total) == (141, 9, 150)
    assert [fault.number for fault in reading.faults] == list(range(143, 152))
    assert {fault.column for fault in reading.faults} == {"When"}
    assert "141 lignes sur 150 peuvent être reprises." in page and page.count("n’est pas une date") == 9
    assert not taking.is_confirmed
    confirmed = take(posted({"packed": taking.packed, "seal": taking.seal}), COLUMNS)
    assert confirmed.is_confirmed and [row.values for row in confirmed.good] == [
        row.values for row in taking.good
    ]


def test_what_is_confirmed_is_what_was_shown() -> None:
    taking = take(posted({"pasted": table(2, 0)}), COLUMNS)
    other = take(posted({"pasted": table(3, 0)}), COLUMNS)
    for packed, seal in ((other.packed, taking.seal), (taking.packed, ""), ("x", taking.seal)):
        refused = take(posted({"packed": packed, "seal": seal}), COLUMNS)
        assert not refused.is_confirmed and refused.reading is None and refused.form.non_field_errors()


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_of_any_habit(separator: str, encoding: str) -> None:
    content = "LIMITE  BASSE *;échéance\nÉté à l’hôpital;2026-03-12\n".replace(";", separator).encode(
        encoding
    )
    (row,) = read(rows_of_file(content), COLUMNS).good
    assert row.values == {"title": "Été à l’hôpital", "due": date(2026, 3, 12), "kind": "hi", "size": None}


def test_row_numbers_are_those_that_people_see() -> None:
    rows = rows_of_text('\n\nLower limit\tWhen\n\n"two\nlines"\t12 mars 2026\n\nlast\tno day\n')
    reading = read(rows, COLUMNS)
    assert [(row.number, row.values["title"]) for row in reading.good] == [(5, "two\nlines")]
    assert [(fault.number, fault.label, fault.reason) for fault in reading.faults] == [
        (7, "Quand", "“%(value)s” is no date such as 12/03/2026")
    ]


def test_headers_in_english_or_french_in_any_order_others_are_named() -> None:
    with override("en"):
        reading = read(rows_of_text("When;lower LIMIT;Colour\n01/02/2026;a;red"), COLUMNS)
    assert reading.good[0].values["title"] == "a" and reading.ignored == ["Colour"]


def test_tables_that_cannot_be_used_say_why() -> None:
    for content, reason in (
        ("", "The table is empty."),
        ("When\n01/02/2026", "The first row must name"),
        ("Lower limit;limite basse\na;b", "stands there twice"),
    ):
        with pytest.raises(Unusable, match=reason):
            read(rows_of_text(content), COLUMNS)
    for junk in (b"\x00\x01\x02", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"%PDF-1.7\x00"):
        with pytest.raises(Unusable):
            rows_of_file(junk)
    with pytest.raises(Unusable, match="5 MB"):
        rows_of_file(b"a" * (raw.MOST_BYTES + 1))
    with pytest.raises(Unusable, match="5000 rows"):
        rows_of_text("a\n" * 5002)
    assert len(rows_of_text("a\n" * 5001)) == 5001
    with pytest.raises(Unusable, match="columns"):
        rows_of_text(";".join("a" * 201))


def sheet_with(cells: str) -> bytes:
    """Return a small workbook whose sheet is replaced by `cells`."""
    source = zipfile.ZipFile(io.BytesIO(workbooks.model(COLUMNS, title="x")))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, cells if name == "xl/worksheets/sheet1.xml" else body)
    return stream.getvalue()


def test_packed_bombs_are_refused_before_they_are_unpacked() -> None:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(Unusable):
        rows_of_file(sheet_with(f"{head}{far}</sheetData></worksheet>"))
    with pytest.raises(Unusable, match="5 MB"):
        rows_of_file(sheet_with(head + " " * (raw.MOST_UNPACKED + 1)))


def ods(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet of these rows."""
    office, its_table = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    )
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:table="{its_table}" xmlns:text="{words}">'
            "<office:body>"
            f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return stream.getvalue()


def cell(value: str) -> str:
    """Return one cell of text."""
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def test_open_document_spreadsheets_are_read_and_their_bombs_refused() -> None:
    day_cell = (
        '<table:table-cell office:value-type="date" office:date-value="2026-03-12">'
        "<text:p>12/03/26</text:p></table:table-cell>"
    )
    blank = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    head = f"<table:table-row>{cell('Limite basse')}{cell('Quand')}</table:table-row>"
    rows = rows_of_file(ods(f"{head}<table:table-row>{cell('une')}{day_cell}</table:table-row>{blank}"))
    assert read(rows, COLUMNS).good[0].values["due"] == date(2026, 3, 12)
    for bomb in (
        f'<table:table-row table:number-rows-repeated="1000000">{cell("a")}</table:table-row>',
        "<table:table-row>"
        + cell("a").replace("-cell ", '-cell table:number-columns-repeated="9999" ', 1)
        + "</table:table-row>",
    ):
        with pytest.raises(Unusable):
            rows_of_file(ods(head + bomb))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_model_can_be_filled_in_and_its_example_is_passed_over(language: str) -> None:
    with override(language):
        content = workbooks.model(COLUMNS, title="Actions à reprendre", on=date(2026, 11, 23))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[0][0] == ("Limite basse *" if language == "fr" else "Lower limit *") and sheet[1][1] == date(
        2026, 3, 12
    )
    assert book.get_sheet_by_index(1).to_python()[1][0] == (
        "limite haute" if language == "fr" else "upper limit"
    )
    reading = read(rows_of_file(content), COLUMNS)
    assert (reading.total, reading.ignored) == (0, [])
    core = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    assert "Actions à reprendre" in core and "Diapason" in core and "2026-11-23" in core
    assert b"dataValidation" in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_exports_hold_no_formula_and_keep_days_and_numbers() -> None:
    rows = [
        {"a": '=HYPERLINK("http://x")', "b": date(2026, 3, 12), "c": Decimal("2.5")},
        {"a": "-1+1", "b": None, "c": True},
    ]
    columns = [exports.Column("Value", lambda row: row["a"]), exports.Column("When", lambda row: row["b"])]
    columns.append(exports.Column("Remark", lambda row: row["c"]))
    content = workbooks.export(rows, columns, title="Plan: d'actions [PAQ]", about="Brest")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sheet == [
        ["Valeur", "Quand", "Remarque"],
        ['=HYPERLINK("http://x")', date(2026, 3, 12), 2.5],
        ["-1+1", "", "oui"],
    ]
    archive = zipfile.ZipFile(io.BytesIO(content))
    xml = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml and b'quotePrefix="1"' in archive.read("xl/styles.xml")
    answer = workbooks.answer(content, "plan")
    assert answer["Content-Disposition"] == 'attachment; filename="plan.xlsx"'


def test_choices_by_word_or_code_in_both_languages() -> None:
    for word in ("hi", "Upper LIMIT", "limite haute", " HI "):
        assert COLUMNS[2].value_of(word) == "hi"
    with pytest.raises(BadCell, match="not among the choices"):
        COLUMNS[2].value_of("neither")


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (day, datetime(2026, 3, 12), date(2026, 3, 12)),
        (day, "12/03/2026", date(2026, 3, 12)),
        (day, "1er mars 2026", date(2026, 3, 1)),
        (day, "12.03.26", date(2026, 3, 12)),
        (day, "2026-03-12 00:00:00", date(2026, 3, 12)),
        (number, "1 234,5", Decimal("1234.5")),
        (whole_number, 3.0, 3),
        (yes_or_no, "Oui", True),
        (yes_or_no, "no", False),
        (text, 42.0, "42"),
        (text, " a\r\nb ", "a\nb"),
    ],
)
def test_cells_are_understood(parse: Any, cell: Any, value: Any) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell"),
    [(day, "31/02/2026"), (day, "demain"), (day, 45000.0), (day, "12/03/1900"), (number, "NaN"), (number, "1e400"),
     (whole_number, "2,5"), (yes_or_no, "peut-être"), (text, "a" * 4001)],
)  # fmt: skip
def test_cells_are_refused(parse: Any, cell: Any) -> None:
    with pytest.raises(BadCell):
        parse(cell)


def test_a_chapter_checks_across_the_cells_of_a_row() -> None:
    def check(values: dict[str, Any], place: int) -> list[tuple[str, str, dict[str, Any]]]:
        return [("due", "row %(row)s", {"row": place})] if values["title"] == "b" else []

    reading = read(rows_of_text("Lower limit\na\nb"), COLUMNS, check)
    assert len(reading.good) == 1 and reading.faults[0].text == "row 3" and reading.faults[0].label == "Quand"


def test_texts_that_look_like_data_of_participants_are_asked_about() -> None:
    taking = take(posted({"pasted": "Lower limit\tWhen\nMme Dupont 12/03/1954 rappelée\t"}), COLUMNS)
    page = render_to_string("ui/components/taking.html", {"taking": taking, "action": "/x"})
    assert len(taking.reading.doubts) == 1 and "kept_as_typed" in page
    again = {"packed": taking.packed, "seal": taking.seal}
    assert take(posted(again), COLUMNS).must_tick and not take(posted(again), COLUMNS).is_confirmed
    assert take(posted({**again, "kept_as_typed": "on"}), COLUMNS).is_confirmed


def test_a_file_is_taken_like_pasted_rows_and_nothing_given_is_said() -> None:
    file = SimpleUploadedFile("a.csv", table(3, 1).encode())
    assert len(take(posted({"file": file}), COLUMNS).good) == 3
    nothing = take(posted({"pasted": ""}), COLUMNS)
    page = render_to_string(
        "ui/components/taking.html", {"taking": nothing, "action": "/x", "model_url": "/m"}
    )
    assert "Le tableau est vide." in page and 'href="/m"' in page
    assert take(RequestFactory().get("/"), COLUMNS).reading is None


cells = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.integers(-(10**9), 10**9),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)


@given(st.lists(st.lists(cells, min_size=4, max_size=4), max_size=8))
def test_every_row_is_either_good_or_named(rows: list[list[Any]]) -> None:
    head = RawRow(1, ("title", "due", "kind", "size"))
    reading = read([head, *(RawRow(place, tuple(row)) for place, row in enumerate(rows, start=2))], COLUMNS)
    numbers = {row.number for row in reading.good} | {fault.number for fault in reading.faults}
    assert numbers == set(range(2, len(rows) + 2))


@given(st.lists(st.tuples(st.text(max_size=9), st.integers(), st.booleans()), max_size=5))
def test_packing_keeps_the_rows(rows: list[tuple[Any, ...]]) -> None:
    from hashlib import sha256

    from diapason.ui.spreadsheets.taking import SIGNER

    given_rows = [RawRow(place, row) for place, row in enumerate(rows, start=3)]
    packed = pack(given_rows)
    assert unpack(packed, SIGNER.sign(sha256(packed.encode()).hexdigest())) == given_rows
    assert folded(" Été  n° 3 ") == "ete n 3"
