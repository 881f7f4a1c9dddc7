"""Check the table of moves: no path leads to "effective" without a criterion and another person's check."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.improvement.action_plan.rules import moves
from diapason.improvement.action_plan.rules.criterion import (
    EFFECTIVE,
    NOT_EFFECTIVE,
    OPERATORS,
    TOO_FEW,
    Point,
    Target,
    read,
    whole_periods_after,
)
from diapason.improvement.action_plan.rules.needs import NEEDS, Standing
from diapason.kernel.dates import months_after

DAY = date(2026, 11, 23)
PEOPLE = ("P-owner", "P-stand-in", "P-manager", "P-elsewhere")


def test_every_state_is_told_and_reached() -> None:
    reached = {moves.PLANNED} | {move.target for move in moves.MOVES.values()}
    assert reached == set(moves.STATES) == set(moves.LOOKS)
    assert all(set(move.sources) <= set(moves.STATES) for move in moves.MOVES.values())
    assert all(set(move.needs) <= set(NEEDS) for move in moves.MOVES.values())


def test_nothing_leaves_an_ended_state() -> None:
    assert not any(moves.MOVES.starting_from(state) for state in moves.ENDED)


@pytest.mark.parametrize(
    ("kind", "ended"),
    [("correction", True), ("improvement", True), ("corrective", False), ("prevention", False)],
)
def test_done_is_the_end_where_no_check_follows(kind: str, ended: bool) -> None:
    assert moves.is_ended(kind, moves.DONE) is ended


@given(
    kind=st.sampled_from(sorted(moves.KINDS)),
    owner=st.sampled_from(["", "P-owner"]),
    steps=st.lists(
        st.tuples(
            st.sampled_from([*moves.MOVES, "fix", "delegate"]), st.sampled_from(PEOPLE), st.integers(0, 200)
        ),
        max_size=25,
    ),
)
def test_no_path_to_effective_without_criterion_and_somebody_else(
    kind: str, owner: str, steps: list[tuple[str, str, int]]
) -> None:
    """Walk at random through what the table and its needs allow, as the permission does."""
    state, has_criterion, delegate = moves.PLANNED, False, ""
    history = [state]
    fixed_in, checked_by = "", ""
    for name, who, days in steps:
        if name == "fix" and state == moves.PLANNED:
            has_criterion, fixed_in = True, state
        elif name == "delegate" and state in moves.ACTIVE:
            delegate = "P-stand-in"
        elif name in moves.MOVES and state in moves.MOVES[name].sources:
            move = moves.MOVES[name]
            if name.startswith("find_") and kind not in moves.CHECKED_KINDS:
                continue
            standing = Standing(
                kind=kind, has_criterion=has_criterion, owner=owner,
                doers=frozenset(filter(None, (owner, delegate))), who=who, on=DAY + timedelta(days=days),
                check_due_on=DAY + timedelta(days=100) if has_criterion else None,
            )  # fmt: skip
            if all(NEEDS[need](standing) for need in move.needs):
                state = move.target
                history.append(state)
                checked_by = who if name.startswith("find_") else checked_by
    if state in (moves.EFFECTIVE, moves.NOT_EFFECTIVE):
        assert kind in moves.CHECKED_KINDS and has_criterion and fixed_in == moves.PLANNED
        assert checked_by and checked_by not in {owner, delegate}
        assert history.index(moves.STARTED) < history.index(moves.DONE) < history.index(state)
    if state == moves.STARTED:
        assert owner and (kind not in moves.CHECKED_KINDS or has_criterion)


def months(*values: float | None, first: date = date(2026, 1, 1)) -> list[Point]:
    """Return a monthly series."""
    return [
        Point(months_after(first, place), None if value is None else Decimal(str(value)))
        for place, value in enumerate(values)
    ]


TARGET = Target("<", Decimal(3), 3)


def test_few_months_are_too_few_and_never_a_failure() -> None:
    found = read(TARGET, months(9, 9, 8, 7), after=date(2026, 2, 10), until=date(2026, 5, 1))
    assert (found.answer, found.read, found.met) == (TOO_FEW, 2, 0)


def test_the_last_whole_months_after_the_action_decide() -> None:
    series = months(9, 9, 1, 2, 0)
    assert read(TARGET, series, after=date(2026, 2, 10), until=date(2026, 6, 1)).answer == EFFECTIVE
    assert read(TARGET, series, after=date(2026, 2, 10), until=date(2026, 5, 31)).answer == TOO_FEW
    assert read(TARGET, months(9, 9, 1, 5, 0), after=date(2026, 2, 10), until=DAY).answer == NOT_EFFECTIVE


def test_an_unknown_month_is_left_out_not_failed() -> None:
    found = read(TARGET, months(9, 9, 1, None, 2, 0), after=date(2026, 2, 10), until=DAY)
    assert (found.answer, found.read) == (EFFECTIVE, 3)


def test_a_year_is_whole_after_twelve_months_only() -> None:
    years = [Point(date(year, 1, 1), Decimal(1)) for year in (2024, 2025, 2026)]
    assert len(whole_periods_after(years, date(2023, 6, 1), DAY, 12)) == 2
    one = Target("<=", Decimal(1), 1)
    assert read(one, years, after=date(2025, 6, 1), until=DAY, months=12).answer == TOO_FEW


@given(
    values=st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=30),
    sign=st.sampled_from(sorted(OPERATORS)),
    limit=st.integers(0, 20),
    periods=st.integers(1, 6),
    done=st.integers(0, 30),
    until=st.integers(0, 40),
)
def test_a_verdict_rests_on_as_many_periods_as_were_asked_for(
    values: list[int | None], sign: str, limit: int, periods: int, done: int, until: int
) -> None:
    first = date(2024, 1, 1)
    target = Target(sign, Decimal(limit), periods)
    after, day = months_after(first, done) + timedelta(days=9), months_after(first, until)
    found = read(target, months(*values, first=first), after=after, until=day)
    assert found.met <= found.read <= periods
    assert (found.answer == TOO_FEW) == (found.read < periods)
    if found.answer == EFFECTIVE:
        assert found.met == periods and until > done + periods - 1
