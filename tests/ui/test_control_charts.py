"""Check how control charts are drawn and what their table says."""

import json

import pytest
from django.utils.translation import override

from diapason.statistics.process_control import c_chart, p_chart, run_chart, xmr_chart
from diapason.statistics.shift_rules import RULES
from diapason.ui import charts
from diapason.ui.control_charts import RULE_LABELS, control_chart, doubts, signal_lines

MONTHS = [f"m{place}" for place in range(16)]
VALUES = [3, 4, 6, 5, 7, 6, 8, 7, 9, 6, 3, 2, 2, 1, 2, 1]


def test_draws_phases_names_limits_and_marks_the_action() -> None:
    with override("fr"):
        chart = control_chart(
            "essai",
            "Moins d’erreurs.",
            MONTHS,
            c_chart(VALUES, changes=[10]),
            actions=[(10, "mise en place")],
        )
        picture = charts.drawn(chart)
    assert picture.count(">limite haute<") == 2 and "limite basse" not in picture
    assert "mise en place" in picture and "stroke-dasharray" in picture
    assert len(chart.rows) == 16 and chart.rows[10][-1].startswith("mise en place")
    json.dumps(chart.spec)


def test_points_beyond_differ_by_shape_and_are_said_in_the_table() -> None:
    result = c_chart([5, 6, 5, 6, 5, 6, 5, 40])
    with override("en"):
        chart = control_chart("x", "One month stands out.", MONTHS[:8], result)
        lines = signal_lines(result, MONTHS[:8])
    shapes = [layer["mark"] for layer in chart.spec["layer"] if layer["mark"].get("shape") == "diamond"]
    assert len(shapes) == 1 and chart.rows[7][-1] == "one point beyond three standard deviations"
    assert lines == ["one point beyond three standard deviations (Shewhart 1931): m7"]


def test_too_few_points_draw_without_limits_and_say_why() -> None:
    result = xmr_chart([5, 6, 7])
    with override("en"):
        chart = control_chart("x", "Three months.", MONTHS[:3], result)
        assert doubts(result) == [
            "Fewer than 6 points: limits drawn from them would mislead, so there are none yet."
        ]
        assert "provisional" in doubts(xmr_chart(VALUES))[0]
    assert "limit" not in json.dumps(chart.spec) and chart.rows[0][2] == "–"


def test_other_kinds_and_gaps_draw_too() -> None:
    for result in (
        p_chart([1, 2, 0, 3, 1, 2, 1], [9, 8, 0, 12, 7, 9, 8]),
        run_chart([1, None, 2, 3, 4, 5, 6]),
        xmr_chart([]),
    ):
        labels = MONTHS[: len(result.values)]
        assert "<svg" in charts.drawn(control_chart("x", "Drawn.", labels, result))


def test_labels_match_points_and_every_rule_has_its_words() -> None:
    with pytest.raises(ValueError, match="labels"):
        control_chart("x", "No.", MONTHS[:2], xmr_chart([1, 2, 3]))
    assert set(RULE_LABELS) == set(RULES)
