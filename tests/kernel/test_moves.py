"""Check the table of moves: what it refuses to be, what starts from a state, what changes and what is told."""

from types import SimpleNamespace

import pytest

from diapason.kernel.moves import Move, Moves

STATES = {"open": "Open", "shut": "Shut"}
SHUT = Move("shut", "Shut it", ("open",), "shut", "keeps_doors", ("a_door",))
SLAM = Move("slam", "Slam", ("open",), "shut", automatic=True)
DOOR = Moves(STATES, SHUT, SLAM)


def test_what_a_person_may_do_starts_from_a_state_and_what_follows_by_itself_is_not_offered() -> None:
    assert DOOR.starting_from("open") == (SHUT,)
    assert DOOR.starting_from("shut") == ()
    assert list(DOOR) == ["shut", "slam"]


def test_a_move_from_another_state_is_refused_with_the_state_in_words() -> None:
    assert DOOR.may_start("shut", "open")
    refused = DOOR.may_start("shut", "shut")
    assert not refused and refused.parameters == {"state": "Shut"}
    with pytest.raises(KeyError):
        DOOR.may_start("paint", "open")


def test_making_a_move_changes_the_state_and_tells_both() -> None:
    door = SimpleNamespace(state="open")
    assert DOOR.make(door, "slam") == {"from_state": "open", "to_state": "shut"}
    assert door.state == "shut"


@pytest.mark.parametrize("moves", [
    (SHUT, SHUT), (Move("lock", "Lock", ("open",), "locked"),), (Move("lock", "Lock", ("ajar",), "shut"),),
])  # fmt: skip
def test_a_table_that_contradicts_itself_is_none(moves: tuple[Move, ...]) -> None:
    with pytest.raises(ValueError, match=r"state|twice"):
        Moves(STATES, *moves)
