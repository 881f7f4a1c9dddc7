"""Check what an answer means, how readiness is counted, and what a change of edition foresees."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from diapason.certification.readiness.rules.entry import Entry, troubles
from diapason.certification.readiness.rules.heat import columns_of
from diapason.certification.readiness.rules.scale import BadScale, read_scale
from diapason.certification.readiness.rules.standing import Answer, applies, readiness, standing_of, worst
from diapason.certification.readiness.rules.transition import forecast
from diapason.context.standards.rules.reading import read_catalogue

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "standards"
SCALE = read_scale(FOLDER / "maturity.yaml")
TODAY = date(2026, 11, 23)
LATER, EARLIER = date(2027, 3, 1), date(2026, 10, 1)


def test_the_scale_has_five_levels_in_both_languages():
    assert [level.level for level in SCALE.levels] == [0, 1, 2, 3, 4]
    assert all(
        level.name.fr and level.name.en and level.words.fr and level.words.en for level in SCALE.levels
    )
    assert (SCALE.ready_from, SCALE.blocking_below, SCALE.blocking_weight) == (3, 2, 3)


@pytest.mark.parametrize(
    ("old", "new"),
    [("ready_from: 3", "ready_from: 9"), ("level: 1", "level: 7"), ("ready_from: 3", "ready_from: high")],
)
def test_a_mistaken_scale_is_refused_by_name(tmp_path, old, new):
    path = tmp_path / "maturity.yaml"
    path.write_text(
        (FOLDER / "maturity.yaml").read_text(encoding="utf-8").replace(old, new), encoding="utf-8"
    )
    with pytest.raises(BadScale, match=r"maturity\.yaml"):
        read_scale(path)


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (Answer("7.2", 3), "unknown"),
        (Answer("7.2", 3, aside=True), "aside"),
        (Answer("7.2", 3, 3), "ready"),
        (Answer("7.2", 3, 4), "ready"),
        (Answer("7.2", 3, 2), "gap"),
        (Answer("7.2", 3, 1), "blocking"),
        (Answer("7.2", 3, 1, due_on=LATER), "blocking"),
        (Answer("7.4", 1, 0), "gap"),
        (Answer("7.4", 1, 0, due_on=LATER), "acting"),
        (Answer("7.4", 1, 0, due_on=TODAY), "acting"),
        (Answer("7.4", 1, 0, due_on=EARLIER), "gap"),
        (Answer("7.4", 1, 0, due_on=LATER, done_on=TODAY), "gap"),
    ],
)
def test_an_answer_has_one_standing(answer, standing):
    assert standing_of(answer, SCALE, TODAY) == standing


def test_readiness_counts_by_weight_and_never_takes_incomplete_for_failed():
    answers = [
        Answer("7.2", 3, 3),
        Answer("7.3", 1, 2, due_on=EARLIER),
        Answer("7.4", 1),
        Answer("8.3.1", 2, aside=True),
    ]
    found = readiness(answers, SCALE, TODAY)
    assert (found.total, found.assessed, found.ready, found.open_gaps, found.unknown) == (3, 2, 1, 1, 1)
    assert found.share_assessed == Decimal(2) / 3
    assert found.share_ready == Decimal("0.75")
    assert found.bounds == (Decimal("0.6"), Decimal("0.8"))
    assert (found.late_actions, found.latest_due, found.aside) == (1, EARLIER, 1)
    assert not found.complete
    assert found.state == "warn"


def test_nothing_assessed_is_not_known_rather_than_bad():
    found = readiness([Answer("7.2", 3), Answer("7.3", 1)], SCALE, TODAY)
    assert (found.state, found.share_ready, found.is_ready) == ("unk", None, False)
    assert found.bounds == (Decimal(0), Decimal(1))
    assert readiness([], SCALE, TODAY).share_assessed is None


def test_ready_so_far_but_incomplete_is_not_ready():
    found = readiness([Answer("7.2", 3, 3), Answer("7.3", 1)], SCALE, TODAY)
    assert (found.state, found.is_ready) == ("unk", False)


def test_a_blocking_gap_shows_even_when_the_rest_is_missing():
    found = readiness([Answer("7.2", 3, 0), Answer("7.3", 1)], SCALE, TODAY)
    assert (found.state, found.blocking) == ("bad", ("7.2",))


def test_the_worst_standing_stands_for_several():
    assert worst(["ready", "unknown"]) == "unknown"
    assert worst(["ready", "acting", "unknown"]) == "acting"
    assert worst(["gap", "blocking"]) == "blocking"
    assert worst([]) == "aside"


def test_the_role_filter_asks_the_right_organizations():
    assert applies("both", sponsor=False, investigator=True, central=False)
    assert not applies("sponsor", sponsor=False, investigator=True, central=False)
    assert applies("investigator", sponsor=False, investigator=True, central=False)
    assert not applies("central", sponsor=True, investigator=True, central=False)


def test_the_columns_gather_every_clause_once_and_open():
    edition = next(one for one in read_catalogue(FOLDER).editions if one.code == "iso-9001-2015")
    numbers = [clause.number for clause in edition.clauses if clause.assessable]
    columns = columns_of(numbers, edition.columns)
    assert [column.heading for column in columns][:8] == ["4", "5", "6", "7.1", "7.2", "7.3", "7.4", "7.5"]
    assert sorted(number for column in columns for number in column.clauses) == sorted(numbers)
    opened = columns_of(numbers, edition.columns, ["8.4"])
    assert [column.heading for column in opened if column.opened] == ["8.4.1", "8.4.2", "8.4.3"]


def test_without_declared_columns_each_chapter_is_one():
    assert [one.heading for one in columns_of(["P1", "P2", "3.1", "3.2", "A.1"], [])] == ["P", "3", "A"]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(clause="7.2", maturity=3), "evidence"),
        (Entry(clause="7.2", aside=True), "evidence"),
        (Entry(clause="7.2", maturity=9, evidence="x"), "maturity"),
        (Entry(clause="7.2", maturity=2, aside=True, evidence="x"), "maturity"),
        (Entry(clause="7.2", maturity=1, action="Former"), "due_on"),
        (Entry(clause="7.2", maturity=1, due_on=LATER), "action"),
    ],
)
def test_an_answer_says_what_it_lacks(entry, field):
    assert list(troubles(entry, SCALE)) == [field]


def test_a_low_level_needs_no_proof_and_notes_may_stay_without_level():
    assert not troubles(Entry(clause="7.2", maturity=1), SCALE)
    assert not troubles(Entry(clause="7.2", evidence="à revoir avec la pharmacie"), SCALE)


DEADLINE = date(2029, 9, 30)


def work(*answers: Answer):
    return forecast(answers, SCALE, TODAY, DEADLINE)


def test_all_gaps_closed_is_done():
    found = work(Answer("4.1", 2, 3, assessed_on=EARLIER), Answer("7.3", 1, 4, assessed_on=TODAY))
    assert (found.basis, found.expected_end, found.misses, found.state) == ("done", TODAY, False, "ok")


def test_dated_actions_give_the_end():
    found = work(
        Answer("4.1", 2, 1, due_on=LATER, assessed_on=EARLIER), Answer("7.3", 1, 3, assessed_on=EARLIER)
    )
    assert (found.basis, found.expected_end, found.misses) == ("planned", LATER, False)
    assert found.open == ("4.1",)


def test_a_planned_end_after_the_deadline_misses_it():
    found = work(Answer("4.1", 2, 1, due_on=date(2030, 1, 1), assessed_on=EARLIER))
    assert (found.misses, found.state) == (True, "bad")


def test_without_plan_the_pace_is_used_once_it_means_something():
    start = date(2026, 8, 15)  # 100 days before TODAY
    closed = [Answer(str(n), 1, 3, assessed_on=start) for n in range(2)]
    found = work(*closed, Answer("9", 1, 1, assessed_on=start), Answer("10", 1))
    assert (found.basis, found.expected_end) == ("pace", date(2027, 3, 3))


def test_a_late_action_is_no_plan_and_too_few_closed_gaps_are_no_pace():
    found = work(
        Answer("4.1", 2, 1, due_on=EARLIER, assessed_on=EARLIER), Answer("7.3", 1, 3, assessed_on=EARLIER)
    )
    assert (found.basis, found.expected_end, found.misses, found.state) == ("unknown", None, None, "unk")


def test_nothing_started_is_not_known_rather_than_missed():
    found = work(Answer("4.1", 2), Answer("7.3", 1))
    assert (found.basis, found.misses, found.closed, found.total) == ("unknown", None, 0, 2)


def test_without_a_deadline_nobody_misses_it():
    found = forecast([Answer("4.1", 2, 1, due_on=LATER)], SCALE, TODAY, None)
    assert (found.expected_end, found.misses) == (LATER, None)
