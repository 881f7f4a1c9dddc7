"""Give events in the states that tests begin from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization
from diapason.improvement.quality_events.acts import analysis, reporting, triage
from diapason.improvement.quality_events.models import QualityEvent

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ON = date(2026, 11, 23)


@pytest.fixture
def people(network: Any, account: Any) -> Any:
    """Return the accounts of a house: staff, quality manager, another one, a process owner."""

    class People:
        staff = account("research_staff", network.alpha)
        manager = account("quality_manager", network.alpha)
        second = account("quality_manager", network.alpha)
        owner = account("process_owner", network.alpha)
        elsewhere = account("quality_manager", network.beta)
        coordinator = account("network_coordinator")

    return People


@pytest.fixture
def reported(network: Any, people: Any) -> Any:
    """Return a function that reports an event."""

    def report(by: Any = None, **more: Any) -> QualityEvent:
        values = {"description": "Consentement signé dans l’ancienne version. La V4 était en vigueur.",
                  "consequence": "annoying", "place": network.alpha, **more}  # fmt: skip
        return reporting.report_event(report=reporting.Report(**values), by=by or people.staff, at=AT, on=ON)

    return report


@pytest.fixture
def sorted_event(network: Any, people: Any, reported: Any) -> Any:
    """Return a function that reports and sorts an event."""

    def make(severity: str = "major", kind: str = "nonconformity", **more: Any) -> QualityEvent:
        event = reported(**more)
        decision = triage.Sorted(
            kind=kind,
            severity=severity,
            severity_reason="Touche un consentement.",
            owner=network.alpha,
            category="consent",
        )
        return triage.triage_event(
            event=event, decision=decision, version=event.version, by=people.manager, on=ON
        )

    return make


@pytest.fixture
def analysed(people: Any, sorted_event: Any) -> Any:
    """Return a function that brings an event to its causes."""

    def make(**more: Any) -> QualityEvent:
        event = sorted_event(**more)
        whys = [
            analysis.Why("La V3 restait dans l’armoire", "material"),
            analysis.Why(
                "Personne n’est chargé de la retirer",
                "management",
                parent=0,
                cause="information",
                is_root=True,
            ),
        ]
        event = analysis.record_causes(
            event=event,
            method="five_whys",
            analysis="",
            whys=whys,
            version=event.version,
            by=people.manager,
            on=ON,
        )
        return analysis.confirm_causes(event=event, version=event.version, by=people.manager, on=ON)

    return make


def later(days: int) -> date:
    """Return a day so many days after the first."""
    return ON + timedelta(days=days)


@pytest.fixture
def many(stage: Any, network: Any) -> Callable[..., list[QualityEvent]]:
    """Return a function that enters events of a house at once, one a day, backwards."""

    def make(house: Organization | None = None, count: int = 40, **more: Any) -> list[QualityEvent]:
        house = house or network.alpha
        begun = QualityEvent.objects.filter(organization=house).count()
        rows = [
            QualityEvent(**{
                "number": f"EV-{house.code}-2026-{begun + place + 1:04d}", "organization": house, "place": house,
                "title": f"Événement {place}", "description": "Texte.", "consequence": "annoying",
                "level": "confidential", "kind": "nonconformity", "category": "consent", "severity": "minor",
                "reported_on": ON - timedelta(days=30 + place), "reported_at": AT, "state": "triaged",
                "triaged_on": ON - timedelta(days=27 + place), **more,
            })
            for place in range(count)
        ]  # fmt: skip
        return stage(lambda: insert(QualityEvent, rows))

    return make
