"""Check the ladder of reminders and the weekly letter: to whom, when, once, with a link a line; silence otherwise."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve

from diapason.audit_trail.models import Entry
from diapason.context.mailing.models import MessageText, OutgoingMessage
from diapason.context.people.models import RoleAssignment
from diapason.improvement.action_plan import jobs
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Reminder
from diapason.improvement.action_plan.queries.reminders import due_this_week, ladder
from diapason.improvement.action_plan.rules.reminders import BadLadder, reached, read_ladder, week_of

from .conftest import ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DUE = later(30)
"""The day on which the planned action is due: a Wednesday."""


def written(day: date) -> int:
    """Let the job work on a day; return how many letters left."""
    return jobs.write_letters(on=day, at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


def letters() -> list[tuple[str, str]]:
    """Return (address, text) of every letter, in the order in which they left."""
    rows = MessageText.objects.select_related("message").order_by("message__key")
    return [(row.message.recipient, row.text) for row in rows]


def test_the_ladder_of_the_catalogue_climbs_from_the_owner_to_the_keeper() -> None:
    steps = ladder().steps
    assert [step.days for step in steps] == [-14, -3, 1, 7, 14, 30]
    assert (
        all("owner" in step.to for step in steps) and "keeper" in steps[-1].to and "keeper" not in steps[0].to
    )
    assert reached(steps, DUE, until=DUE - timedelta(days=15)) is None
    assert reached(steps, DUE, until=DUE).code == "before_3"  # type: ignore[union-attr]
    assert reached(steps, DUE, until=DUE + timedelta(days=400)).code == "after_30"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("steps: []\nchecks: []\nkeepers: []\nhour: '07:00'", "order"),
        ("steps: [{code: a, days: 3, to: [nobody]}]\nchecks: []\nkeepers: []\nhour: '07:00'", "nobody"),
        ("steps: [{code: a, days: 3, to: []}, {code: b, days: 1, to: []}]", "order"),
        ("checks: []", "steps"),
    ],
)
def test_a_mistake_in_the_ladder_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "reminders.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadLadder, match=wrong):
        read_ladder(tmp_path)


def test_nobody_gets_a_letter_when_nothing_is_due(people: Any, planned: Any) -> None:
    planned()
    assert written(ON) == 0 and not OutgoingMessage.objects.exists() and not Reminder.objects.exists()


def test_one_letter_names_every_line_with_its_link(people: Any, planned: Any) -> None:
    actions = [planned(title=f"Action {place}", due_on=later(20 + place)) for place in range(3)]
    assert written(later(14)) == 1
    [(address, text)] = letters()
    assert address == people.owner.email
    for action in actions:
        assert action.title in text and resolve(action.get_absolute_url()).kwargs == {"number": action.number}
        assert f"http://localhost:8000{action.get_absolute_url()}" in text
    assert text.startswith("Bonjour Camille,") and "au plus une fois par semaine" in text
    assert OutgoingMessage.objects.get().kind == "digest"
    assert Reminder.objects.count() == 3 and Entry.objects.latest("number").by == "automaton:weekly reminder"


def test_a_person_has_one_letter_a_week_and_no_step_twice(people: Any, planned: Any) -> None:
    planned()
    monday, _sunday = week_of(DUE)
    assert [written(monday + timedelta(days=day)) for day in range(7)] == [1, 0, 0, 0, 0, 0, 0]
    planned(title="Nouvelle", due_on=DUE)
    assert (
        written(monday + timedelta(days=2)) == 0
    )  # this week's letter has left: it stands on the person's day
    later_weeks = [written(monday + timedelta(weeks=week)) for week in range(1, 12)]
    assert sum(later_weeks[6:]) == 0, "the ladder ends"
    steps = Reminder.objects.values_list("action", "step", "person")
    assert len(steps) == len(set(steps))


def test_the_ladder_reaches_the_quality_manager_when_it_stays_undone(people: Any, planned: Any) -> None:
    planned()
    for week in range(-3, 7):
        written(DUE + timedelta(weeks=week))
    first = {}
    for reminder in Reminder.objects.order_by("sent_on"):
        first.setdefault(reminder.person_id, reminder.step)
    assert first[people.owner.person.pk] == "before_14"
    assert first[people.manager.person.pk] == "after_14"
    assert people.staff.person.pk not in first and people.elsewhere.person.pk not in first
    assert any("MENÉES PAR D’AUTRES" in text or "PORTÉES PAR D’AUTRES" in text for _to, text in letters())


def test_the_one_it_was_handed_to_is_reminded_and_the_owner_left_in_peace(people: Any, planned: Any) -> None:
    action = planned()
    planning.delegate_action(
        action=action, to=people.staff.person, until=later(60), version=None, by=people.owner, on=ON)  # fmt: skip
    written(DUE)
    assert [address for address, _text in letters()] == [people.staff.email]


def test_a_stand_in_is_reminded_beside_the_owner(
    people: Any, planned: Any, account: Any, network: Any
) -> None:
    planned()
    stand_in = account("process_owner", network.alpha, stands_in_for=people.owner.person)
    assert RoleAssignment.objects.in_force(on=DUE).filter(stands_in_for=people.owner.person).exists()
    written(DUE)
    assert {address for address, _text in letters()} == {people.owner.email, stand_in.email}


def test_what_is_done_or_given_up_is_no_longer_reminded_of(people: Any, planned: Any, done: Any) -> None:
    done()
    carrying.cancel_action(action=planned(), reason="Inutile.", version=None, by=people.manager, on=ON)
    assert written(later(90)) == 0


def test_the_check_is_asked_of_somebody_who_did_not_carry_it(people: Any, done: Any) -> None:
    done()
    assert written(later(120)) == 1
    [(address, text)] = letters()
    assert address == people.manager.email and "EFFICACITÉ À VÉRIFIER" in text


def test_the_one_invited_from_another_house_is_asked_instead(people: Any, done: Any) -> None:
    action = done(owner=people.manager.person)
    planning.invite_checker(action=action, person=people.elsewhere.person, by=people.manager, on=later(100))
    written(later(120))
    assert [address for address, _text in letters()] == [people.elsewhere.email]


def test_a_letter_speaks_the_language_of_its_reader(people: Any, planned: Any, stage: Any) -> None:
    planned()
    people.owner.language = "en"
    stage(people.owner.save)
    written(DUE)
    assert letters()[0][1].startswith("Hello Camille,") and OutgoingMessage.objects.get().language == "en"


def test_a_closed_account_gets_nothing(people: Any, planned: Any, stage: Any) -> None:
    planned()
    people.owner.is_active = False
    stage(people.owner.save)
    assert written(DUE) == 0


def test_who_is_to_be_reminded_costs_the_same_for_many_actions(
    people: Any, planned: Any, assert_fixed_queries: Any
) -> None:
    planned()
    cost = assert_fixed_queries(
        lambda: due_this_week(on=DUE, kind="digest"), lambda: [planned() for _ in range(4)]
    )
    assert cost <= 12, "nine for the actions, one for each thing that chapters above tell"


def test_the_next_round_is_at_the_hour_of_the_catalogue() -> None:
    before, after = datetime(2026, 11, 23, 4, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert jobs.next_round(before).date() == ON and jobs.next_round(after).date() == later(1)
    assert jobs.next_round(after).time() == ladder().hour
