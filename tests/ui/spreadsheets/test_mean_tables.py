"""Check that the tables people really have come in: titles, merged cells, many writings of a day, odd marks."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from xlsxwriter import Workbook

from diapason.ui.spreadsheets.columns import BadCell, Column, day
from diapason.ui.spreadsheets.raw import rows_of_file, rows_of_text
from diapason.ui.spreadsheets.reading import read

COLUMNS = (
    Column("title", "Lower limit", required=True, is_free_text=True),
    Column("due", "When", parse=day),
    Column("place", "Value"),
)
HEAD = ["Limite basse", "Quand", "Valeur"]


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Read in French."""
    with override("fr"):
        yield


def workbook(fill: Any) -> bytes:
    """Return a workbook with one sheet that a function fills."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        fill(book.add_worksheet())
    return stream.getvalue()


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-12", "12/03/2026", "12-03-2026", "12.03.2026", "12/3/26", "12 mars 2026", "le 12 mars 2026",
        "12-mars-26", "12-mars-2026", "jeudi 12 mars 2026", "jeu. 12/03/2026", "12 Mar 2026", "March 12, 2026",
        "Thursday, March 12, 2026", "12-Mar-26", "12/03/2026 00:00", "12\u00a0mars\u00a02026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_spreadsheets_write_it(written: str) -> None:
    assert day(written) == date(2026, 3, 12)


@pytest.mark.parametrize(
    "written",
    ["31-févr-26", "mars 2026", "12", "46093", "T1 2026", "03/25/2026", "February 30, 2026", "demain"],
)
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    with pytest.raises(BadCell):
        day(written)


def test_titles_above_the_headers_are_told_and_rows_keep_their_numbers() -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 2, "PLAN D’ACTIONS QUALITÉ 2026")
        sheet.write(1, 0, "Mis à jour le 12/03/2026")
        sheet.write_row(3, 0, HEAD)
        sheet.write_row(4, 0, ["Retirer la V3", "12/03/2026", "Pharmacie"])
        sheet.write_row(5, 0, ["Afficher la V4", "bientôt", "Pharmacie"])

    reading = read(rows_of_file(workbook(fill)), COLUMNS)
    assert ([row.number for row in reading.good], reading.faults[0].number) == ([5], 6)
    assert reading.above == [1, 2]


def test_a_cell_merged_over_several_rows_stands_in_each() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.merge_range(1, 2, 4, 2, "Pharmacie")
        for place in range(3):
            sheet.write_row(1 + place, 0, [f"Action {place}", "12/03/2026"])

    reading = read(rows_of_file(workbook(fill)), COLUMNS)
    assert [row.values["place"] for row in reading.good] == ["Pharmacie"] * 3, "an empty row stays empty"
    assert not reading.faults


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    table = 'Limite basse;Quand;Valeur\n"Ranger;12/03/2026;a\nTrier;12/03/2026;b\nJeter;12/03/2026;c\n'
    assert len(read(rows_of_text(table), COLUMNS).good) == 3
    paired = 'Limite basse;Quand;Valeur\n"Ranger\nla pièce";12/03/2026;a\nTrier;12/03/2026;b\n'
    titles = [row.values["title"] for row in read(rows_of_text(paired), COLUMNS).good]
    assert titles == ["Ranger\nla pièce", "Trier"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_usual_encodings_and_separators_are_told_apart(encoding: str, separator: str) -> None:
    lines = [separator.join(cells) for cells in (HEAD, ["Armoire à l’étage", "12/03/2026", "Œuvre"])]
    reading = read(rows_of_file("\r\n".join(lines).encode(encoding)), COLUMNS)
    assert [row.values["title"] for row in reading.good] == ["Armoire à l’étage"]
    assert reading.good[0].values["place"] == "Œuvre"
