"""Check how events are put in order, and what the moves ask for."""

from datetime import date
from pathlib import Path

import pytest

from diapason.improvement.crex.rules import moves
from diapason.improvement.crex.rules.catalogue import BadCrex, read_crex
from diapason.improvement.crex.rules.choosing import Candidate, points_of_frequency, ranked

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "quality_event_kinds"
CREX = read_crex(FOLDER)
ON = date(2026, 11, 23)


def test_the_catalogue_holds_the_two_methods_whole():
    assert len(CREX.methods["orion"].steps) == 6
    assert len(CREX.methods["alarm"].steps) == 7
    assert CREX.longest == 90
    assert "quality" in CREX.trades


def test_a_catalogue_with_a_hole_is_refused(tmp_path):
    (tmp_path / "crex.yaml").write_text("longest: 90\n", encoding="utf-8")
    with pytest.raises(BadCrex):
        read_crex(tmp_path)


@pytest.mark.parametrize(("alike", "points"), [(0, 0), (1, 1), (2, 1), (3, 2), (11, 3), (12, 4), (99, 4)])
def test_frequency_is_banded(alike, points):
    assert points_of_frequency(alike, CREX) == points


def test_frequency_times_gravity_puts_events_in_order():
    rare_critical = Candidate("EV-1", "critical", "consent", 1)
    frequent_minor = Candidate("EV-2", "minor", "visit", 12)
    frequent_major = Candidate("EV-3", "major", "data", 6)
    unsorted = Candidate("EV-4", "serious", "", 1)
    found = ranked([unsorted, frequent_minor, frequent_major, rare_critical], CREX)
    assert [(one.candidate.number, one.score) for one in found] == [
        ("EV-3", 9), ("EV-1", 4), ("EV-2", 4), ("EV-4", 3)
    ]  # fmt: skip


def test_every_need_of_the_table_is_known_and_says_why():
    nothing = moves.Standing(held_on=date(2027, 1, 1), on=ON, fewest=3)
    everything = moves.Standing(
        held_on=ON,
        on=ON,
        has_event=True,
        has_pilot=True,
        people=4,
        fewest=3,
        quality=1,
        steps=2,
        has_minutes=True,
    )
    for move in moves.MOVES.values():
        for need in move.needs:
            assert moves.NEEDS[need](everything)
            assert not moves.NEEDS[need](nothing)
            assert moves.NEEDS[need](nothing).reason
        assert move.target in moves.STATES
        assert set(move.sources) <= set(moves.STATES)
