"""Check how a committee is planned, chooses, analyses, minutes and closes."""

from datetime import date

import pytest

from diapason.audit_trail.models import Entry
from diapason.improvement.action_plan.acts.planning import Draft, open_action
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.crex.acts import meeting as acts
from diapason.improvement.crex.acts.meeting import Attended
from diapason.improvement.crex.models import CrexAttendance, CrexMeeting
from diapason.improvement.crex.queries.proposals import proposals_for
from diapason.improvement.quality_events.acts.analysis import Why
from diapason.kernel.verdicts import Conflict, Refused
from tests.improvement.crex.conftest import ON

pytestmark = pytest.mark.database
WHYS = [Why("Trois versions en circulation", "method", cause="procedure", is_root=True)]


def analysed(meeting, by, **more):
    values = {
        "method": "orion",
        "steps": {"collect": "Dossiers relus.", "gaps": "Version 3 au lieu de 4."},
        "whys": WHYS,
    }
    return acts.record_analysis(
        meeting=meeting,
        version=meeting.version,
        event_version=meeting.event.version,
        by=by,
        on=ON,
        **{**values, **more},
    )


def test_a_committee_from_plan_to_closed_minutes(chosen, people):
    chosen = acts.record_attendance(
        meeting=chosen,
        attended=[Attended("quality", 1), Attended("cra", 4), Attended("nurse", 1, people.staff.person)],
        version=chosen.version, by=people.manager, on=ON,
    )  # fmt: skip
    held = acts.hold_crex(meeting=chosen, version=chosen.version, by=people.manager, on=ON)
    held = analysed(held, people.manager)
    event = held.event
    event.refresh_from_db()
    assert (event.method, event.causes.get(removed_on=None).cause) == ("orion", "procedure")
    assert "Version 3 au lieu de 4." in event.analysis
    draft = Draft(organization=event.organization, kind="corrective", title="Retirer les anciennes versions",
                  due_on=date(2027, 1, 15), owner=people.owner.person, origin=event.subject)  # fmt: skip
    action = open_action(draft=draft, by=people.manager, on=ON)
    assert list(actions_of(event.subject)) == [action]
    held = acts.write_minutes(
        meeting=held, minutes="Une seule version au classeur.", next_on=date(2026, 12, 14),
        version=held.version, by=people.manager, on=ON,
    )  # fmt: skip
    closed = acts.close_crex(meeting=held, version=held.version, by=people.manager, on=ON)
    assert (closed.state, closed.closed_on) == ("closed", ON)
    following = CrexMeeting.objects.exclude(pk=closed.pk).get()
    assert (following.held_on, following.state, following.place) == (date(2026, 12, 14), "planned", "Salle 2")
    assert "CrexClosed" in Entry.objects.latest("pk").statement
    assert CrexMeeting(method="alarm").method_name == "ALARM"


def test_names_of_those_who_attended_are_commitments_in_the_trail(chosen, people):
    attended = [Attended("nurse", 1, people.staff.person)]
    acts.record_attendance(
        meeting=chosen, attended=attended, version=chosen.version, by=people.manager, on=ON
    )
    entry = Entry.objects.latest("pk")
    assert CrexAttendance.PERSONAL == ("person",)
    assert people.staff.person.identifier not in entry.statement


def test_minutes_close_only_with_people_quality_analysis_and_text(chosen, people):
    held = acts.hold_crex(meeting=chosen, version=None, by=people.manager, on=ON)
    for attended in ([], [Attended("cra", 5)]):
        acts.record_attendance(meeting=held, attended=attended, version=None, by=people.manager, on=ON)
        with pytest.raises(Refused):
            acts.close_crex(meeting=held, version=None, by=people.manager, on=ON)
    everybody = [Attended("quality", 1), Attended("cra", 5)]
    acts.record_attendance(meeting=held, attended=everybody, version=None, by=people.manager, on=ON)
    with pytest.raises(Refused, match="analysis"):
        acts.close_crex(meeting=held, version=None, by=people.manager, on=ON)
    held.refresh_from_db()
    analysed(held, people.manager)
    with pytest.raises(Refused, match="retains"):
        acts.close_crex(meeting=held, version=None, by=people.manager, on=ON)


