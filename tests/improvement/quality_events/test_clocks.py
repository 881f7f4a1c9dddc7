"""Check the clocks of what is done outside: from when they run, in which zone and unit, until when, with what proof."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from diapason.improvement.quality_events.acts import obligations, reporting, triage
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.rules.catalogue import Duty
from diapason.kernel.languages import Bilingual
from diapason.kernel.verdicts import Refused

from .conftest import AT, ON

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PARIS = ZoneInfo("Europe/Paris")


def breach_of(event: Any, by: Any, **more: Any) -> Any:
    return triage.answer_breach(
        event=event, answer="suspected", reason="Consentement absent.", version=None, by=by, **more
    )


def test_a_clock_runs_from_awareness_and_not_from_the_answer(people: Any, sorted_event: Any) -> None:
    late = AT + timedelta(days=6)
    event = breach_of(sorted_event(), people.manager, at=late)
    duty = event.obligations.get()
    assert duty.starts_at == AT, "the report of that day says the hour"
    assert duty.due_at.astimezone(PARIS).date().isoformat() == "2026-11-24"
    other = breach_of(sorted_event(), people.manager, at=late, aware_on=ON + timedelta(days=4))
    duty = other.obligations.get()
    assert duty.starts_at == datetime(2026, 11, 27, tzinfo=PARIS), "an unknown hour counts from the first"
    assert duty.due_at.astimezone(PARIS).isoformat() == "2026-11-28T23:59:59+01:00"
    with pytest.raises(Refused, match="future"):
        breach_of(sorted_event(), people.manager, at=late, aware_on=ON + timedelta(days=7))


def test_an_event_sent_elsewhere_late_has_its_clock_from_the_report(people: Any, reported: Any) -> None:
    event = triage.route_event(
        event=reported(), channel="adverse_event", external_number="", version=None, by=people.manager,
        at=AT + timedelta(days=5),
    )  # fmt: skip
    duty = event.obligations.get()
    assert duty.due_at == AT + timedelta(hours=24) and duty.is_late(at=AT + timedelta(days=5))


def test_what_was_done_before_the_report_keeps_its_true_hour(people: Any, reported: Any) -> None:
    event = reported()
    reporting.answer_routing(event=event, channel="adverse_event", external_number="", by=people.staff, at=AT)
    values = {"reference": "téléphone", "version": None, "by": people.manager, "at": AT + timedelta(hours=1)}
    duty = event.obligations.get()
    with pytest.raises(Refused, match="aware of the event"):
        obligations.meet_obligation(obligation=duty, met_at=AT - timedelta(days=1), **values)
    met = obligations.meet_obligation(obligation=duty, met_at=AT - timedelta(hours=1), **values)
    assert met.met_at == AT - timedelta(hours=1) and not met.is_late(at=AT)


def test_the_sponsor_is_told_with_proof(people: Any, sorted_event: Any) -> None:
    event = breach_of(sorted_event(), people.manager, at=AT)
    values = {
        "obligation": event.obligations.get(),
        "met_at": AT,
        "version": None,
        "by": people.manager,
        "at": AT,
    }
    with pytest.raises(Refused, match="proves it"):
        obligations.meet_obligation(reference=" ", **values)
    assert obligations.meet_obligation(reference="Courriel du 23/11, accusé 14 h", **values).is_settled


@pytest.mark.parametrize(
    ("zone", "start", "hours", "due"),
    [
        ("Europe/Paris", datetime(2026, 10, 24, 12, tzinfo=PARIS), 24, "2026-10-25T11:00:00+01:00"),
        ("Europe/Paris", datetime(2027, 3, 27, 12, tzinfo=PARIS), 24, "2027-03-28T13:00:00+02:00"),
        ("Indian/Reunion", datetime(2026, 11, 23, 21, tzinfo=UTC), 72, "2026-11-27T01:00:00+04:00"),
    ],
)
def test_hours_run_on_through_the_night_of_the_other_hour(
    zone: str, start: Any, hours: int, due: str
) -> None:
    both = Bilingual("x", "x")
    found = obligations.due_at(Duty("x", both, hours, "hours", both), start, department="", timezone=zone)
    assert found.astimezone(ZoneInfo(zone)).isoformat() == due


@pytest.mark.parametrize(
    ("zone", "start", "due"),
    [
        ("Europe/Paris", datetime(2026, 10, 20, 22, 30, tzinfo=UTC), "2026-10-28T23:59:59+01:00"),
        ("Indian/Reunion", datetime(2026, 11, 23, 21, tzinfo=UTC), "2026-12-01T23:59:59+04:00"),
        ("America/Martinique", datetime(2026, 11, 24, 3, tzinfo=UTC), "2026-11-30T23:59:59-04:00"),
    ],
)
def test_seven_calendar_days_end_at_midnight_of_the_site(zone: str, start: Any, due: str) -> None:
    clock = words().sorting.breach_clock
    found = obligations.due_at(clock, start, department="972", timezone=zone)
    assert found.isoformat() == due


def test_a_clock_is_told_in_the_time_of_the_place(
    people: Any, reported: Any, network: Any, stage: Any
) -> None:
    event = reported()
    event.place.timezone = "Indian/Reunion"
    stage(lambda: event.place.save(update_fields=["timezone"]))
    reporting.answer_routing(event=event, channel="adverse_event", external_number="", by=people.staff, at=AT)
    duty = event.obligations.get()
    duty.event = event
    assert "13:30" in duty.due_said and event.place.short_name in duty.due_said
