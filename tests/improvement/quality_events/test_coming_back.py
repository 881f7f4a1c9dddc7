"""Check that a closed event tells how many of its category were reported since, in its own house only."""

from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client

from diapason.improvement.quality_events.acts import analysis, closing, reporting, triage
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.queries.lookalikes import recurrences_of

from .conftest import AT, ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def closed(people: Any, sorted_event: Any) -> QualityEvent:
    """Return a light event, mended and closed."""
    event = sorted_event(severity="minor")
    event = analysis.record_correction(
        event=event, correction="Signé.", corrected_on=ON, version=event.version, by=people.manager, on=ON
    )
    return closing.close_event(
        event=event,
        version=event.version,
        conclusion="Corrigé.",
        helps_others=False,
        by=people.manager,
        on=ON,
    )


def again(people: Any, network: Any, category: str = "consent", days: int = 3) -> QualityEvent:
    """Report and sort one more event, so many days later."""
    day = later(days)
    report = reporting.Report("Encore une fois.", "annoying", network.alpha)
    at = datetime.combine(day, time(9), tzinfo=AT.tzinfo)
    event = reporting.report_event(report=report, by=people.staff, at=at, on=day)
    decision = triage.Sorted("nonconformity", "minor", "Limité.", network.alpha, category=category)
    return triage.triage_event(
        event=event, decision=decision, version=event.version, by=people.manager, on=day
    )


def shown(people: Any, event: QualityEvent) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(people.manager)
    return client.get(event.get_absolute_url()).content.decode()


def test_none_then_one_then_two(people: Any, network: Any, closed: QualityEvent) -> None:
    assert "none of this category" in shown(people, closed)
    one = again(people, network)
    assert "1 more event of this category" in shown(people, closed)
    again(people, network, days=5)
    again(people, network, category="samples")
    assert "2 more events of this category" in shown(people, closed)
    assert one in recurrences_of(closed)
    assert "Since it was closed" not in shown(people, one), "an open event has nothing to compare with"


def test_what_was_joined_to_another_does_not_count_twice(
    people: Any, network: Any, closed: QualityEvent
) -> None:
    one, two = again(people, network), again(people, network, days=4)
    triage.merge_event(event=two, into=one, version=two.version, by=people.manager, on=later(5))
    assert "1 more event of this category" in shown(people, closed)
