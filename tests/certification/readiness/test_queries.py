"""Check readiness, the view by clause and the board of a change of edition."""

from datetime import date

import pytest

from diapason.certification.readiness import queries
from diapason.context.network.models import Organization

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_readiness_counts_only_what_is_asked_of_the_organization(six, iso, answered, today):
    answered(six.alpha, 3, "7.2")
    sponsor, centre = six.alpha, six.more[0]
    assert queries.readiness_of(sponsor, iso, today).total == 57
    assert queries.readiness_of(centre, iso, today).total == 51
    assert queries.readiness_of(sponsor, iso, today).ready == 1


def test_readiness_of_all_equals_readiness_one_by_one(six, iso, answered, today):
    answered(six.alpha, 3, "7.2", "7.3")
    answered(six.beta, 1, "7.2")
    whole = queries.readiness_of_all(iso, today)
    assert len(whole) == 8
    for organization in Organization.objects.members():
        assert whole[organization.pk] == queries.readiness_of(organization, iso, today)
    assert whole[six.beta.pk].blocking == ("7.2",)


def test_bulk_readiness_needs_a_fixed_number_of_queries(
    six, iso, iso_next, answered, today, assert_fixed_queries
):
    def ask():
        queries.readiness_of_all(iso, today)
        queries.readiness_of_all(iso_next, today)
        queries.transition_board(iso, iso_next, today)

    def grow():
        for organization in six.more:
            answered(organization, 3, "7.2", "7.3", "4.1")

    assert assert_fixed_queries(ask, grow) <= 14


def test_an_answer_is_carried_over_only_where_nothing_more_is_asked(network, iso, iso_next, answered, today):
    answered(network.alpha, 3, "7.2", "7.3", "6.1")
    answers = {one.clause: one for one in queries.sheets_of(iso_next, [network.alpha])[0].answers}
    assert (answers["7.2"].maturity, answers["7.2"].carried) == (3, True)
    assert answers["7.3"].maturity is None
    assert answers["6.1.2"].maturity is None
    answered(network.alpha, 2, "7.2", edition=iso_next)
    answers = {one.clause: one for one in queries.sheets_of(iso_next, [network.alpha])[0].answers}
    assert (answers["7.2"].maturity, answers["7.2"].carried) == (2, False)


def test_the_board_tells_who_is_done_who_would_miss_and_who_is_unknown(
    network, iso, iso_next, answered, today
):
    work = ["4.1", "5.1.1", "6.1.1", "6.1.2", "6.1.3", "6.3", "7.1.4", "7.3"]
    answered(network.alpha, 3, *work, edition=iso_next)
    answered(network.beta, 3, *work[:5], edition=iso_next)
    answered(network.beta, 1, *work[5:], edition=iso_next, action="Rattraper", due_on=date(2028, 1, 31))
    board = queries.transition_board(iso, iso_next, today)
    lines = {line.organization.code: line.forecast for line in board.lines}
    assert board.deadline == date(2029, 9, 30)
    assert (lines["ALP"].closed, lines["ALP"].total, lines["ALP"].basis) == (8, 8, "done")
    assert (lines["BET"].basis, lines["BET"].expected_end) == ("planned", date(2028, 1, 31))
    assert lines["BET"].open == ("6.3", "7.1.4", "7.3")
    assert lines["RDD"].basis == "unknown"
    assert (board.closed, board.total, len(board.unforeseen)) == (13, 24, 1)
    assert board.missing == []
    sooner = queries.transition_board(iso, iso_next, today, deadline=date(2027, 12, 31))
    assert [line.organization.code for line in sooner.missing] == ["BET"]


def test_the_map_gathers_columns_and_opens_them(network, iso, answered, account, today):
    answered(network.alpha, 3, "8.4.1", "8.4.2")
    answered(network.alpha, 1, "8.4.3")
    scope = account("quality_manager", network.alpha).scope
    closed = queries.heat_map(iso, scope, today, named=[network.alpha])
    cells = {cell.column.heading: cell for cell in closed.rows[0].cells}
    assert cells["8.4"].standing == "gap"
    assert cells["7.2"].standing == "unknown"
    assert closed.worst_column == "8.4"
    opened = queries.heat_map(iso, scope, today, named=[network.alpha], opened=["8.4"])
    cells = {cell.column.heading: cell.standing for cell in opened.rows[0].cells}
    assert (cells["8.4.1"], cells["8.4.3"]) == ("ready", "gap")


def test_nothing_is_summed_up_under_five_organizations(six, iso, answered, account, opened, today):
    opened("quality_managers", "aggregated")
    for organization in [six.beta, *six.more[:3]]:
        answered(organization, 3, "7.2")
    scope = account("quality_manager", six.alpha).scope
    place = [one.heading for one in queries.heat_map(iso, scope, today, named=[]).columns].index("7.2")
    assert queries.heat_map(iso, scope, today, named=[]).spreads[place] is None
    answered(six.more[3], 1, "7.2")
    spread = queries.heat_map(iso, scope, today, named=[]).spreads[place]
    assert (spread.size, spread.minimum, spread.median, spread.maximum) == (5, 1, 3, 3)


def test_ones_own_answer_never_enters_the_sum_of_the_others(six, iso, answered, account, opened, today):
    opened("quality_managers", "aggregated")
    answered(six.alpha, 0, "7.2")
    for organization in [six.beta, *six.more[:4]]:
        answered(organization, 3, "7.2")
    scope = account("quality_manager", six.alpha).scope
    shown = queries.heat_map(iso, scope, today, named=[])
    place = [one.heading for one in shown.columns].index("7.2")
    assert shown.spreads[place].minimum == 3


def test_codes_are_stable_and_name_nobody(six, iso, account, opened, today):
    opened("quality_managers", "coded")
    scope = account("quality_manager", six.alpha).scope
    rows = queries.heat_map(iso, scope, today, named=[six.alpha]).rows
    assert len(rows) == 8
    coded = [row for row in rows if not row.own]
    assert all(row.organization is None and not any(cell.key for cell in row.cells) for row in coded)
    assert [row.name for row in coded] == sorted(row.name for row in coded)


def test_the_organizations_with_most_to_close_come_first(six, iso, answered, account, opened):
    opened("steering", "named")
    answered(six.beta, 1, "7.2", "8.4.1")
    answered(six.more[2], 2, "7.3", "7.4", "7.1.6")
    scope = account("network_coordinator").scope
    assert [one.code for one in queries.most_to_do(iso, scope, 2)] == ["BET", "C02"]
