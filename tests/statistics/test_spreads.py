"""Values of several organizations summed up."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from diapason.statistics.spreads import spread_of


def test_five_values_are_summed_up() -> None:
    spread = spread_of([9, 1, 5, 3, 7])
    assert spread is not None
    assert (spread.size, spread.minimum, spread.median, spread.maximum) == (5, 1, 5, 9)


def test_four_values_are_too_few() -> None:
    assert spread_of([1, 2, 3, 4]) is None


def test_an_even_number_takes_the_middle_of_the_two() -> None:
    spread = spread_of([1, 2, 3, 4, 5, 6])
    assert spread is not None and spread.median == Decimal("3.5")


@given(st.lists(st.integers(-1000, 1000), min_size=5, max_size=40))
def test_order_does_not_matter(values: list[int]) -> None:
    spread = spread_of(values)
    assert spread == spread_of(reversed(values))
    assert spread is not None and spread.minimum <= spread.median <= spread.maximum
