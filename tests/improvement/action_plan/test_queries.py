"""Check the board, the series of an indicator, and what is drawn of the figures read at a check."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diapason.context.indicators.models import Figure, Indicator
from diapason.improvement.action_plan import charts
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.measures import series_of
from diapason.improvement.action_plan.queries.boards import ALONE, board_of, houses_of
from tests.audit_trail.invented import row_of

from .conftest import ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_board_shows_the_most_urgent_and_counts_the_rest(network: Any, people: Any, planned: Any) -> None:
    for days in range(ALONE + 2, 0, -1):
        planned(due_on=later(days), title=f"Action {days}")
    (lane,) = board_of([network.alpha], on=later(3))
    cell = lane.cells[0]
    assert (cell.total, len(cell.cards), cell.more) == (ALONE + 2, ALONE, 2)
    assert [card.title for card in cell.cards[:3]] == ["Action 1", "Action 2", "Action 3"]
    assert [card.is_late for card in cell.cards[:3]] == [True, True, False]


def test_what_waits_for_its_check_shows_its_day(network: Any, people: Any, done: Any) -> None:
    action = done()
    done(kind="improvement", criterion=None)
    (lane,) = board_of([network.alpha], on=later(50))
    (card,) = lane.cells[2].cards
    assert (card.number, card.day, lane.cells[2].total) == (action.number, later(120), 1)
    carrying.check_effectiveness(
        action=action,
        effective=False,
        comment="Non.",
        figures=[],
        version=None,
        by=people.manager,
        on=later(121),
    )
    (lane,) = board_of([network.alpha], on=later(130))
    assert lane.judged == {"effective": 0, "not_effective": 1} and not lane.cells[2].cards


def test_the_board_is_one_statement_for_any_number_of_houses(network: Any, planned: Any) -> None:
    planned()
    for houses in ([network.alpha], [network.alpha, network.beta, network.net]):
        with CaptureQueriesContext(connection) as queries:
            lanes = board_of(houses, on=ON)
        assert len(queries) == 1 and [lane.house for lane in lanes] == [network.alpha]


def test_each_reader_has_the_houses_whose_plan_is_read(network: Any, people: Any, account: Any) -> None:
    assert houses_of(people.manager.scope) == [network.alpha]
    assert houses_of(people.staff.scope) == []
    assert houses_of(account("network_coordinator").scope) == [network.net]


@pytest.fixture
def measured(stage: Any, network: Any, planned: Any) -> Any:
    """Return an action judged by an indicator with yearly figures, one of them incomplete."""

    def build() -> Indicator:
        made = row_of(Indicator, code="late_letters", name_fr="Lettres en retard", name_en="Late letters")
        definition = row_of(
            Figure._meta.get_field("definition").related_model, indicator=made, is_current=True, kind="count"
        )
        for year, value, status in ((2023, 9, "computed"), (2024, 8, "incomplete"), (2025, 7, "declared")):
            row_of(
                Figure, key=f"late_letters/ALP/{year}", indicator=made, definition=definition,
                organization=network.alpha, period_start=date(year, 1, 1), period_end=date(year, 12, 31),
                value=Decimal(value), status=status, made_at=datetime(2026, 1, 2, tzinfo=UTC),
            )  # fmt: skip
        return made

    indicator = stage(build)
    criterion = planning.Criterion("indicator", "au plus 3", later(800), indicator, "<=", Decimal(3), 1)
    return planned(criterion=criterion)


def test_an_indicator_gives_its_yearly_figures_and_no_incomplete_one(measured: Any) -> None:
    series = series_of(measured, on=ON)
    assert series is not None and series.months == 12
    assert [(point.start.year, point.value) for point in series.points] == [
        (2023, Decimal(9)), (2024, None), (2025, Decimal(7))
    ]  # fmt: skip


def test_too_few_years_are_said_to_be_too_few(measured: Any, people: Any) -> None:
    action = carrying.start_action(action=measured, version=None, by=people.owner, on=ON)
    drawn = charts.effectiveness_chart(action, on=ON)
    assert (drawn is not None and "not in place yet" in drawn.sentence) or "pas encore" in drawn.sentence
    action = carrying.finish_action(
        action=action, result="Fait.", evidence="", version=None, by=people.owner, on=later(5)
    )
    series = series_of(action, on=later(10))
    assert series is not None
    found = charts.reading_of(action, series, on=later(10))
    assert found is not None and (found.answer, found.read) == ("too_few", 0)
    drawn = charts.effectiveness_chart(action, on=later(10))
    assert drawn is not None and any(
        "target" in str(layer) or "cible" in str(layer) for layer in drawn.spec["layer"]
    )


def test_after_the_check_the_figures_read_then_are_drawn(measured: Any, people: Any, stage: Any) -> None:
    action = carrying.start_action(action=measured, version=None, by=people.owner, on=ON)
    action = carrying.finish_action(
        action=action, result="Fait.", evidence="", version=None, by=people.owner, on=later(5)
    )
    figures = [{"start": "2027-01-01", "value": "2"}, {"start": "2028-01-01", "value": None}]
    action = carrying.check_effectiveness(
        action=action, effective=True, comment="2 lettres.", figures=figures, version=None, by=people.manager,
        on=later(800),
    )  # fmt: skip
    stage(lambda: Figure.objects.update(value=Decimal(50)))
    drawn = charts.effectiveness_chart(action, on=later(900))
    assert drawn is not None and [row[0] for row in drawn.rows] == ["2027", "2028"]
    assert "50" not in str(drawn.rows)
