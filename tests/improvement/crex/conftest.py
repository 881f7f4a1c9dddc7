"""Give a house with events and a meeting to hold."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from diapason.improvement.crex.acts import meeting as acts
from diapason.improvement.quality_events.acts import reporting, triage
from diapason.improvement.quality_events.models import QualityEvent

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def people(network: Any, account: Any) -> Any:
    """Return the accounts of alpha, and of elsewhere."""

    class People:
        manager = account("quality_manager", network.alpha)
        second = account("quality_manager", network.alpha)
        owner = account("process_owner", network.alpha)
        staff = account("research_staff", network.alpha)
        auditor = account("internal_auditor", network.alpha)
        certifier = account("external_certifier", network.alpha)
        elsewhere = account("quality_manager", network.beta)
        coordinator = account("network_coordinator")

    return People


@pytest.fixture
def event(network: Any, people: Any) -> Any:
    """Return `event(category, severity)`: an event reported by the staff of alpha, and sorted."""

    def make(
        category: str = "consent", severity: str = "major", by: Any = None, house: Any = None
    ) -> QualityEvent:
        place = house or network.alpha
        report = reporting.Report(
            description=f"Événement {category} {severity}.", consequence="annoying", place=place
        )
        made = reporting.report_event(report=report, by=by or people.staff, at=AT, on=ON)
        decision = triage.Sorted(
            kind="nonconformity", severity=severity, severity_reason="x", owner=place, category=category
        )
        manager = people.manager if place == network.alpha else people.elsewhere
        return triage.triage_event(event=made, decision=decision, version=made.version, by=manager, on=ON)

    return make


@pytest.fixture
def meeting(network: Any, people: Any) -> Any:
    """Return a meeting of alpha planned for today."""
    return acts.plan_crex(
        organization=network.alpha, held_on=ON, duration=60, place="Salle 2", by=people.manager, on=ON
    )


@pytest.fixture
def chosen(meeting: Any, event: Any, people: Any) -> Any:
    """Return that meeting with its event chosen."""
    return acts.choose_event(
        meeting=meeting, event=event(), pilot=people.owner.person, reason="fréquent", score=6,
        version=meeting.version, by=people.manager, on=ON,
    )  # fmt: skip
