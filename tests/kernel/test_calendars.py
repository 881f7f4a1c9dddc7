"""Check terms in hours, calendar days and working days."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.kernel.calendars import (
    REGIONS,
    Deadline,
    calendar_days_after,
    is_holiday,
    is_working_day,
    region_of,
    working_days_after,
    working_days_between,
)

days = st.dates(date(1950, 1, 1), date(2095, 12, 31))
regions = st.sampled_from(["", *sorted(set(REGIONS.values()))])


@pytest.mark.parametrize(
    ("start", "count", "region", "due"),
    [
        (date(2026, 4, 2), 1, "", date(2026, 4, 3)),  # Good Friday is worked …
        (date(2026, 4, 2), 1, "57", date(2026, 4, 7)),  # … but not in Alsace-Moselle, nor is Easter Monday
        (date(2026, 12, 24), 1, "", date(2026, 12, 28)),
        (date(2025, 12, 24), 1, "", date(2025, 12, 26)),
        (date(2025, 12, 24), 1, "57", date(2025, 12, 29)),  # Saint Stephen
        (date(2026, 5, 7), 1, "", date(2026, 5, 11)),  # 8 May, then a week-end
        (date(2026, 7, 17), 3, "", date(2026, 7, 22)),
        (date(2026, 7, 17), 3, "971", date(2026, 7, 23)),  # Schoelcher day
        (date(2026, 11, 21), 0, "", date(2026, 11, 23)),
        (date(2026, 11, 23), 0, "", date(2026, 11, 23)),
        (date(2026, 11, 12), -1, "", date(2026, 11, 10)),
    ],
)
def test_working_days(start: date, count: int, region: str, due: date) -> None:
    assert working_days_after(start, count, region) == due


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("57", "57"),
        ("67", "57"),
        (" 68 ", "57"),
        ("29", ""),
        ("2a", ""),
        ("", ""),
        ("972", "972"),
        ("988", "NC"),
    ],
)
def test_region_of_a_department(department: str, region: str) -> None:
    assert region_of(department) == region


def test_every_region_is_known_to_the_library() -> None:
    assert all(is_holiday(date(2026, 7, 14), region) for region in REGIONS.values())


@given(days, st.integers(-40, 40).filter(bool), regions)
def test_a_term_ends_on_a_working_day_and_counts_back(day: date, count: int, region: str) -> None:
    due = working_days_after(day, count, region)
    assert is_working_day(due, region)
    if count > 0:
        assert working_days_between(day, due, region) == count
    else:
        assert working_days_between(due, day, region) - is_working_day(day, region) == abs(count) - 1


@given(days, st.integers(0, 60), regions)
def test_later_start_never_ends_earlier(day: date, count: int, region: str) -> None:
    following = day + timedelta(days=1)
    assert working_days_after(day, count, region) <= working_days_after(following, count, region)
    assert working_days_after(day, count, region) >= calendar_days_after(day, count)


@given(days, st.integers(0, 400), regions)
def test_counting_equals_walking(day: date, length: int, region: str) -> None:
    last = day + timedelta(days=length)
    walked = sum(is_working_day(day + timedelta(days=step), region) for step in range(1, length + 1))
    assert working_days_between(day, last, region) == walked
    assert working_days_between(last, day, region) == -walked


def test_terms_say_unit_and_source() -> None:
    breach = Deadline.in_calendar_days(date(2026, 12, 18), 7, "Regulation (EU) 536/2014, art. 52")
    assert (breach.due_on, breach.unit, breach.unit_label) == (
        date(2026, 12, 25),
        "calendar",
        "calendar days",
    )
    house = Deadline.in_working_days(date(2026, 12, 18), 7, "PR-QUAL-04", region="57")
    assert house.due_on == date(2026, 12, 30)
    assert not breach.is_missed(date(2026, 12, 25)) and breach.is_missed(date(2026, 12, 26))
    assert (breach.days_left(date(2026, 12, 20)), breach.days_left(date(2026, 12, 27))) == (5, -2)


def test_hours_are_hours_even_when_the_clock_changes() -> None:
    paris = ZoneInfo("Europe/Paris")
    told = datetime(2026, 10, 24, 12, 0, tzinfo=paris)  # winter time begins in the night
    term = Deadline.in_hours(told, 24, "ICH E6")
    assert term.due_at == datetime(2026, 10, 25, 11, 0, tzinfo=paris)
    assert not term.is_missed(datetime(2026, 10, 25, 10, 0, tzinfo=UTC))
    assert term.is_missed(datetime(2026, 10, 25, 10, 1, tzinfo=UTC))
    assert not term.is_missed(date(2026, 10, 25)) and term.is_missed(date(2026, 10, 26))
    with pytest.raises(ValueError, match="zone"):
        Deadline.in_hours(datetime(2026, 10, 24, 12, 0), 24, "ICH E6")


def test_days_without_a_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="2101"):
        working_days_after(date(2100, 12, 31), 1)


def test_the_library_is_read_only_when_asked_for() -> None:
    code = "import sys, diapason.kernel.calendars; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
