"""Show that the trail is no way around the visibility charter."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from diapason.audit_trail.models import Entry
from diapason.context.network.acts import decide_visibility
from diapason.improvement.lessons.acts import offering, proposing
from diapason.improvement.quality_events.acts import reporting
from diapason.portal.trail.permissions import may_prove
from diapason.portal.trail.queries import entries_read_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def entry(network: Any, account: Any) -> Entry:
    """Return the entry of an event reported at one house."""
    report = reporting.Report("Consentement signé en V3.", "annoying", network.alpha)
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    reporting.report_event(
        report=report, by=account("research_staff", network.alpha), at=at, on=date(2026, 11, 23)
    )
    return Entry.objects.latest("number")


def test_the_trail_of_another_house_s_events_is_closed_to_the_network(
    network: Any, account: Any, entry: Entry
) -> None:
    own, coordinator = account("quality_manager", network.alpha), account("network_coordinator")
    assert entry in entries_read_by(own)
    assert entry not in entries_read_by(coordinator)
    assert not may_prove(entry, by=coordinator) and may_prove(entry, by=own)


def test_its_page_is_not_there_for_the_coordinator(network: Any, client_as: Any, entry: Entry) -> None:
    url = reverse("trail:entry", args=[entry.number])
    assert client_as("network_coordinator").get(url).status_code == 404
    assert client_as("quality_manager", network.alpha).get(url).status_code == 200


def test_a_rule_on_the_answers_to_lessons_opens_no_draft(network: Any, account: Any) -> None:
    manager, coordinator = account("quality_manager", network.alpha), account("network_coordinator")
    day = date(2026, 11, 23)
    decide_visibility(
        object_kind="lesson", audience="steering", form="named", decision="COPIL", by=coordinator, on=day
    )
    text = proposing.Text(
        "Titre", what_happened="Ce qui fut.", what_learnt="Ce qui est su.", recommended="Ce qui se fait.",
        categories=("consent",),
    )  # fmt: skip
    lesson = proposing.begin_lesson(organization=network.alpha, text=text, by=manager, on=day)
    draft = Entry.objects.latest("number")
    offering.send_lesson(lesson=lesson, may_be_named=False, version=None, by=manager, on=day)
    sent = Entry.objects.latest("number")
    reader = type(coordinator).objects.get(pk=coordinator.pk)
    assert draft not in entries_read_by(reader) and sent in entries_read_by(reader)
    assert draft in entries_read_by(manager)
