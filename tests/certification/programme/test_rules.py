"""The forecast: what it is said from, its range, and when it says nothing."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diapason.certification.programme import rules

ON = date(2016, 6, 1)


def passage(organization, kind, planned=None, held=None):
    return rules.Passage(organization, kind, planned, held)


def earlier_wave(*durations):
    start = date(2015, 1, 5)
    for number, days in enumerate(durations):
        yield passage(f"W{number}", "stage2", held=start)
        yield passage(f"W{number}", "decision", held=start + timedelta(days=days))


def test_durations_are_observed_from_each_milestone_to_the_decision():
    seen = rules.durations(earlier_wave(30, 90, 60))
    assert seen["stage2"].days == (30, 60, 90)
    assert (seen["stage2"].shortest, seen["stage2"].middle, seen["stage2"].longest) == (30, 60, 90)


def test_a_forecast_counts_from_the_last_milestone_held():
    everything = [*earlier_wave(30, 90, 60), passage("BET", "stage2", held=date(2016, 5, 20))]
    found = rules.network_forecast(["BET"], everything, ON)
    assert (found.low, found.middle, found.high) == (date(2016, 6, 19), date(2016, 7, 19), date(2016, 8, 18))
    assert found.organizations[0].observations == 3


def test_a_planned_day_that_went_by_counts_from_today():
    everything = [*earlier_wave(30, 90, 60), passage("BET", "stage2", planned=date(2016, 1, 1))]
    assert rules.network_forecast(["BET"], everything, ON).low == ON + timedelta(days=30)


def test_too_few_durations_leave_the_plan_itself():
    everything = [
        *earlier_wave(30, 90),
        passage("BET", "stage2", held=ON),
        passage("BET", "decision", planned=date(2017, 1, 1)),
    ]
    found = rules.network_forecast(["BET"], everything, ON).organizations[0]
    assert (found.method, found.high) == ("planned", date(2017, 1, 1))


def test_one_member_without_anything_leaves_the_network_unsaid():
    found = rules.network_forecast(["BET", "W0"], earlier_wave(30, 90, 60), ON)
    assert (found.high, found.unsaid) == (None, ("BET",))


def test_a_network_that_is_there_gives_the_last_decision():
    found = rules.network_forecast(["W0", "W1"], earlier_wave(30, 90), ON)
    assert found.low == found.high == date(2015, 1, 5) + timedelta(days=90)
    assert found.last == ("W1",)


def test_who_would_miss_the_limit():
    one = rules.OrganizationForecast("A", "observed", date(2029, 1, 1), date(2029, 6, 1), date(2029, 12, 1))
    assert rules.late_by(one, date(2028, 1, 1)) == "surely"
    assert rules.late_by(one, date(2029, 9, 1)) == "perhaps"
    assert rules.late_by(one, date(2030, 1, 1)) == ""
    assert rules.late_by(one, None) == ""


def test_a_milestone_needs_a_date_and_is_not_held_tomorrow():
    assert rules.check_milestone(ON, None, ON)
    assert not rules.check_milestone(None, None, ON)
    assert not rules.check_milestone(None, ON + timedelta(days=1), ON)


@given(
    st.lists(st.integers(0, 900), min_size=3, max_size=8),
    st.dictionaries(st.sampled_from("XYZ"), st.dates(date(2015, 1, 1), date(2017, 1, 1)), min_size=1),
)
def test_the_range_is_in_order_and_never_in_the_past(durations, held):
    everything = [*earlier_wave(*durations), *(passage(k, "stage2", held=d) for k, d in held.items())]
    found = rules.network_forecast(held, everything, ON)
    assert ON <= found.low <= found.middle <= found.high
