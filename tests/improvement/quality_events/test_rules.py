"""Check the decisions about events: moves, needs, sorting, look-alikes, words."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from diapason.improvement.quality_events.rules import moves, sorting, wording
from diapason.improvement.quality_events.rules.catalogue import BadKinds, read_words
from diapason.improvement.quality_events.rules.lookalikes import Traits, alike, stems
from diapason.improvement.quality_events.rules.needs import NEEDS, Standing
from diapason.improvement.quality_events.rules.sorting import Case

WORDS = read_words(settings.DIAPASON["catalogue"] / "quality_event_kinds")


def test_every_move_stands_between_known_states_and_asks_for_known_needs() -> None:
    for move in moves.MOVES.values():
        assert {*move.sources, move.target} <= set(moves.STATES)
        assert set(move.needs) <= set(NEEDS)


def test_every_state_is_open_or_ended_and_has_a_look() -> None:
    assert set(moves.OPEN) | set(moves.ENDED) == set(moves.STATES) == set(moves.LOOKS)
    assert not set(moves.OPEN) & set(moves.ENDED)


def test_every_open_state_can_be_left_and_every_state_reached() -> None:
    for state in moves.OPEN:
        assert moves.MOVES.starting_from(state), state
    assert {move.target for move in moves.MOVES.values()} | {moves.REPORTED} == set(moves.STATES)


@given(
    st.builds(
        Standing,
        root_causes=st.integers(0, 2),
        has_correction=st.booleans(),
        analysis_asked=st.booleans(),
        corrective=st.integers(0, 2),
        unfinished=st.integers(0, 2),
        unproven=st.integers(0, 2),
        duties=st.integers(0, 2),
    )
)
def test_nothing_closes_without_what_it_needs(standing: Standing) -> None:
    for code in ("close", "close_simple"):
        allowed = all(NEEDS[need](standing, "P1") for need in moves.MOVES[code].needs)
        if allowed:
            assert standing.duties == 0
            assert standing.unfinished == standing.unproven == 0
            assert (
                standing.has_correction
                if code == "close_simple"
                else standing.root_causes and standing.corrective
            )
            assert not (code == "close_simple" and standing.analysis_asked)


def test_author_and_declarer_are_kept_apart() -> None:
    assert not NEEDS["other_author"](Standing(plan_author="P1"), "P1")
    assert NEEDS["other_author"](Standing(plan_author="P1"), "P2")
    serious = Standing(other_closer_asked=True, declared_by=("P1", "P3"))
    assert not NEEDS["other_closer"](serious, "P1") and not NEEDS["other_closer"](serious, "P3")
    assert NEEDS["other_closer"](serious, "P2")
    assert NEEDS["other_closer"](Standing(declared_by=("P1",)), "P1")


def test_causes_are_looked_for_from_a_severity_on_and_when_it_came_back() -> None:
    kind = WORDS.kinds["deviation"]
    assert not sorting.asks_for_analysis(Case("deviation", "", "minor"), kind, WORDS)
    assert sorting.asks_for_analysis(Case("deviation", "", "major"), kind, WORDS)
    assert sorting.asks_for_analysis(Case("deviation", "", "minor", repeated=True), kind, WORDS)
    never = WORDS.kinds["suggestion"]
    assert not sorting.asks_for_analysis(Case("suggestion", "", "critical", repeated=True), never, WORDS)


def test_the_seven_days_run_for_the_sponsors_own_ctr_trial_only() -> None:
    own = Case(
        "deviation", "", "major", has_study=True, is_interventional=True, under_ctr=True, sponsored_here=True
    )
    assert sorting.asks_about_breach(own, WORDS)
    assert (sorting.breach_duty(own, WORDS).within, sorting.breach_duty(own, WORDS).unit) == (
        7,
        "calendar_days",
    )
    other = Case("deviation", "", "major", has_study=True, is_interventional=True, under_ctr=True)
    assert sorting.breach_duty(other, WORDS).code == "tell_sponsor_breach"
    riph = Case("deviation", "", "major", has_study=True, is_interventional=True, sponsored_here=True)
    assert sorting.breach_duty(riph, WORDS).code == "tell_sponsor_breach"
    assert not sorting.asks_about_breach(Case("deviation", "", "minor", True, True), WORDS)


def test_the_first_fitting_rule_names_the_owner() -> None:
    owners = WORDS.sorting.owners
    assert (
        sorting.owner_of(Case("incident", "randomisation", "", sponsored_by_member=True), owners) == "sponsor"
    )
    assert sorting.owner_of(Case("incident", "randomisation", ""), owners) == "place"
    assert sorting.owner_of(Case("incident", "consent", "", sponsored_by_member=True), owners) == "place"


def test_the_catalogue_names_each_list_in_both_languages() -> None:
    assert len(WORDS.kinds) == 8 and len(WORDS.questions) == 4
    assert WORDS.channels["here"].stays
    assert {kind for kind, one in WORDS.kinds.items() if one.anonymous} == {"suggestion", "organization"}
    for named in (*WORDS.categories.values(), *WORDS.causes.values(), *WORDS.families.values()):
        assert named.name.fr and named.name.en
    assert {cause.group for cause in WORDS.causes.values()} <= set(WORDS.families)
    assert {question.channel for question in WORDS.questions} <= set(WORDS.channels)


def test_a_broken_catalogue_names_the_file(tmp_path) -> None:
    (tmp_path / "kinds.yaml").write_text("kinds: [{name: x}]")
    with pytest.raises(BadKinds, match=r"kinds\.yaml, kinds"):
        read_words(tmp_path)


def test_look_alikes_share_rare_words_and_facts() -> None:
    one = Traits("1", "Ancienne version du consentement signée", (("study", "7"), ("category", "consent")))
    others = [
        Traits("2", "Consentement signé sur une ancienne version", (("study", "7"), ("category", "consent"))),
        Traits("3", "Consentement non daté", (("study", ""), ("category", "consent"))),
        Traits("4", "Tubes envoyés sans glace carbonique", (("study", "9"), ("category", "samples"))),
    ]
    found = alike(one, others)
    assert found[0].key == "2"
    assert "4" not in [item.key for item in found]
    assert found[0].facts == ("study", "category") and found[0].words
    assert alike(one, []) == []


def test_stems_fold_accents_and_leave_small_words_out() -> None:
    assert stems("Les échantillons congelés, sans étiquette") == {"echant", "congel", "etique"}


@given(
    st.lists(st.text(alphabet="abcdefgh ", max_size=40), max_size=8),
    st.text(alphabet="abcdefgh ", max_size=40),
)
def test_scores_stay_between_nought_and_one_and_are_ordered(texts: list[str], mine: str) -> None:
    found = alike(
        Traits("0", mine), [Traits(str(place + 1), text) for place, text in enumerate(texts)], limit=50
    )
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)


def test_a_title_is_the_first_sentence() -> None:
    assert (
        wording.title_of("Consentement signé en V3. La V4 était au classeur.") == "Consentement signé en V3"
    )
    long = wording.title_of("mot " * 60)
    assert len(long) <= wording.LONGEST_TITLE and long.endswith("…")


@given(st.data())
def test_a_receipt_code_is_found_again_however_it_is_typed(data: st.DataObject) -> None:
    code = wording.new_code()
    typed = data.draw(
        st.sampled_from(
            [code, code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")]
        )
    )
    assert wording.digest_of(typed) == wording.digest_of(code)
    assert len(wording.digest_of(code)) == 64 and code not in wording.digest_of(code)
