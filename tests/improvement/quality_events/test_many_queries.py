"""Check what is counted over many events, and what is told of those of others."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from diapason.context.indicators.rules.computation import REGISTERED
from diapason.context.network.models import Organization
from diapason.improvement.action_plan import measures
from diapason.improvement.action_plan.acts import planning
from diapason.improvement.quality_events.models import CauseFound, Obligation, QualityEvent
from diapason.improvement.quality_events.queries.causes import causes_of
from diapason.improvement.quality_events.queries.figures import Asked, figures_of
from diapason.improvement.quality_events.queries.indicators import FUNCTIONS
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.improvement.quality_events.rules.durations import Share, sorted_in_time, whole
from diapason.kernel.dates import Period
from diapason.ui import coherence

from .conftest import ON

pytestmark = [pytest.mark.django_db, pytest.mark.database]

YEAR = Asked(date(2025, 11, 1), date(2026, 10, 31), ON)


@pytest.fixture
def five(stage: Any, network: Any, many: Any) -> list[Organization]:
    """Return five organizations with events."""
    houses = [network.alpha, network.beta] + [
        stage(lambda place=place: Organization.objects.create(
            code=f"C{place}X", name=f"Centre {place}", short_name=f"Ville {place}", kind="centre", parent=network.net,
        ))
        for place in range(3)
    ]  # fmt: skip
    for house in houses:
        many(house, 6)
    return houses


def rooted(stage: Any, events: list[QualityEvent], cause: str) -> None:
    """Give each event a root cause."""
    rows = [CauseFound(event=one, family="people", text=cause, cause=cause, is_root=True) for one in events]
    stage(lambda: [row.save() for row in rows])


def test_events_are_counted_by_house_and_month_and_what_is_left_out_is(network: Any, many: Any) -> None:
    many(network.alpha, 30)
    many(network.alpha, 5, state="dismissed")
    many(network.beta, 3)
    found = figures_of(Sight((network.alpha,), False), YEAR)
    assert set(found.monthly) == {network.alpha.pk} and found.total == sum(
        found.monthly[network.alpha.pk].values()
    )
    assert found.total == 30 - sum(1 for place in range(30) if ON - timedelta(days=30 + place) > YEAR.last)
    assert sum(sum(states.values()) for states in found.ages.values()) == 30
    assert len(found.latest_sorted) == 30 and found.latest_sorted[-1].ended_on == ON - timedelta(days=27)
    assert whole(sorted_in_time(found.sorted, within=5)) == Share(found.total, found.total)


def test_a_category_narrows_every_figure(network: Any, many: Any) -> None:
    many(network.alpha, 20)
    many(network.alpha, 20, category="samples")
    one = figures_of(Sight((network.alpha,), False), Asked(YEAR.first, YEAR.last, ON, category="samples"))
    both = figures_of(Sight((network.alpha,), False), YEAR)
    assert both.total == 2 * one.total and one.total > 0


def test_causes_of_others_are_told_from_five_organizations_on(
    stage: Any, five: list[Organization], network: Any
) -> None:
    for house in five:
        rooted(
            stage,
            list(QualityEvent.objects.filter(organization=house, reported_on__lte=YEAR.last)[:1]),
            "training",
        )
    rooted(
        stage,
        list(QualityEvent.objects.filter(organization=network.alpha, reported_on__lte=YEAR.last)),
        "workload",
    )
    everybody, _categories, houses = causes_of(Sight(tuple(five), True), YEAR)
    assert [(one.code, one.events, one.houses) for one in everybody] == [("training", 5, 5)] and houses == 5
    own, _categories, _houses = causes_of(Sight((network.alpha,), False), YEAR)
    assert {one.code for one in own} == {"training", "workload"}


def test_an_event_with_the_same_root_cause_twice_counts_once(stage: Any, network: Any, many: Any) -> None:
    event = many(network.alpha, 10)[-1:]
    rooted(stage, event, "training")
    rooted(stage, event, "training")
    own, _categories, _houses = causes_of(Sight((network.alpha,), False), YEAR)
    assert [one.events for one in own] == [1]


def test_recurrence_counts_whole_months_of_the_category_in_the_house(
    network: Any, people: Any, many: Any
) -> None:
    event = many(network.alpha, 40)[0]
    many(network.alpha, 40, category="samples")
    many(network.beta, 40)
    draft = planning.Draft(
        organization=network.alpha, kind="corrective", title="Armoire", due_on=ON + timedelta(days=30),
        owner=people.owner.person, origin=event.subject,
        criterion=planning.Criterion("recurrence", "moins de 3", ON + timedelta(days=120), None, "<", Decimal(3), 3),
    )  # fmt: skip
    action = planning.open_action(draft=draft, by=people.manager, on=ON)
    series = measures.series_of(action, on=ON)
    assert series is not None
    assert [point.start for point in series.points] == [date(2026, 9, 1), date(2026, 10, 1)]
    october = sum(
        1 for place in range(40) if date(2026, 10, 1) <= ON - timedelta(days=30 + place) <= date(2026, 10, 31)
    )
    assert series.points[-1].value == october
    assert "category=consent" in series.url


def test_indicators_need_five_organizations_and_name_none(network: Any, many: Any) -> None:
    many(network.alpha, 10)
    for function in FUNCTIONS:
        assert function.__name__ in REGISTERED and not function(Period.year(2026)).is_known


def test_indicators_count_over_all_organizations(stage: Any, five: list[Organization], many: Any) -> None:
    for house in five:
        many(house, 1, state="closed", closed_on=ON, conclusion="Fait.", reported_on=ON - timedelta(days=20))
        many(house, 1, kind="deviation", severity="major")
    found = {one.__name__: one(Period.year(2026)) for one in FUNCTIONS}
    assert found["events_reported"].numerator == 40 and found["major_deviations"].numerator == 5
    assert found["median_days_to_close"].numerator == 20
    assert (found["events_closed_in_time"].numerator, found["events_closed_in_time"].denominator) == (5, 5)
    assert found["events_sorted_in_time"].denominator == 40
    assert not found["actions_effective_first"].is_known
    assert not any(one.parts for one in found.values())


WRONG = {
    "event_without_conclusion": {"state": "closed", "closed_on": ON, "conclusion": ""},
    "event_without_cause": {
        "state": "closed",
        "closed_on": ON,
        "conclusion": "Fait.",
        "analysis_asked": True,
    },
    "event_waiting": {"state": "reported", "triaged_on": None},
    "event_still": {"state": "triaged"},
    "event_dates": {"occurred_earliest": ON, "aware_on": ON - timedelta(days=9)},
    "plan_idle": {"state": "in_action"},
    "sorted_late": {"triaged_on": ON - timedelta(days=2)},
}


@pytest.mark.parametrize("code", WRONG)
def test_each_check_finds_what_is_wrong(code: str, people: Any, network: Any, many: Any) -> None:
    event = many(
        network.alpha,
        1,
        reported_on=ON - timedelta(days=40),
        **{"triaged_on": ON - timedelta(days=39), **WRONG[code]},
    )[0]
    found = {one.check.code: one for one in coherence.run(people.manager, on=ON)}
    assert [record.key for record in found[code].records] == [event.number]
    assert event.number in found[code].records[0].url
    elsewhere = {one.check.code: one for one in coherence.run(people.elsewhere, on=ON)}
    assert not any(one.total for one in elsewhere.values())


def test_an_event_that_moved_lately_does_not_stand_still(people: Any, sorted_event: Any) -> None:
    event = sorted_event()
    found = {one.check.code: one for one in coherence.run(people.manager, on=ON + timedelta(days=10))}
    assert event.number not in {record.key for record in found["event_still"].records}
    later = {one.check.code: one for one in coherence.run(people.manager, on=ON + timedelta(days=40))}
    assert event.number in {record.key for record in later["event_still"].records}


def test_clocks_missed_and_met_late_are_found(stage: Any, people: Any, network: Any, many: Any) -> None:
    missed, late = many(network.alpha, 2)
    start = datetime(2026, 10, 1, 8, tzinfo=UTC)
    common = {
        "code": "tell_sponsor_breach",
        "unit": "hours",
        "starts_at": start,
        "due_at": start + timedelta(hours=24),
    }
    stage(lambda: Obligation.objects.create(event=missed, **common))
    stage(lambda: Obligation.objects.create(event=late, met_at=start + timedelta(hours=30), **common))
    found = {one.check.code: one for one in coherence.run(people.manager, on=ON)}
    assert [record.key for record in found["clocks_missed"].records] == [missed.number]
    assert [record.key for record in found["duties_late"].records] == [late.number]


def test_checks_cost_as_many_statements_as_their_length_needs_and_are_named_once(
    people: Any, many: Any, django_assert_num_queries: Any
) -> None:
    many(count=3)
    people.manager.scope  # noqa: B018  loaded before
    with django_assert_num_queries(4):
        coherence.run(people.manager, on=ON)
    known = coherence.checks()[0]
    coherence.register(known)
    with pytest.raises(ValueError, match="already"):
        coherence.register(coherence.Check(known.code, "x", "y", known.rows, known.url))
