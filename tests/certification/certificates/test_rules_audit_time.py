"""Audit time after IAF MD 5: worked examples and properties."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from diapason.certification.certificates.rules import audit_time, tables

CATALOGUE = Path(__file__).parents[3] / "catalogue" / "certification"
DATA = yaml.safe_load((CATALOGUE / "audit_time.yaml").read_text(encoding="utf-8"))
TABLE = tables.audit_time_table(DATA)
HALF = Fraction(1, 2)


def test_the_unit_of_55_persons():
    time = audit_time.audit_time(55, TABLE)
    assert (time.initial, time.surveillance, time.recertification) == (5, Fraction(3, 2), Fraction(7, 2))
    assert time.smallest_on_site == 4
    assert time.verified


@pytest.mark.parametrize(
    ("given_days", "rounded"), [("5.3", "5.5"), ("5.2", "5"), ("5.25", "5.5"), ("5.75", "6"), ("0.2", "0")]
)
def test_rounding_to_the_nearest_half_day(given_days, rounded):
    assert audit_time.nearest(Fraction(given_days), HALF) == Fraction(rounded)


@pytest.mark.parametrize(
    ("persons", "days"),
    [
        (1, "1.5"),
        (5, "1.5"),
        (6, "2"),
        (11, "2.5"),
        (15, "2.5"),
        (46, "5"),
        (65, "5"),
        (66, "6"),
        (10700, "22"),
    ],
)
def test_bands(persons, days):
    assert audit_time.band_of(persons, TABLE).days == Fraction(days)


def test_above_the_table_the_progression_goes_on():
    assert audit_time.band_of(10701, TABLE).days == 23
    assert not audit_time.band_of(10701, TABLE).verified
    assert audit_time.band_of(17000, TABLE).days == 25


def test_a_reduction_of_thirty_percent_at_most():
    assert audit_time.audit_time(55, TABLE, adjustment_percent=-30).initial == Fraction(7, 2)
    with pytest.raises(audit_time.BadAuditTime):
        audit_time.audit_time(55, TABLE, adjustment_percent=-31)


def test_nobody_in_scope_is_refused():
    with pytest.raises(audit_time.BadAuditTime):
        audit_time.audit_time(0, TABLE)


def test_the_time_of_a_sampled_site_is_cut_by_half_at_most():
    assert audit_time.site_days(Fraction(4), 50, 50, HALF) == 2
    with pytest.raises(audit_time.BadAuditTime):
        audit_time.site_days(Fraction(4), 51, 50, HALF)


def test_the_quote_is_compared_with_the_computed_time():
    assert audit_time.quote_gap(Fraction(9, 2), Fraction(5)) == -HALF


@given(st.integers(1, 60_000))
def test_more_persons_never_take_less_time(persons):
    here, above = (audit_time.audit_time(n, TABLE) for n in (persons, persons + 1))
    assert here.initial <= above.initial
    assert here.surveillance <= above.surveillance <= above.recertification <= above.initial
    assert (here.initial / HALF).denominator == 1


@given(st.integers(1, 10_700))
def test_the_continuum_stays_near_the_band(persons):
    band = audit_time.band_of(persons, TABLE).days
    line = audit_time.continuum_days(persons, TABLE)
    assert abs(line - band) <= 1
    assert line <= audit_time.continuum_days(persons + 1, TABLE)


def test_a_table_that_does_not_rise_is_refused():
    bands = [{"upto": 5, "days": "2", "verified": "read"}, {"upto": 10, "days": "2", "verified": "read"}]
    with pytest.raises(tables.BadTable):
        tables.audit_time_table({**DATA, "bands": bands})
    with pytest.raises(tables.BadTable):
        tables.audit_time_table({**DATA, "beyond": {"numerator": 1, "denominator": 1, "days": "1"}})
