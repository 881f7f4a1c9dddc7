"""Check the tables of moves and the words that tell whose a lesson is."""

from datetime import date

import pytest

from diapason.improvement.lessons.queries.answers import summary_of
from diapason.improvement.lessons.rules import answers, moves, telltales
from diapason.improvement.lessons.rules.needs import NEEDS, Standing

DAY = date(2026, 11, 23)


def test_every_move_starts_and_ends_in_a_known_state() -> None:
    for move in moves.MOVES.values():
        assert {*move.sources, move.target} <= moves.STATES.keys() == moves.LOOKS.keys()
        assert set(move.needs) <= NEEDS.keys() and move.ability in (moves.HOUSE, moves.COORDINATION)
    for answer in answers.MOVES.values():
        assert {*answer.sources, answer.target} <= answers.STATES.keys() == answers.LOOKS.keys()


def test_nothing_is_offered_on_a_way_around_the_agreement_of_its_house() -> None:
    into = {move.code: move for move in moves.MOVES.values() if move.target in moves.PUBLISHED}
    assert set(into) == {"offer", "close"} and into["offer"].sources == (moves.AGREED,)
    agreed = [move for move in moves.MOVES.values() if move.target == moves.AGREED]
    assert [move.ability for move in agreed] == [moves.HOUSE]
    assert all("nothing_tells" in moves.MOVES[code].needs for code in ("send", "agree", "offer"))


def test_each_answer_says_what_it_must() -> None:
    assert answers.check("adopt", text="ainsi", until=DAY, on=DAY)
    assert answers.check("in_place", text="", until=None, on=DAY)
    for code, text, until in (
        ("adopt", "", DAY), ("adopt", "x", None), ("refuse", " ", None), ("later", "", DAY), ("later", "x", None),
        ("adopt", "x", date(2026, 11, 22)), ("carry_out", "", None), ("carry_out", "", date(2026, 11, 24)),
    ):  # fmt: skip
        verdict = answers.check(code, text=text, until=until, on=DAY)
        assert not verdict and verdict.reason


def test_needs_give_their_reason() -> None:
    assert NEEDS["whole"](Standing(True)) and not NEEDS["whole"](Standing(False))
    refused = NEEDS["nothing_tells"](Standing(True, ("Alphaville",)))
    assert not refused and refused.parameters == {"words": "Alphaville"}


@pytest.mark.parametrize(
    ("text", "names", "hits"),
    [
        ("Le centre de Nice a tout bien fait", ["Nice"], ["Nice"]),
        ("C’est nice", ["Nice"], []),
        ("À NICE", ["Nice"], ["Nice"]),
        ("L’institut\n alphonse-alpha", ["Institut Alphonse-Alpha"], ["Institut Alphonse-Alpha"]),
        ("Niceville", ["Nice"], []),
        ("Voir EV-ALP-2026-0042", [], ["EV-ALP-2026-0042"]),
        ("Vu par Mme Petit", telltales.names_of_person("Anne", "Petit"), ["Mme Petit"]),
        ("Un petit écart", telltales.names_of_person("Anne", "Petit"), []),
        ("ab", ["ab"], []),
    ],
)
def test_names_are_found_as_whole_words(text: str, names: list[str], hits: list[str]) -> None:
    assert telltales.found(text, names) == hits
    assert not telltales.found(telltales.taken_out(text, names), names)


def test_counts_are_told_from_five_answers_on() -> None:
    rows = [("adopted", DAY, date(2026, 11, 25))] * 3 + [("not_applicable", DAY, date(2026, 11, 29))]
    few = summary_of([*rows, ("asked", DAY, None)])
    assert (few.asked, few.answered, few.is_told, few.adopted, few.days) == (5, 4, False, None, None)
    enough = summary_of([*rows, ("done", DAY, date(2026, 11, 24))])
    assert (enough.adopted, enough.count("not_applicable"), enough.days) == (4, 1, 2)
    named = summary_of(rows, named=True)
    assert named.adopted == 3 and named.days is None
