"""Proportions of few cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.statistics.intervals import wilson_interval


def test_a_known_worked_value() -> None:
    interval = wilson_interval(8, 10)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.4902, 0.9433)


def test_none_of_ten_is_not_certainly_zero() -> None:
    interval = wilson_interval(0, 10)
    assert interval is not None
    assert interval.low == 0 and round(interval.high, 4) == 0.2775


def test_no_trial_gives_no_interval() -> None:
    assert wilson_interval(0, 0) is None


def test_more_successes_than_trials_is_an_error() -> None:
    with pytest.raises(ValueError, match="11 of 10"):
        wilson_interval(11, 10)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_its_interval(counts: tuple[int, int]) -> None:
    successes, trials = counts
    interval = wilson_interval(successes, trials)
    assert interval is not None
    assert 0 <= interval.low <= successes / trials <= interval.high <= 1


@given(st.integers(1, 200), st.integers(2, 20))
def test_more_cases_give_a_narrower_interval(successes: int, times: int) -> None:
    few, many = (
        wilson_interval(successes, successes * 2),
        wilson_interval(successes * times, successes * 2 * times),
    )
    assert few is not None and many is not None
    assert many.high - many.low < few.high - few.low
