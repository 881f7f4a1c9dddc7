"""Check what the weekly letter says of events: to those who sort them, by number, nothing of what was written."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from diapason.context.mailing.models import MessageText, OutgoingMessage
from diapason.improvement.action_plan import jobs
from diapason.improvement.action_plan.digests import MOST
from diapason.improvement.action_plan.models import Reminder
from diapason.improvement.quality_events import weekly
from diapason.improvement.quality_events.days import sort_by
from diapason.improvement.quality_events.models import Obligation

from .conftest import AT, ON

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = ON + timedelta(days=14)


def written(day: date) -> dict[str, str]:
    """Let the job work on a day; return address → letter, those of that day only."""
    before = set(OutgoingMessage.objects.values_list("key", flat=True))
    jobs.write_letters(on=day, at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
    rows = MessageText.objects.exclude(message__key__in=before).select_related("message")
    return {row.message.recipient: row.text for row in rows}


def test_reports_to_be_sorted_are_told_to_those_who_sort_them(people: Any, reported: Any) -> None:
    event = reported()
    letters = written(LATER)
    assert set(letters) == {people.manager.email, people.second.email}
    text = letters[people.manager.email]
    assert "DÉCLARATIONS À TRIER" in text and event.number in text
    assert f"http://localhost:8000{event.get_absolute_url()}" in text
    assert not Reminder.objects.exists()


def test_the_letter_holds_nothing_of_what_was_written(people: Any, reported: Any, clock_of: Any) -> None:
    event = reported(where_text="Salle 12, derrière l’accueil")
    clock_of(event, LATER)
    for text in written(LATER).values():
        for secret in (event.title, "ancienne version", "V4", "Salle 12", str(people.staff.person)):
            assert secret not in text


def test_nothing_is_said_before_a_report_has_to_be_sorted(people: Any, reported: Any) -> None:
    event = reported()
    early = list(weekly.reports_to_sort(ON, sort_by(event) - timedelta(days=1)))
    due = list(weekly.reports_to_sort(ON, sort_by(event)))
    assert early == [] and {line.person for line in due} == {
        people.manager.person.pk,
        people.second.person.pk,
    }


def test_a_sorted_report_is_told_no_more(people: Any, sorted_event: Any) -> None:
    sorted_event()
    assert written(LATER) == {}


def test_it_is_told_each_week_while_it_waits_and_once_a_week(people: Any, reported: Any) -> None:
    reported()
    monday = LATER - timedelta(days=LATER.weekday())
    days = [len(written(monday + timedelta(days=day))) for day in range(14)]
    assert days == [2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]


def test_another_house_is_told_nothing(people: Any, reported: Any) -> None:
    reported()
    assert people.elsewhere.email not in written(LATER) and people.coordinator.email not in written(LATER)


@pytest.fixture
def clock_of(stage: Any) -> Any:
    """Return a function that gives an event a duty outside, due on a day."""

    def give(event: Any, due: date) -> Obligation:
        at = datetime(due.year, due.month, due.day, 10, tzinfo=UTC)
        return stage(
            lambda: Obligation.objects.create(
                event=event, code="inform_sponsor", starts_at=AT, due_at=at, unit="calendar_days"
            )
        )

    return give


def test_a_clock_near_its_end_is_told_to_the_house_and_not_to_the_declarer(
    people: Any, sorted_event: Any, clock_of: Any, stage: Any
) -> None:
    event = sorted_event()
    stage(lambda: Obligation.objects.filter(event=event).update(met_at=AT))
    duty = clock_of(event, LATER)
    letters = written(LATER)
    assert set(letters) == {people.manager.email, people.second.email}
    assert (
        "À FAIRE AILLEURS" in letters[people.manager.email] and event.number in letters[people.manager.email]
    )
    duty.met_at = AT
    stage(duty.save)
    assert written(LATER + timedelta(days=7)) == {}


def test_many_lines_end_with_how_many_more(people: Any, reported: Any) -> None:
    for place in range(MOST + 2):
        reported(description=f"Déclaration {place}.")
    text = written(LATER)[people.manager.email]
    assert text.count("EV-ALP-") - text.count("/EV-ALP-") == MOST and "… et 2 autres" in text


def test_the_letter_costs_the_same_for_many(
    people: Any, reported: Any, clock_of: Any, assert_fixed_queries: Any
) -> None:
    def grow() -> None:
        for place in range(3):
            clock_of(reported(description=f"Encore {place}."), LATER)

    grow()

    def ask() -> None:
        assert list(weekly.reports_to_sort(LATER, LATER)) and list(weekly.clocks_running_out(LATER, LATER))

    assert assert_fixed_queries(ask, grow) == 4
