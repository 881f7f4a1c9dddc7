"""The cycle after ISO/IEC 17021-1: alarms, renewal, and months that end early."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from diapason.certification.certificates.rules import cycle, renewal, tables
from diapason.kernel.dates import months_after

CATALOGUE = Path(__file__).parents[3] / "catalogue" / "certification"
TABLE = tables.cycle_table(yaml.safe_load((CATALOGUE / "cycle.yaml").read_text(encoding="utf-8")))
DECISION = date(2024, 3, 12)
EXPIRY = date(2027, 3, 11)
days = st.dates(date(2012, 1, 1), date(2040, 12, 31))


def kinds(on, **changes):
    facts = {"decision_on": DECISION, "expires_on": EXPIRY, **changes}
    return {a.kind: a for a in cycle.alarms(cycle.Cycle(**facts), on, TABLE)}


def survey(planned=None, held=None, kind="surveillance"):
    return cycle.AuditRecord(kind, planned, held)


def test_the_first_surveillance_is_due_twelve_months_after_the_decision():
    assert kinds(date(2024, 12, 11), initial=True) == {}
    assert kinds(date(2024, 12, 12), initial=True)["first_surveillance_not_dated"].due_on == date(2025, 3, 12)
    assert kinds(date(2025, 1, 5), initial=True, audits=(survey(date(2025, 3, 1)),)) == {}
    late = kinds(date(2025, 1, 5), initial=True, audits=(survey(date(2025, 4, 1)),))[
        "first_surveillance_planned_late"
    ]
    assert late.level == cycle.THREATENED
    assert "first_surveillance_late" in kinds(date(2025, 3, 13), initial=True)
    assert kinds(date(2025, 3, 13), initial=True, audits=(survey(held=date(2025, 3, 10)),)) == {}


def test_each_calendar_year_but_the_recertification_year_wants_a_surveillance():
    held = survey(held=date(2025, 11, 4))
    watch = kinds(date(2026, 9, 1), audits=(held,))
    assert watch["calendar_year_not_dated"].level == cycle.WATCH
    assert kinds(date(2026, 12, 2), audits=(held,))["calendar_year_not_dated"].level == cycle.THREATENED
    assert "calendar_year_not_dated" not in kinds(date(2026, 9, 1), audits=(held, survey(date(2026, 12, 1))))
    assert kinds(date(2026, 1, 5))["calendar_year_missed"].parameters["year"] == "2025"
    assert "calendar_year_not_dated" not in kinds(
        date(2027, 1, 5), audits=(held, survey(held=date(2026, 5, 1)))
    )


def test_a_planned_day_that_went_by_does_not_count():
    audits = (survey(held=date(2025, 11, 4)), survey(date(2026, 10, 1)))
    assert "calendar_year_not_dated" in kinds(date(2026, 11, 23), audits=audits)


def test_a_recertification_audit_held_early_makes_its_year_the_recertification_year():
    audits = (survey(held=date(2025, 5, 5)), survey(held=date(2026, 10, 6), kind="recertification"))
    assert "calendar_year_not_dated" not in kinds(date(2026, 11, 23), audits=audits)


@pytest.mark.parametrize(
    ("on", "kind", "level"),
    [
        (date(2026, 9, 10), None, None),
        (date(2026, 9, 11), "expiry_6_months", cycle.THREATENED),
        (date(2026, 12, 11), "expiry_3_months", cycle.THREATENED),
        (date(2027, 2, 11), "expiry_1_months", cycle.THREATENED),
        (date(2027, 3, 11), "expiry_1_months", cycle.THREATENED),
        (date(2027, 3, 12), "lapsed_restorable", cycle.THREATENED),
        (date(2027, 9, 11), "lapsed_restorable", cycle.THREATENED),
        (date(2027, 9, 12), "lapsed", cycle.THREATENED),
    ],
)
def test_the_steps_before_and_after_the_expiry(on, kind, level):
    audits = (survey(held=date(2025, 2, 1)), survey(held=date(2026, 2, 1)))
    found = kinds(on, audits=audits)
    assert [(k, a.level) for k, a in found.items()] == ([(kind, level)] if kind else [])


def test_a_recertification_audit_that_was_held_calms_the_middle_step():
    audits = (survey(held=date(2026, 11, 20), kind="recertification"), survey(held=date(2025, 6, 1)))
    assert kinds(date(2026, 12, 20), audits=audits)["expiry_3_months"].level == cycle.WATCH
    assert kinds(date(2027, 2, 20), audits=audits)["expiry_1_months"].level == cycle.THREATENED


def test_a_recertification_audit_that_is_dated_says_nothing_until_three_months_before():
    audits = (
        survey(date(2027, 1, 12), kind="recertification"),
        survey(held=date(2025, 6, 1)),
        survey(held=date(2026, 6, 1)),
    )
    assert kinds(date(2026, 11, 23), audits=audits) == {}
    watch = kinds(date(2026, 12, 11), audits=audits)["expiry_3_months"]
    assert (watch.level, watch.parameters) == (cycle.WATCH, {"planned": date(2027, 1, 12)})
    gone_by = kinds(date(2027, 1, 20), audits=audits)["expiry_3_months"]
    assert (gone_by.level, gone_by.parameters) == (cycle.THREATENED, {})
    too_late = (survey(date(2027, 4, 1), kind="recertification"), *audits[1:])
    assert kinds(date(2026, 11, 23), audits=too_late)["expiry_6_months"].level == cycle.THREATENED


def test_a_suspension_runs_six_months():
    on = date(2026, 11, 23)
    alarm = kinds(on, suspended_since=date(2026, 8, 31))["suspension"]
    assert alarm.due_on == date(2027, 2, 28)
    assert "longer than" in kinds(date(2027, 3, 1), suspended_since=date(2026, 8, 31))["suspension"].sentence


def test_an_ended_cycle_and_unknown_dates_raise_nothing():
    assert kinds(date(2030, 1, 1), ended=True) == {}
    assert kinds(date(2030, 1, 1), decision_on=None, expires_on=None) == {}


def test_major_nonconformities_of_stage_2_are_verified_within_six_months():
    end = date(2026, 8, 31)
    assert cycle.stage2_alarm(end, majors_open=False, on=date(2026, 11, 23), table=TABLE) is None
    assert (
        cycle.stage2_alarm(end, majors_open=True, on=date(2027, 2, 28), table=TABLE).kind == "stage2_majors"
    )
    assert (
        cycle.stage2_alarm(end, majors_open=True, on=date(2027, 3, 1), table=TABLE).kind == "stage2_expired"
    )


def test_the_cycle_lasts_three_years():
    assert cycle.last_valid_day(DECISION, TABLE) == EXPIRY
    assert cycle.last_valid_day(date(2024, 2, 29), TABLE) == date(2027, 2, 27)


def test_a_renewal_in_time_follows_on_the_old_expiry():
    assert renewal.renewal_terms(EXPIRY, date(2027, 1, 20), TABLE) == renewal.RenewalTerms(
        "follows", date(2027, 1, 20), date(2030, 3, 11)
    )


def test_a_lapsed_certificate_is_restored_within_six_months_only():
    restored = renewal.renewal_terms(EXPIRY, date(2027, 9, 11), TABLE)
    assert (restored.kind, restored.earliest_effective_on) == ("restored", date(2027, 9, 11))
    assert restored.latest_expiry_on == date(2030, 3, 11)
    again = renewal.renewal_terms(EXPIRY, date(2027, 9, 12), TABLE)
    assert (again.kind, again.latest_expiry_on) == ("new_cycle", date(2030, 9, 11))


@given(days, st.integers(0, 60))
def test_months_keep_to_the_end_of_the_month(day, months):
    later = months_after(day, months)
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months


@given(days, days)
def test_a_renewal_never_lasts_longer_than_a_cycle_from_the_old_expiry_or_the_decision(expiry, decision):
    terms = renewal.renewal_terms(expiry, decision, TABLE)
    assert terms.earliest_effective_on >= decision
    assert terms.latest_expiry_on <= months_after(max(expiry, decision), 36)


@given(
    days,
    days,
    st.booleans(),
    st.lists(
        st.tuples(st.sampled_from(["surveillance", "recertification"]), st.none() | days, st.none() | days),
        max_size=4,
    ),
)
def test_alarms_name_their_limit_and_the_pressing_ones_come_first(decision, on, initial, audits):
    records = tuple(cycle.AuditRecord(*a) for a in audits)
    facts = cycle.Cycle(decision, cycle.last_valid_day(decision, TABLE), initial, audits=records)
    found = cycle.alarms(facts, on, TABLE)
    levels = [a.level == cycle.THREATENED for a in found]
    assert levels == sorted(levels, reverse=True)
    assert len({(a.kind, a.due_on) for a in found}) == len(found)


def test_dates_of_a_cycle_stand_in_order():
    good = renewal.check_cycle_dates(DECISION, DECISION, EXPIRY, EXPIRY)
    assert good
    assert not renewal.check_cycle_dates(DECISION, DECISION - timedelta(days=1), EXPIRY, EXPIRY)
    assert not renewal.check_cycle_dates(DECISION, DECISION, DECISION - timedelta(days=1), EXPIRY)
    assert not renewal.check_cycle_dates(DECISION, DECISION, EXPIRY + timedelta(days=1), EXPIRY)
