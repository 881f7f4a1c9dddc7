"""Site sampling after IAF MD 1: worked examples and properties."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from diapason.certification.certificates.rules import sampling, tables

CATALOGUE = Path(__file__).parents[3] / "catalogue" / "certification"
TABLE = tables.sampling_table(yaml.safe_load((CATALOGUE / "site_sampling.yaml").read_text(encoding="utf-8")))

EXAMPLES = [  # sites, initial, surveillance, recertification, 30 % rule
    (2, 2, 1, 2, 1),
    (3, 2, 2, 2, 1),
    (9, 3, 2, 3, 3),
    (18, 5, 3, 4, 6),
    (20, 5, 3, 4, 6),
    (25, 5, 3, 4, 8),
    (26, 6, 4, 5, 8),
]


@pytest.mark.parametrize(("sites", "initial", "surveillance", "recertification", "unsampled"), EXAMPLES)
def test_worked_examples(sites, initial, surveillance, recertification, unsampled):
    sizes = [
        sampling.sample_size(sites, kind, TABLE).sites
        for kind in ("initial", "surveillance", "recertification")
    ]
    assert sizes == [initial, surveillance, recertification]
    assert sampling.sample_size(sites, "surveillance", TABLE, sampling_allowed=False).sites == unsampled


def test_the_central_function_is_always_visited():
    for kind in ("initial", "surveillance", "recertification"):
        for allowed in (True, False):
            size = sampling.sample_size(20, kind, TABLE, sampling_allowed=allowed)
            assert size.visits == size.sites + 1


def test_without_sampling_all_sites_are_visited_at_initial_and_recertification():
    for kind in ("initial", "recertification"):
        assert sampling.sample_size(20, kind, TABLE, sampling_allowed=False).sites == 20


def test_a_quarter_at_random_rounded_up():
    assert sampling.sample_size(26, "initial", TABLE).at_random == 2
    assert sampling.sample_size(18, "recertification", TABLE).at_random == 1


@given(st.integers(0, 10**12), st.sampled_from(["initial", "surveillance", "recertification"]))
def test_the_size_is_the_exact_ceiling(sites, kind):
    factor = TABLE.coefficients[kind]
    size = sampling.ceiling_root(factor, sites)
    assert Fraction(size) ** 2 >= factor**2 * sites
    assert size == 0 or Fraction(size - 1) ** 2 < factor**2 * sites


@given(st.integers(0, 5000), st.sampled_from(["initial", "surveillance", "recertification"]), st.booleans())
def test_sizes_grow_with_sites_and_never_exceed_them(sites, kind, allowed):
    size = sampling.sample_size(sites, kind, TABLE, sampling_allowed=allowed)
    larger = sampling.sample_size(sites + 1, kind, TABLE, sampling_allowed=allowed)
    assert size.sites <= sites
    assert size.sites <= larger.sites
    assert size.at_random <= size.sites


def test_a_negative_number_of_sites_is_refused():
    with pytest.raises(ValueError, match="negative"):
        sampling.ceiling_root(Fraction(1), -1)


sites_strategy = st.lists(
    st.builds(
        sampling.SiteRecord,
        key=st.text("ABCDEF", min_size=3, max_size=6),
        last_visited_on=st.none() | st.dates(date(2015, 1, 1), date(2026, 1, 1)),
        concerns=st.integers(0, 3),
    ),
    unique_by=lambda s: s.key,
    max_size=30,
)


@given(sites_strategy, st.text(max_size=10))
def test_the_choice_has_the_size_and_can_be_redone(sites, seed):
    size = sampling.sample_size(len(sites), "initial", TABLE)
    chosen = sampling.choose_sites(sites, size, seed)
    assert chosen == sampling.choose_sites(list(reversed(sites)), size, seed)
    assert len({c.key for c in chosen}) == len(chosen) == size.sites
    assert sum(c.reason == "random" for c in chosen) == size.at_random


def test_the_directed_part_goes_where_there_is_most_to_see():
    sites = [
        sampling.SiteRecord("A", date(2020, 1, 1)),
        sampling.SiteRecord("B", date(2024, 1, 1), concerns=2),
        sampling.SiteRecord("C", None),
        sampling.SiteRecord("D", date(2018, 1, 1)),
    ]
    chosen = sampling.choose_sites(sites, sampling.SampleSize(3, 0), "any")
    assert [(c.key, c.reason) for c in chosen] == [
        ("B", "concerns"),
        ("C", "never_visited"),
        ("D", "longest_ago"),
    ]
