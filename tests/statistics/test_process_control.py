"""Check control charts against published worked examples, their rules, phases and the Pareto order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.statistics import process_control as control
from diapason.statistics import shift_rules
from diapason.statistics.pareto import pareto

# NIST/SEMATECH e-Handbook, § 6.3.2.2: ten readings of a flow rate.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# NIST/SEMATECH e-Handbook, § 6.3.3.1: defects on 25 wafers.
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
# Montgomery, Introduction to Statistical Quality Control, chapter 7: 30 samples of 50 cans.
CANS = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
# The same chapter: defects on ten rolls of cloth of unequal area (units of 50 m²).
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
AREAS = [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5]


def test_individual_values_as_published() -> None:
    chart = control.xmr_chart(FLOW)
    (phase,) = chart.phases
    assert phase.centre == pytest.approx(50.81)
    assert phase.upper[0] == pytest.approx(55.8041, abs=5e-4)
    assert phase.lower[0] == pytest.approx(45.8159, abs=5e-4)
    assert chart.is_stable and phase.is_provisional


def test_counts_as_published() -> None:
    chart = control.c_chart(WAFERS)
    (phase,) = chart.phases
    assert (phase.centre, phase.lower[0], phase.upper[0]) == (16, 4, 28)
    assert chart.beyond == {23} and not phase.is_provisional


def test_proportions_as_published() -> None:
    chart = control.p_chart(CANS, [50] * 30)
    (phase,) = chart.phases
    assert phase.centre == pytest.approx(0.2313, abs=5e-5)
    assert (phase.lower[0], phase.upper[0]) == (
        pytest.approx(0.0524, abs=1e-4),
        pytest.approx(0.4102, abs=1e-4),
    )
    assert chart.beyond == {14, 22}


def test_rates_have_limits_a_point_as_published() -> None:
    (phase,) = control.u_chart(CLOTH, AREAS).phases
    assert phase.centre == pytest.approx(1.42, abs=5e-3)
    assert (phase.lower[0], phase.upper[0]) == (pytest.approx(0.29, abs=1e-2), pytest.approx(2.55, abs=1e-2))
    assert phase.upper[1] > phase.upper[0] > phase.upper[2]  # less area, wider limits


# Table 1 of J. Anhøj and A. V. Olesen, PLoS ONE 9 (2014) e113825, and its formulas.
@pytest.mark.parametrize(("useful", "run", "crossings"), [(10, 6, 2), (20, 7, 6), (24, 8, 8)])
def test_runs_and_crossings_to_expect(useful: int, run: int, crossings: int) -> None:
    assert shift_rules.longest_usual_run(useful) == run
    assert shift_rules.fewest_usual_crossings(useful) == crossings


def test_each_rule_sees_its_pattern_and_names_the_points() -> None:
    calm = [5.0, 6.0] * 10

    def seen(rule: str, more: list[float]) -> list[tuple[int, ...]]:
        chart = control.xmr_chart([*calm, *more], baseline=20, rules=[rule])  # sigma 1 / 1.128 = 0.887
        return [signal.points for signal in chart.signals]

    assert seen("beyond_limits", [8.2]) == [(20,)] and seen("beyond_limits", [8.1]) == []
    assert seen("two_of_three", [7.4, 5.5, 7.4]) == [(20, 22)] and seen("two_of_three", [7.4, 5.5, 3.6]) == []
    assert seen("four_of_five", [6.5, 6.5, 5.4, 6.5, 6.5]) == [(20, 21, 23, 24)]
    assert seen("eight_one_side", [5.1, *[5.9] * 8]) == [tuple(range(21, 29))]
    assert seen("eight_one_side", [5.1, *[5.9] * 4, 5.5, *[5.9] * 4]) == []
    assert seen("six_trend", [5.1, 5.2, 5.3, 5.4, 5.5, 5.6]) == [(20, 21, 22, 23, 24, 25)]
    assert seen("six_trend", [5.1, 5.2, 5.3, 5.3, 5.5, 5.6]) == []


def test_run_chart_sees_a_shift_by_runs_and_crossings() -> None:
    chart = control.run_chart([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9, 8, 9, 8, 9])
    assert {signal.rule for signal in chart.signals} == {"long_run", "few_crossings"}
    assert not chart.phases[0].has_limits and chart.phases[0].centre == 5
    assert control.run_chart([3, 7, 4, 6, 2, 8, 3, 7, 4, 6]).is_stable


def test_a_change_gives_new_limits() -> None:
    before, after = [5, 6, 7, 6, 8, 7, 8, 9, 9, 6], [4, 3, 3, 2, 3, 2]
    chart = control.c_chart([*before, *after], changes=[10])
    one, two = chart.phases
    assert (one.first, one.last, two.first, two.last) == (0, 9, 10, 15)
    assert one.centre == pytest.approx(7.1) and two.centre == pytest.approx(17 / 6)
    assert two.upper[0] < one.upper[0] and chart.phase_of(10) is two
    assert control.c_chart([*before, *after], baseline=10).phases[0].centre == pytest.approx(7.1)


@pytest.mark.parametrize("value", [0.1, 0.7, 1 / 3, 3.3, 12.1, 0.0])
@pytest.mark.parametrize("many", [6, 12, 13, 24])
def test_equal_points_show_nothing_however_their_mean_is_rounded(value: float, many: int) -> None:
    """A mean of tenths is not exactly a tenth: limits that meet at the mean must not cry wolf at every point."""
    assert control.xmr_chart([value] * many, rules=shift_rules.RULES).signals == ()
    assert control.u_chart([3] * many, [value or 1.0] * many, rules=shift_rules.RULES).signals == ()
    assert control.p_chart([many] * many, [many] * many, rules=shift_rules.RULES).signals == ()
    changed = control.xmr_chart([value] * many + [value + 1], baseline=many)
    assert changed.beyond == {many}


def test_too_few_points_have_a_reason_and_no_limits() -> None:
    chart = control.xmr_chart([5, 6, 5, 7, 6, 5, 6, 20, 1], changes=[7])
    assert chart.phases[0].has_limits
    short = chart.phases[1]
    assert not short.has_limits and short.centre == 10.5
    assert short.reason == control.TOO_FEW
    assert chart.is_stable
    assert control.xmr_chart([]).phases == ()
    assert control.xmr_chart([None, None]).phases[0].centre is None


def test_points_without_a_figure_keep_their_place() -> None:
    chart = control.p_chart([1, 0, 2, 1, 0, 1, 2], [10, 0, 12, 9, 11, 10, 13])
    assert chart.values[1] is None and chart.phases[0].upper[1] is None and chart.phases[0].points == 6


def test_what_makes_no_sense_is_refused() -> None:
    for wrong in (
        lambda: control.p_chart([3], [2]),
        lambda: control.p_chart([1, 2], [2]),
        lambda: control.u_chart([-1], [2]),
        lambda: control.c_chart([-1]),
        lambda: pareto({"a": -1}),
        lambda: control.c_chart([1], rules=["whim"]),
    ):
        with pytest.raises(ValueError):
            wrong()


@given(st.lists(st.integers(0, 60), min_size=6, max_size=40), st.integers(0, 45))
def test_limits_enclose_the_centre_and_every_signal_is_a_point(counts: list[int], change: int) -> None:
    chart = control.c_chart(counts, changes=[change], rules=shift_rules.RULES)
    assert [index for phase in chart.phases for index in range(phase.first, phase.last + 1)] == list(
        range(len(counts))
    )
    for phase in chart.phases:
        for low, high in zip(phase.lower, phase.upper, strict=True):
            assert 0 <= low <= phase.centre <= high
    assert all(0 <= index < len(counts) for signal in chart.signals for index in signal.points)


def test_pareto_is_sorted_and_sums_to_one() -> None:
    rows = pareto({"outil": 5, "consigne": 40, "charge": 5, "formation": 30, "autre": 0, "lieu": 20})
    assert [row.label for row in rows] == ["consigne", "formation", "lieu", "charge", "outil"]
    assert [row.cumulative for row in rows] == pytest.approx([0.4, 0.7, 0.9, 0.95, 1.0])
    assert [row.is_vital for row in rows] == [True, True, True, False, False]
    assert pareto({}) == []


def test_rare_counts_are_known_as_such_and_cry_no_wolf() -> None:
    rare = [0] * 14 + [1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    assert control.is_rare(rare)
    assert not any(control.is_rare(values) for values in ([0, 3, 1, 2], [0.5, 0.2], [None]))
    assert control.run_chart(rare).is_stable and not control.c_chart(rare).is_stable
