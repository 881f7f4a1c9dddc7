"""Check how counts are read, and what the rules find in them."""

from datetime import date
from pathlib import Path

import pytest

from diapason.improvement.deviation_sheets.rules import catalogue, signals
from diapason.improvement.deviation_sheets.rules.cells import (
    BadCount,
    Cell,
    month_of,
    months_until,
    read_cell,
)

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "quality_event_kinds"
RULES = catalogue.read_rules(FOLDER)
MONTHS = months_until(date(2026, 11, 1), 24)


def series(text: str) -> list[Cell | None]:
    """Return the last months from words like "1 2/1 -", the months before being unknown."""
    cells = [None if part == "-" else read_cell(part) for part in text.split()]
    return [None] * (24 - len(cells)) + cells


def found(text: str) -> list[tuple[str, str, int]]:
    """Return (rule, month, figure) found in one category."""
    return [
        (one.rule, f"{one.month:%Y-%m}", one.figure)
        for one in signals.of_study({"consent": series(text)}, MONTHS, RULES)
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("", None), ("  ", None), ("0", Cell(0)), ("5", Cell(5)), (" 5/1 ", Cell(5, 1)), ("5 / 5", Cell(5, 5))],
)
def test_a_cell_is_read(text, cell):
    assert read_cell(text) == cell


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "1/2", "5/", "/1", "12345", "5/1/1"])
def test_a_cell_that_is_no_count_is_refused(text):
    with pytest.raises(BadCount):
        read_cell(text)


def test_what_is_written_is_read_back():
    assert all(read_cell(str(cell)) == cell for cell in (Cell(0), Cell(7), Cell(7, 2)))


def test_months():
    assert month_of("2026-10") == date(2026, 10, 1)
    assert month_of("2026-13") is None
    assert months_until(date(2026, 1, 15), 2) == [date(2025, 12, 1), date(2026, 1, 1)]


def test_a_major_one_is_proposed_each_time():
    assert found("1/1 0 3/2") == [("major", "2026-09", 1), ("major", "2026-11", 2)]


def test_three_months_in_a_row_are_proposed_once_and_again_after_six_more():
    assert found("1 2 1") == [("repeated", "2026-11", 3)]
    assert found("1 1 1 1") == [("repeated", "2026-10", 3)]
    nine = found("1 1 1 1 1 1 1 1 1")
    assert nine == [("repeated", "2026-11", 9)], "the first three lie too far back to be proposed now"


def test_neither_zero_nor_an_unknown_month_continues_a_row():
    assert found("1 1 0 1 1") == []
    assert found("1 1 - 1 1") == []


def test_a_month_above_the_limit_needs_enough_known_months():
    assert found("0 1 0 1 0 9") == []
    assert found("0 1 0 1 0 1 0 1 0 1 0 9") == [("above_limit", "2026-11", 9)]
    assert found("0 1 0 1 0 1 0 1 0 1 0 1") == []
    assert found("0 0 0 0 0 0 0 0 0 0 0 1") == [], "one among zeros is above any limit, and means nothing"


def test_unknown_months_do_not_count_as_zero():
    steady = "5 5 5 5 5 5 5 9"
    assert not [one for one in found(steady) if one[0] == "above_limit"]
    with_zeros = "0 " * 16 + steady
    assert [one for one in found(with_zeros) if one[0] == "above_limit"]


def test_all_studies_together_are_judged_by_sheet():
    few = [(2, 10)] * 23 + [(4, 20)]
    assert signals.of_house({"consent": few}, MONTHS, RULES) == []
    many = [(2, 10)] * 23 + [(20, 10)]
    assert [one.figure for one in signals.of_house({"consent": many}, MONTHS, RULES)] == [20]


def test_the_catalogue_names_known_categories_only():
    from diapason.improvement.quality_events.rules.catalogue import read_words

    known = read_words(FOLDER).categories
    assert set(RULES.grid) <= set(known)
    assert set(catalogue.read_log_words(FOLDER).categories.values()) <= set(known)
    assert {rule.kind for rule in RULES.rules.values()} == set(signals.FINDERS)


def test_a_word_for_two_categories_is_refused(tmp_path):
    text = "headers: {}\ncategories: {consent: [form], data: [form]}\n"
    (tmp_path / "deviation_logs.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(catalogue.BadRules):
        catalogue.read_log_words(tmp_path)