def test_a_committee_takes_ninety_minutes_at_most_and_one_a_day(network, meeting, people):
    for day, duration in ((date(2026, 12, 1), 91), (date(2026, 12, 1), 0), (ON, 60)):
        with pytest.raises(Refused):
            acts.plan_crex(
                organization=network.alpha, held_on=day, duration=duration, place="", by=people.manager, on=ON
            )
    acts.plan_crex(organization=network.beta, held_on=ON, duration=90, place="", by=people.elsewhere, on=ON)


@pytest.mark.parametrize("who", ["owner", "staff", "auditor", "certifier", "elsewhere", "coordinator"])
def test_only_the_quality_manager_of_the_house_holds_it(network, people, who):
    with pytest.raises(Refused):
        acts.plan_crex(
            organization=network.alpha, held_on=ON, duration=60, place="", by=getattr(people, who), on=ON
        )


def test_whoever_leads_was_not_involved(meeting, event, people):
    declared = event(by=people.staff)
    for pilot, refused in ((people.staff.person, True), (people.owner.person, False)):
        try:
            acts.choose_event(meeting=meeting, event=declared, pilot=pilot, reason="x", score=None, version=None,
                              by=people.manager, on=ON)  # fmt: skip
        except Refused:
            assert refused
        else:
            assert not refused


def test_the_event_is_one_of_the_house_and_open(network, meeting, event, people):
    theirs = event(by=people.elsewhere, house=network.beta)
    with pytest.raises(Refused):
        acts.choose_event(meeting=meeting, event=theirs, pilot=people.owner.person, reason="x", score=None,
                          version=None, by=people.manager, on=ON)  # fmt: skip


def test_events_are_proposed_by_frequency_and_gravity_once(network, meeting, event, people):
    for _ in range(3):
        event("visit", "minor")
    grave = event("consent", "critical")
    found = proposals_for(network.alpha, ON)
    assert [(one.event.category, one.score) for one in found][:2] == [("consent", 4), ("visit", 2)]
    assert "= 4" in found[0].why
    acts.choose_event(meeting=meeting, event=grave, pilot=people.owner.person, reason="x", score=4, version=None,
                      by=people.manager, on=ON)  # fmt: skip
    assert grave not in [one.event for one in proposals_for(network.alpha, ON)]


def test_the_analysis_begun_keeps_its_event_and_stale_forms_are_refused(chosen, event, people):
    other = event("visit")
    analysed(chosen, people.manager)
    with pytest.raises(Conflict):
        analysed(chosen, people.manager)
    with pytest.raises(Refused, match="begun"):
        acts.choose_event(meeting=chosen, event=other, pilot=people.owner.person, reason="x", score=None,
                          version=None, by=people.manager, on=ON)  # fmt: skip


def test_an_analysis_without_words_or_with_a_wrong_cause_changes_nothing(chosen, people):
    with pytest.raises(Refused):
        analysed(chosen, people.manager, steps={"collect": "  "})
    with pytest.raises(Refused):
        analysed(chosen, people.manager, whys=[Why("x", "no such branch")])
    chosen.refresh_from_db()
    assert (chosen.method, chosen.analysis) == ("", {})


def test_what_did_not_take_place_says_why_and_closed_minutes_open_again_with_a_reason(meeting, people):
    with pytest.raises(Refused):
        acts.cancel_crex(meeting=meeting, reason=" ", version=None, by=people.manager, on=ON)
    gone = acts.cancel_crex(meeting=meeting, reason="Grève", version=None, by=people.manager, on=ON)
    assert (gone.state, gone.reason) == ("cancelled", "Grève")
    with pytest.raises(Refused):
        acts.reopen_crex(meeting=gone, reason="x", version=None, by=people.manager, on=ON)
