"""Check ages, working days, medians and shares in time."""

from datetime import date

import pytest

from diapason.improvement.quality_events.rules import ageing
from diapason.improvement.quality_events.rules.durations import (
    Closed,
    Share,
    closed_in_time,
    median_of,
    medians_to_close,
    medians_to_sort,
    months_between,
    sorted_in_time,
    sorted_rows,
    whole,
)

ON = date(2026, 11, 23)


def test_each_age_falls_into_one_band() -> None:
    for days in range(400):
        day = date.fromordinal(ON.toordinal() - days)
        found = [
            band.code for band in ageing.BANDS
            if day <= ageing.until(band, ON) and (band.days is None or day >= ageing.since(band, ON))
        ]  # fmt: skip
        assert len(found) == 1
    with pytest.raises(ValueError, match="no earliest day"):
        ageing.since(ageing.BANDS[-1], ON)


def test_months_are_whole_and_cross_the_year() -> None:
    assert months_between(date(2025, 11, 1), date(2026, 2, 28)) == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]


@pytest.mark.parametrize(
    ("weighed", "middle"),
    [([], None), ([(4, 0)], None), ([(3, 1)], 3), ([(1, 2), (9, 2)], 5), ([(1, 3), (9, 2)], 1)],
)
def test_the_median_counts_each_value_as_often_as_it_came(
    weighed: list[tuple[int, int]], middle: float | None
) -> None:
    assert median_of(weighed) == middle


def test_sorting_is_counted_in_working_days_of_the_place() -> None:
    christmas = (date(2025, 12, 24), date(2025, 12, 29))
    rows = sorted_rows([("", *christmas, 2), ("57", *christmas, 1)], on=ON)
    assert {(row.days, row.events) for row in rows} == {(2, 2), (1, 1)}
    assert medians_to_sort(rows) == {"2025-12": 2}


def test_what_waits_counts_against_its_month_once_its_days_are_over() -> None:
    rows = [
        ("", date(2026, 11, 2), date(2026, 11, 4), 3),
        ("", date(2026, 11, 3), None, 1),
        ("", ON, None, 5),
    ]
    shares = sorted_in_time(sorted_rows(rows, on=ON), within=5)
    assert shares == {"2026-11": Share(3, 4)} and whole(shares) == Share(3, 4)


def test_a_month_is_judged_once_its_last_event_has_had_its_time() -> None:
    rows = [
        Closed("2026-06", "2026-07", 30, 4),
        Closed("2026-06", None, None, 1),
        Closed("2026-08", "2026-08", 5, 9),
    ]
    assert closed_in_time(rows, within=120, on=ON) == {"2026-06": Share(4, 5)}
    july = [Closed("2026-07", "2026-08", 10, 1)]
    assert not closed_in_time(july, within=120, on=date(2026, 11, 27))
    assert closed_in_time(july, within=120, on=date(2026, 11, 28)) == {"2026-07": Share(1, 1)}


def test_closing_is_told_in_the_month_of_closing() -> None:
    rows = [
        Closed("2026-05", "2026-07", 60, 1),
        Closed("2026-07", "2026-07", 2, 1),
        Closed("2026-07", None, None, 7),
    ]
    assert medians_to_close(rows) == {"2026-07": 31}
