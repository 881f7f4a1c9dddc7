"""Check the figures of events against a plain count of the records, and what their charts say."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.utils.translation import override

from diapason.context.network.models import Organization
from diapason.improvement.quality_events.charts import counts, shares
from diapason.improvement.quality_events.models import CauseFound, QualityEvent
from diapason.improvement.quality_events.queries.causes import Counted, causes_of
from diapason.improvement.quality_events.queries.figures import Asked, figures_of
from diapason.improvement.quality_events.queries.lookalikes import causes_shared
from diapason.improvement.quality_events.queries.sights import Sight
from diapason.improvement.quality_events.rules.ageing import band_of
from diapason.improvement.quality_events.rules.catalogue import Duty
from diapason.improvement.quality_events.rules.durations import Closed, Share, days_to_close
from diapason.kernel.calendars import region_of, working_days_between
from diapason.kernel.languages import Bilingual

from .conftest import ON

YEAR = Asked(date(2025, 11, 1), date(2026, 10, 31), ON)
MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]


@pytest.fixture
def mixed(stage: Any, network: Any, many: Any) -> list[Organization]:
    """Return two organizations, one of them in Alsace-Moselle, with events of every state and age."""
    chance, houses = Random(7), [network.alpha, network.beta]
    stage(lambda: Organization.objects.filter(pk=network.beta.pk).update(department="67"))
    for house in houses:
        many(house, 60)
    network.beta.refresh_from_db()
    states = (
        "closed",
        "closed",
        "closed",
        "reported",
        "triaged",
        "in_action",
        "dismissed",
        "merged",
        "routed",
    )

    def scatter() -> None:
        for event in QualityEvent.objects.all():
            event.state = chance.choice(states)
            event.reported_on = ON - timedelta(days=chance.randrange(500))
            waits = event.state == "reported"
            event.triaged_on = None if waits else event.reported_on + timedelta(days=chance.randrange(20))
            ended = event.reported_on + timedelta(days=chance.randrange(200))
            event.closed_on = min(ended, ON) if event.state == "closed" else None
            event.save()

    stage(scatter)
    return houses


@pytest.mark.django_db
@pytest.mark.database
def test_figures_equal_a_plain_count_of_the_records(mixed: list[Organization]) -> None:
    found = figures_of(Sight(tuple(mixed), True), YEAR)
    events = [
        event for event in QualityEvent.objects.all() if event.state not in ("dismissed", "merged", "routed")
    ]
    within = [event for event in events if YEAR.first <= event.reported_on <= YEAR.last]
    regions = {house.pk: region_of(house.department) for house in mixed}
    assert set(regions.values()) == {"", "57"}
    assert {
        (house, month): n for house, months in found.monthly.items() for month, n in months.items()
    } == Counter((event.organization_id, f"{event.reported_on:%Y-%m}") for event in within)
    assert {(row.month, row.days, row.waited): row.events for row in found.sorted} == Counter(
        (
            f"{event.reported_on:%Y-%m}",
            working_days_between(event.reported_on, event.triaged_on, regions[event.organization_id])
            if event.triaged_on
            else None,
            0
            if event.triaged_on
            else working_days_between(event.reported_on, ON, regions[event.organization_id]),
        )
        for event in within
    )
    ended = [e for e in events if e.closed_on and e.closed_on >= YEAR.first and e.reported_on <= YEAR.last]
    closed = Counter(
        (f"{e.reported_on:%Y-%m}", f"{e.closed_on:%Y-%m}", (e.closed_on - e.reported_on).days) for e in ended
    )
    left = Counter((f"{event.reported_on:%Y-%m}", None, None) for event in within if not event.closed_on)
    assert {tuple(row)[:3]: row.events for row in found.closed} == closed + left
    ages = Counter((band_of(e.reported_on, ON).code, e.state) for e in events if e.state != "closed")
    assert {(band, state): n for band, states in found.ages.items() for state, n in states.items()} == ages


@pytest.mark.django_db
@pytest.mark.database
def test_shared_causes_count_an_event_once_and_say_since_when(stage: Any, mixed: list[Organization]) -> None:
    events = list(QualityEvent.objects.exclude(state__in=("dismissed", "merged", "routed")))

    def root() -> None:
        for event in [*events, *events[:5]]:
            CauseFound(event=event, family="people", text="x", cause="training", is_root=True).save()

    stage(root)
    since = ON - timedelta(days=365)
    late = [event for event in events if event.reported_on >= since]
    (one,) = causes_shared(since=since, fewest=2)
    assert (one.cause, one.houses, one.events) == ("training", 2, len(late))
    assert one.first_on == min(event.reported_on for event in late)
    assert causes_shared(since=since, fewest=3) == []
    roots, categories, houses = causes_of(Sight(tuple(mixed), False), YEAR)
    within = [event for event in events if YEAR.first <= event.reported_on <= YEAR.last]
    assert roots == [Counted("training", len(within), 2)] and houses == 2
    assert sum(one.events for one in categories) == len(within)


def test_events_reported_before_the_period_do_not_blur_the_share_of_the_period() -> None:
    known = {"2025-12": Share(1, 90), **{month: Share(3, 4) for month in MONTHS[:10]}}
    house = Bilingual("charte", "charter")
    duty = Duty("close", house, within=30, unit="calendar", source=house)
    with override("en"):
        one = shares.in_time("Closed", "x", known, duty, "%(share)s of %(n)s", MONTHS[:10], lambda **_: "")
    assert one.chart is not None and one.chart.sentence.startswith("75% of 40")
    assert one.chart.rows[0][1:3] == ["75%", "4"]


def test_days_to_close_are_those_of_what_closed_in_the_period() -> None:
    rows = [
        Closed("2025-10", "2026-01", 90, 2),
        Closed("2025-10", "2025-11", 20, 5),
        Closed("2026-01", None, None, 3),
    ]
    assert days_to_close(rows, since="2026-01") == {90: 2}


def test_bars_and_running_share_stand_on_one_scale() -> None:
    rows = [Counted("a", 6, 1), Counted("b", 3, 1), Counted("c", 1, 1)]
    with override("en"):
        shown = counts.pareto_chart("Causes", "x", rows, lambda code: code * 40, "cause", lambda **_: "")
    assert shown.chart is not None
    data = shown.chart.spec["data"]["values"]
    assert [row["s"] for row in data] == [6, 9, 10] and data[0]["v"] == data[0]["s"]
    assert any("too few" in remark for remark in shown.remarks)
    domains = [
        layer["encoding"]["x"].get("scale", {}).get("domain")
        for layer in shown.chart.spec["layer"]
        if "x" in layer["encoding"]
    ]
    assert [domain for domain in domains if domain] == [[0, 10], [0, 10]]
