"""Where each organization is, when everybody may be there, and what the timeline says."""

from datetime import date

import pytest

from diapason.certification.certificates.models import Certificate, CertificationAudit, ScopeCell
from diapason.certification.certificates.queries.register import Register
from diapason.certification.programme.charts.timeline import chart_of
from diapason.certification.programme.models import Milestone
from diapason.certification.programme.queries import progress, story
from diapason.kernel.dates import PartialDate

pytestmark = pytest.mark.database
ON = date(2026, 11, 23)


@pytest.fixture
def coordinator(network, account):
    """Return the national coordination's scope."""
    return account("network_coordinator").scope


def test_the_programme_reached_its_goal_on_the_last_decision(programme, coordinator):
    board = progress.board(programme.programme, Register(), coordinator, ON)
    assert (board.reached, board.members) == (3, 3)
    assert board.forecast.low == board.forecast.high == date(2018, 10, 1)
    assert [m.code for m in board.last] == ["RDD"]
    assert [(w.size, w.reached) for w in board.waves] == [(2, 2), (1, 1)]


def test_milestones_and_certificates_make_one_story(programme, coordinator):
    board = progress.board(programme.programme, Register(), coordinator, ON)
    line = next(x for w in board.waves for x in w.lines if x.member.code == "BET")
    assert line.steps["self_assessment"].held_on == date(2016, 6, 1)
    assert line.steps["decision"].held_on == date(2017, 6, 1)


def test_the_charter_hides_the_milestones_of_others_by_name(programme, network, account):
    scope = account("quality_manager", network.alpha).scope
    board = progress.board(programme.programme, Register(), scope, ON)
    assert [x.member.code for w in board.waves for x in w.lines] == ["ALP"]
    assert [w.hidden for w in board.waves] == [1, 1]
    assert board.last == ()
    assert (board.reached, board.members) == (3, 3)


def test_milestones_of_others_are_not_found_without_a_rule(programme, network, account, stage):
    assert Milestone.objects.visible_to(account("quality_manager", network.alpha)).count() == 0
    assert Milestone.objects.visible_to(account("quality_manager", network.beta)).count() == 1
    from diapason.context.network.models import VisibilityRule

    stage(
        lambda: VisibilityRule.objects.create(
            object_kind="programme",
            audience="quality_managers",
            form="named",
            decided_on=date(2026, 9, 3),
            decision="COPIL",
        )
    )
    assert Milestone.objects.visible_to(account("quality_manager", network.alpha)).count() == 1


def test_a_change_of_edition_counts_certificates_to_the_new_edition_only(
    transition, network, coordinator, editions, stage
):
    board = progress.board(transition, Register(), coordinator, ON)
    assert (board.reached, board.unsaid, board.forecast.high) == (0, 3, None)

    def build():
        one = Certificate.objects.create(
            reference="CE-NEW",
            holder=network.alpha,
            edition=editions.new,
            decision_earliest=date(2026, 11, 2),
            decision_latest=date(2026, 11, 2),
            expires_on=date(2029, 11, 1),
        )
        ScopeCell.objects.create(certificate=one, organization=network.alpha, activity="investigation")

    stage(build)
    assert progress.board(transition, Register(), coordinator, ON).reached == 1


def test_who_would_miss_the_limit(transition, network, coordinator, stage):
    plans = [
        (network.alpha, date(2028, 3, 1)),
        (network.beta, date(2029, 12, 1)),
        (network.central, date(2029, 6, 1)),
    ]
    stage(
        lambda: [
            Milestone.objects.create(programme=transition, organization=o, kind="decision", planned_on=day)
            for o, day in plans
        ]
    )
    board = progress.board(transition, Register(), coordinator, ON)
    assert [(member.code, word) for member, word in board.missing] == [("BET", "surely")]
    assert board.forecast.high == date(2029, 12, 1)


def test_a_transition_audit_counts_from_the_times_of_earlier_waves(
    transition, programme, network, coordinator, stage
):
    def build():
        for organization, days in ((network.alpha, 0), (network.beta, 30), (network.central, 60)):
            decided = Certificate.objects.get(holder=organization).decision_latest
            Milestone.objects.create(
                programme=programme.programme,
                organization=organization,
                kind="stage2",
                held_on=date.fromordinal(decided.toordinal() - 30 - days),
            )
            CertificationAudit.objects.create(
                reference=f"AC-{organization.code}",
                organization=organization,
                kind="transition",
                planned_on=date(2027, 1, 1),
            )

    stage(build)
    board = progress.board(transition, Register(), coordinator, ON)
    assert (board.forecast.low, board.forecast.high) == (date(2027, 1, 31), date(2027, 4, 1))
    assert board.forecast.organizations[0].observations == 3


def test_the_story_of_the_timeline(programme):
    told = story.told(Register(), story.main_programme(), ON)
    assert [(m.kind, m.count, m.when) for m in told.landmarks] == [
        ("before", 1, PartialDate.by(date(2014, 12, 31))),
        ("centre", 2, PartialDate.day(date(2017, 6, 1))),
        ("central_function", 1, PartialDate.day(date(2018, 10, 1))),
    ]
    assert told.today == (3, 3)
    assert told.bounded == ()


def test_the_chart_says_what_it_shows(programme):
    chart = chart_of(Register(), programme.programme, ON)
    assert chart.rows[0][1] == 0
    assert [row[1] for row in chart.rows] == [0, 1, 2, 3, 0]
    assert chart.sentence
    empty = chart_of(Register(programme.programme.waves.get().memberships.first().organization), None, ON)
    assert empty.rows


def test_the_board_costs_the_same_whatever_the_number(
    programme, transition, coordinator, stage, network, assert_fixed_queries
):
    years = iter(range(1950, 2000))

    def grow():
        def build():
            for _ in range(5):
                year = next(years)
                one = Certificate.objects.create(
                    reference=f"CE-{year}",
                    holder=network.beta,
                    decision_latest=date(year, 1, 1),
                    expires_on=date(year + 2, 1, 1),
                )
                ScopeCell.objects.create(certificate=one, organization=network.beta, activity="investigation")

        stage(build)

    assert assert_fixed_queries(lambda: progress.board(transition, Register(), coordinator, ON), grow) <= 10
