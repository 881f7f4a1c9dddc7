"""Check how control charts are drawn and what their table says."""

import json
from itertools import pairwise

import pytest
from django.utils.translation import override

from diapason.statistics.process_control import c_chart, p_chart, run_chart, xmr_chart
from diapason.statistics.shift_rules import RULES
from diapason.ui import charts
from diapason.ui.control_charts import HEIGHT, RULE_LABELS, Named, control_chart, doubts, signal_lines

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


def test_names_of_lines_stand_beside_the_picture_and_apart() -> None:
    with override("en"):
        chart = control_chart(
            "x",
            "Close together.",
            MONTHS[:8],
            xmr_chart([5, 5, 5, 5, 5, 5, 5, 5.1]),
            target=Named(5, "target ≤ 5"),
        )
    words = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "text"]
    scale = chart.spec["encoding"]["y"]["scale"]["domain"]
    heights = sorted(
        HEIGHT * (scale[1] - layer["data"]["values"][0]["v"]) / (scale[1] - scale[0]) + layer["mark"]["dy"]
        for layer in words
    )
    assert [layer["data"]["values"][0]["i"] for layer in words] == [7.5] * len(words) and len(words) == 4
    assert all(after - before > 12 for before, after in pairwise(heights))


def test_the_name_of_an_earlier_limit_keeps_away_from_the_points() -> None:
    values = [9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 9, 9, 2, 2, 2, 2, 2, 2]
    with override("en"):
        chart = control_chart(
            "x",
            "Fewer.",
            [str(place) for place in range(18)],
            c_chart(values, changes=[12]),
            actions=[(12, "done")],
        )
    inside = next(
        layer
        for layer in chart.spec["layer"]
        if layer["mark"].get("align") == "left" and layer["data"]["values"][0]["i"] < 12
    )
    assert 3 <= inside["data"]["values"][0]["i"] <= 6 and inside["data"]["values"][0]["t"] == "upper limit"


def test_shares_are_written_in_percent_with_the_cases_they_rest_on() -> None:
    parts, wholes = [1, 2, 0, 3, 1, 2, 1], [9, 8, 0, 12, 7, 9, 8]
    with override("en"):
        chart = control_chart(
            "x", "Share.", MONTHS[:7], p_chart(parts, wholes), unit="share", sizes=wholes, percent=True
        )
        picture = charts.drawn(chart)
    assert chart.columns[1:3] == ["share", "Out of"] and chart.rows[1][1:3] == ["25%", "8"]
    assert ">100%<" in picture and ">0.5<" not in picture


def test_counts_have_whole_numbers_beside_them_and_the_last_month_below() -> None:
    with override("en"):
        chart = control_chart("x", "One.", [f"month {place}" for place in range(24)], c_chart([0, 1] * 12))
    axes = chart.spec["encoding"]
    assert (
        all(tick == int(tick) for tick in axes["y"]["axis"]["values"])
        and axes["y"]["axis"]["format"] == ",.0f"
    )
    assert axes["x"]["axis"]["values"][-1] == 23 and len(axes["x"]["axis"]["values"]) <= 7
