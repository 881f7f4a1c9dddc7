"""What certificates cover: stretches, bounds, "since when", states and counts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diapason.certification.certificates.rules import coverage as cov
from diapason.certification.certificates.rules import spans, timeline, validity
from diapason.certification.certificates.rules.cycle import THREATENED, WATCH, Alarm
from diapason.kernel.dates import PartialDate

ON = date(2018, 10, 9)
ALPHA = cov.Cell("ALP", "", "investigation")
BETA = cov.Cell("BET", "", "investigation")
days = st.dates(date(2012, 1, 1), date(2012, 3, 31))
stretches = st.lists(st.tuples(days, days).map(sorted).map(tuple), max_size=6)


def hold(cell, first, last, **more):
    return cov.Holding(cell, spans.Span(first, first, last, last), **more)


def answer(required, holdings, on=ON):
    return cov.network_answer([cov.Requirement(c) for c in required], cov.Coverage.of(holdings), on)


def as_days(found):
    return {first + timedelta(days=i) for first, last in found for i in range((last - first).days + 1)}


@given(stretches, stretches)
def test_stretches_behave_as_sets_of_days(left, right):
    assert as_days(spans.merged(left)) == as_days(left)
    assert as_days(spans.without(left, right)) == as_days(left) - as_days(right)
    assert as_days(spans.common(left, right)) == as_days(left) & as_days(right)
    joined = spans.merged(left)
    assert all(one[1] + timedelta(days=1) < two[0] for one, two in zip(joined, joined[1:], strict=False))


def test_open_ends_stay_open():
    assert spans.without([(date.min, date.max)], [(ON, ON)]) == [
        (date.min, ON - timedelta(days=1)),
        (ON + timedelta(days=1), date.max),
    ]


def test_the_last_cell_decides_since_when():
    found = answer(
        [ALPHA, BETA],
        [hold(ALPHA, date(2013, 1, 1), date(2019, 1, 1)), hold(BETA, date(2018, 4, 30), date(2021, 1, 1))],
    )
    assert found.state == cov.COVERED
    assert found.since == PartialDate.day(date(2018, 4, 30))
    assert found.bounded == ()


def test_successive_certificates_join_and_a_gap_begins_anew():
    first = hold(ALPHA, date(2013, 1, 1), date(2015, 12, 31))
    assert answer([ALPHA], [first, hold(ALPHA, date(2016, 1, 1), date(2018, 12, 31))]).since.latest == date(
        2013, 1, 1
    )
    broken = answer([ALPHA], [first, hold(ALPHA, date(2016, 1, 2), date(2018, 12, 31))])
    assert broken.since.latest == date(2016, 1, 2)
    assert broken.complete[0] == (date(2013, 1, 1), date(2015, 12, 31))


def test_a_suspension_breaks_the_coverage():
    one = hold(ALPHA, date(2017, 1, 1), date(2019, 1, 1), holes=((date(2018, 1, 1), date(2018, 2, 1)),))
    assert answer([ALPHA], [one]).since.latest == date(2018, 2, 2)
    assert answer([ALPHA], [one], date(2018, 1, 15)).state == cov.UNCOVERED


def test_uncovered_and_not_known_cells_are_told_apart():
    maybe = cov.Holding(BETA, spans.Span(date(2015, 1, 1), date(2018, 4, 30), date(2018, 10, 9), None))
    found = answer([ALPHA, BETA], [maybe], date(2020, 1, 1))
    assert (found.state, found.uncovered, found.not_known) == (cov.UNCOVERED, (ALPHA,), (BETA,))
    found = answer([BETA], [maybe], date(2020, 1, 1))
    assert (found.state, found.not_known, found.complete) == (
        cov.NOT_KNOWN,
        (BETA,),
        ((date(2018, 4, 30), date(2018, 10, 9)),),
    )


def test_bounds_are_kept_and_their_cells_named():
    maybe = cov.Holding(BETA, spans.Span(date(2015, 1, 1), date(2018, 4, 30), date(2018, 10, 9), None))
    found = answer([BETA], [maybe])
    assert found.since == PartialDate(date(2015, 1, 1), date(2018, 4, 30))
    later = answer([ALPHA, BETA], [maybe, hold(ALPHA, date(2018, 10, 1), date(2021, 1, 1))])
    assert later.since == PartialDate.day(date(2018, 10, 1))
    assert later.bounded == (BETA,)


def test_an_activity_that_begins_covered_does_not_move_the_date():
    cells = [cov.Requirement(ALPHA), cov.Requirement(BETA, starts_on=date(2018, 6, 1))]
    held = [hold(ALPHA, date(2016, 1, 1), date(2019, 1, 1)), hold(BETA, date(2018, 5, 1), date(2019, 1, 1))]
    assert cov.network_answer(cells, cov.Coverage.of(held), ON).since.latest == date(2016, 1, 1)
    late = [held[0], hold(BETA, date(2018, 7, 1), date(2019, 1, 1))]
    assert cov.network_answer(cells, cov.Coverage.of(late), ON).since.latest == date(2018, 7, 1)


def test_an_activity_that_ended_uncovered_freed_the_network_that_day():
    cells = [cov.Requirement(ALPHA), cov.Requirement(BETA, ends_on=date(2018, 6, 30))]
    found = cov.network_answer(cells, cov.Coverage.of([hold(ALPHA, date(2016, 1, 1), date(2019, 1, 1))]), ON)
    assert found.since == PartialDate.day(date(2018, 7, 1))


def test_nothing_required_is_not_known():
    assert answer([], []).state == cov.NOT_KNOWN


@given(st.lists(st.tuples(st.sampled_from("AB"), days, days, st.integers(0, 30)), max_size=6), days)
def test_bounds_always_enclose_the_sure_answer(found, on):
    cells = [cov.Cell(k, "", "x") for k in "AB"]
    holdings = []
    for key, one, two, slack in found:
        first, last = sorted((one, two))
        sure = min(first + timedelta(days=slack), last)
        holdings.append(cov.Holding(cov.Cell(key, "", "x"), spans.Span(first, sure, last, last)))
    result = answer(cells, holdings, on)
    if result.state == cov.COVERED:
        assert result.since.earliest <= result.since.latest <= on
        assert not result.uncovered and not result.not_known
    else:
        assert result.uncovered or result.not_known


def dates(**changes):
    return validity.Dates(
        **{"decision": PartialDate.day(date(2016, 1, 4)), "expires_on": date(2019, 1, 3), **changes}
    )


def test_the_state_of_a_certificate_on_a_day():
    assert validity.state_on(dates(), date(2015, 1, 1)) == validity.NOT_YET
    assert validity.state_on(dates(), date(2019, 1, 3)) == validity.VALID
    assert validity.state_on(dates(), date(2019, 1, 4)) == validity.LAPSED
    assert validity.state_on(dates(withdrawn_on=date(2017, 1, 1)), date(2017, 1, 1)) == validity.WITHDRAWN
    assert validity.state_on(dates(successor_from=date(2018, 12, 1)), date(2018, 12, 1)) == validity.REPLACED
    held = dates(suspensions=((date(2017, 1, 1), date.max),))
    assert validity.state_on(held, date(2017, 6, 1)) == validity.SUSPENDED
    assert validity.suspended_since(held, date(2017, 6, 1)) == date(2017, 1, 1)


def test_a_certificate_of_which_only_a_bound_is_known():
    known = dates(
        decision=PartialDate(date(2015, 1, 1), date(2018, 4, 30)),
        expires_on=None,
        confirmed_on=date(2018, 10, 9),
    )
    assert validity.state_on(known, date(2014, 12, 31)) == validity.NOT_YET
    assert validity.state_on(known, date(2016, 1, 1)) == validity.NOT_KNOWN
    assert validity.state_on(known, date(2018, 5, 1)) == validity.VALID
    assert validity.state_on(known, date(2026, 11, 23)) == validity.NOT_KNOWN


def test_a_withdrawn_certificate_holds_until_the_day_before():
    span = validity.span_of(dates(withdrawn_on=date(2017, 1, 1)), covered_from=date(2016, 6, 1))
    assert span.sure == [(date(2016, 6, 1), date(2016, 12, 31))]


def test_counts_step_by_step():
    sure = {"A": [(date(2013, 1, 1), date(2018, 12, 31))], "B": [(date(2018, 4, 30), date(2018, 12, 31))]}
    possible = {"A": [(date(2013, 1, 1), date(2018, 12, 31))], "B": [(date(2015, 1, 1), date.max)]}
    found = timeline.steps(sure, possible, date(2012, 1, 1), date(2019, 6, 1))
    assert [(s.day, s.sure, s.possible) for s in found] == [
        (date(2012, 1, 1), 0, 0),
        (date(2013, 1, 1), 1, 1),
        (date(2015, 1, 1), 1, 2),
        (date(2018, 4, 30), 2, 2),
        (date(2019, 1, 1), 0, 1),
    ]


@given(st.dictionaries(st.sampled_from("ABC"), stretches))
def test_counts_agree_with_counting_each_day(held):
    found = timeline.steps(held, held, date(2012, 1, 1), date(2012, 4, 5))
    for day in (date(2012, 1, 1) + timedelta(days=i) for i in range(95)):
        expected = sum(spans.holding(s, day) is not None for s in held.values())
        assert [s for s in found if s.day <= day][-1].sure == expected


def test_what_falls_if_nothing_changes():
    last = {"A": date(2027, 3, 11), "B": date(2029, 1, 1)}
    found = timeline.falling(last, date(2026, 11, 23), date(2028, 12, 31))
    assert found == [(date(2026, 11, 23), 2, []), (date(2027, 3, 12), 1, ["A"]), (date(2028, 12, 31), 1, [])]


def test_the_state_of_an_organization():
    watch, threat = Alarm("a", WATCH, ON, "…"), Alarm("b", THREATENED, ON, "…")
    state = timeline.organization_state
    assert state(cov.COVERED, [], False) == timeline.CERTIFIED
    assert state(cov.COVERED, [], True) == timeline.IN_TRANSITION
    assert state(cov.COVERED, [watch], True) == timeline.TO_WATCH
    assert state(cov.COVERED, [watch, threat], True) == timeline.THREATENED
    assert state(cov.NOT_KNOWN, [], False) == timeline.UNKNOWN
    assert state("", [], False) == timeline.NOT_CERTIFIED
    assert timeline.coverage_state([(ON, ON)], [], ON) == cov.COVERED
    assert timeline.coverage_state([], [(ON, ON)], ON) == cov.NOT_KNOWN
    assert timeline.coverage_state([], [], ON) == ""
