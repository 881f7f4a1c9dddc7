"""Check the acts: each changes, records, and refuses with the reason."""

import json
from datetime import timedelta
from typing import Any

import pytest

from diapason.audit_trail.models import Entry
from diapason.improvement.quality_events.acts import (
    analysis,
    closing,
    letters,
    messages,
    obligations,
    reporting,
    triage,
)
from diapason.improvement.quality_events.models import Declarer, Letter, Obligation, QualityEvent
from diapason.improvement.quality_events.rules.wording import digest_of, new_code
from diapason.kernel.verdicts import Conflict, Refused

from .conftest import AT, ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def last() -> dict[str, Any]:
    """Return the last statement of the trail."""
    return json.loads(Entry.objects.latest("number").statement)


def facts() -> list[str]:
    """Return the names of the facts of the last entry."""
    return [fact["name"] for fact in last()["facts"]]


def test_a_confidential_report_names_nobody_in_the_trail(people: Any, reported: Any) -> None:
    event = reported()
    assert event.number == "EV-ALP-2026-0001" and event.title == "Consentement signé dans l’ancienne version"
    assert Declarer.objects.get(event=event).person == people.staff.person
    statement = Entry.objects.latest("number").statement
    assert people.staff.person.identifier not in statement
    assert people.staff.person.family_name not in statement
    assert facts() == ["EventReported"] and last()["by"] == "automaton:confidential report"


def test_a_named_report_is_stated_by_its_declarer(people: Any, reported: Any) -> None:
    reported(level="named")
    assert last()["by"] == people.staff.person.identifier


def test_nobody_reports_for_another_house(people: Any, reported: Any) -> None:
    with pytest.raises(Refused, match="You do not work at"):
        reported(by=people.elsewhere)
    assert not QualityEvent.objects.exists()


def test_a_deviation_is_never_anonymous(network: Any) -> None:
    letter = reporting.Report("x", "none", network.alpha, level="anonymous", kind="deviation")
    with pytest.raises(Refused, match="without a name"):
        reporting.enter_event(
            report=letter, declarer=None, by=reporting.automaton("letters"), hour=None, on=ON
        )


def test_letters_are_collected_without_hour_or_declarer(network: Any) -> None:
    code = new_code()
    for text in ("Trop de formulaires", "Une armoire unique"):
        Letter.objects.create(
            organization=network.alpha, kind="suggestion", description=text, consequence="none",
            receipt_digest=digest_of(code if text.startswith("Une") else new_code()),
        )  # fmt: skip
    assert letters.collect_letters(by=reporting.automaton("letters"), on=ON) == 2
    assert not Letter.objects.exists() and not Declarer.objects.exists()
    event = QualityEvent.objects.get(receipt_digest=digest_of(code.lower()))
    assert (
        event.reported_at is None and event.level == "anonymous" and event.description == "Une armoire unique"
    )
    assert facts() == ["EventReported", "EventReported", "LettersCollected"]
    assert letters.collect_letters(by=reporting.automaton("letters"), on=ON) == 0


def test_sorting_asks_for_causes_and_approval_from_major_on(sorted_event: Any) -> None:
    event = sorted_event()
    assert (event.state, event.analysis_asked, event.approval_asked) == ("triaged", True, True)
    assert facts() == ["EventTriaged"]
    light = sorted_event(severity="minor")
    assert (light.analysis_asked, light.approval_asked) == (False, False)


def test_sorting_is_refused_to_others_and_to_stale_forms(network: Any, people: Any, reported: Any) -> None:
    event = reported()
    decision = triage.Sorted("nonconformity", "minor", "Sans effet.", network.alpha)
    with pytest.raises(Refused, match="sorts and closes"):
        triage.triage_event(event=event, decision=decision, version=event.version, by=people.elsewhere, on=ON)
    with pytest.raises(Conflict):
        triage.triage_event(
            event=event, decision=decision, version=event.version + 1, by=people.manager, on=ON
        )
    done = triage.triage_event(
        event=event, decision=decision, version=event.version, by=people.manager, on=ON
    )
    with pytest.raises(Refused, match="Not in this state"):
        triage.triage_event(event=done, decision=decision, version=done.version, by=people.manager, on=ON)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "nothing"}, "Choose a kind"),
        ({"severity": "huge"}, "Choose a severity"),
        ({"severity_reason": " "}, "Say why this severity"),
        ({"kind": "deviation"}, "belongs to a study"),
        ({"aware_on": later(1)}, "in the future"),
    ],
)
def test_an_incomplete_decision_is_refused(
    network: Any, people: Any, reported: Any, change: dict[str, Any], reason: str
) -> None:
    event = reported()
    values = {
        "kind": "nonconformity",
        "severity": "minor",
        "severity_reason": "r",
        "owner": network.alpha,
        **change,
    }
    with pytest.raises(Refused, match=reason):
        triage.triage_event(
            event=event, decision=triage.Sorted(**values), version=event.version, by=people.manager, on=ON
        )


def test_routing_opens_what_is_to_be_done_outside(people: Any, reported: Any) -> None:
    event = reported()
    reporting.answer_routing(event=event, channel="data_leak", external_number="", by=people.staff, at=AT)
    duties = {duty.code: duty for duty in Obligation.objects.filter(event=event)}
    assert set(duties) == {"tell_dpo", "notify_authority"}
    assert duties["notify_authority"].due_at - AT == timedelta(hours=72)
    met = obligations.meet_obligation(
        obligation=duties["tell_dpo"], met_at=AT + timedelta(minutes=5), reference="courriel",
        version=duties["tell_dpo"].version, by=people.manager, at=AT + timedelta(hours=1),
    )  # fmt: skip
    assert met.is_settled and not met.is_late(at=AT) and facts() == ["ObligationMet"]
    with pytest.raises(Refused, match="settled already"):
        obligations.waive_obligation(
            obligation=met, reason="Non.", version=met.version, by=people.manager, at=AT
        )
    with pytest.raises(Refused, match="future"):
        obligations.meet_obligation(
            obligation=duties["notify_authority"], met_at=AT + timedelta(days=9), reference="",
            version=duties["notify_authority"].version, by=people.manager, at=AT,
        )  # fmt: skip


def test_working_days_skip_the_week_end(people: Any, reported: Any) -> None:
    event = reported()
    reporting.answer_routing(event=event, channel="care", external_number="FEI 12", by=people.staff, at=AT)
    duty = Obligation.objects.get(event=event)
    assert duty.due_at.date().isoformat() == "2026-11-25" and duty.unit == "working_days"


def test_a_light_event_closes_once_mended(people: Any, sorted_event: Any) -> None:
    event = sorted_event(severity="minor")
    values = {"conclusion": "Corrigé.", "helps_others": False, "by": people.manager, "on": ON}
    with pytest.raises(Refused, match="done at once"):
        closing.close_event(event=event, version=event.version, **values)
    event = analysis.record_correction(
        event=event,
        correction="Signé de nouveau en V4.",
        corrected_on=ON,
        version=event.version,
        by=people.manager,
        on=ON,
    )
    event = closing.close_event(event=event, version=event.version, **values)
    assert (event.state, event.closed_on) == ("closed", ON)
    assert last()["facts"][0]["values"]["from_state"] == "triaged"


def test_a_major_event_does_not_close_without_its_loop(people: Any, sorted_event: Any) -> None:
    event = sorted_event()
    with pytest.raises(Refused, match="asks for causes"):
        event = analysis.record_correction(
            event=event, correction="Fait.", corrected_on=ON, version=event.version, by=people.manager, on=ON
        )
        closing.close_event(
            event=event, conclusion="x", helps_others=False, version=event.version, by=people.manager, on=ON
        )


def test_causes_need_a_root_in_the_shared_words(people: Any, sorted_event: Any) -> None:
    event = sorted_event()
    with pytest.raises(Refused, match="No root cause"):
        analysis.confirm_causes(event=event, version=event.version, by=people.manager, on=ON)
    for whys, reason in (
        ([analysis.Why("x", "material", is_root=True)], "shared words"),
        ([analysis.Why("x", "nowhere")], "choose a branch"),
        ([analysis.Why("x", "material", parent=0)], "comes after it"),
        ([analysis.Why(" ", "material")], "says nothing"),
    ):
        with pytest.raises(Refused, match=reason):
            analysis.record_causes(
                event=event,
                method="ishikawa",
                analysis="",
                whys=whys,
                version=event.version,
                by=people.manager,
                on=ON,
            )


def test_a_second_analysis_removes_the_first_lines_without_erasing_them(people: Any, analysed: Any) -> None:
    event = analysed()
    assert event.state == "analysed" and last()["facts"][0]["values"]["causes"] == "information"
    whys = [analysis.Why("Charge", "people", cause="workload", is_root=True)]
    event = analysis.record_causes(
        event=event, method="ishikawa", analysis="Revu", whys=whys,
        version=event.version, by=people.manager, on=ON,
    )  # fmt: skip
    assert event.causes.count() == 3 and event.causes.filter(removed_on=None).count() == 1


def test_a_plan_needs_corrective_actions(people: Any, analysed: Any) -> None:
    event = analysed()
    with pytest.raises(Refused, match="No corrective action"):
        closing.submit_plan(event=event, version=event.version, by=people.manager, on=ON)
    with pytest.raises(Refused, match=r"asks for an approval|No corrective action"):
        closing.start_plan(event=event, version=event.version, by=people.manager, on=ON)


def test_events_are_joined_within_a_house_only(people: Any, reported: Any) -> None:
    first, second = reported(), reported()
    joined = triage.merge_event(event=second, into=first, version=second.version, by=people.manager, on=ON)
    assert (joined.state, joined.duplicate_of) == ("merged", first)
    with pytest.raises(Refused, match="itself"):
        triage.merge_event(event=first, into=first, version=first.version, by=people.manager, on=ON)
    with pytest.raises(Refused, match="joined to another"):
        triage.merge_event(event=first, into=joined, version=first.version, by=people.manager, on=ON)


def test_what_is_due_outside_counts_with_the_event_that_stays(people: Any, reported: Any) -> None:
    first, second = reported(), reported()
    reporting.answer_routing(
        event=second, channel="adverse_event", external_number="", by=people.staff, at=AT
    )
    reporting.answer_routing(
        event=first, channel="adverse_event", external_number="", by=people.staff, at=AT + timedelta(hours=3)
    )
    triage.merge_event(event=second, into=first, version=None, by=people.manager, on=ON)
    kept = Obligation.objects.get(event=first)
    assert kept.starts_at == AT and not kept.is_settled, "the earlier clock holds"
    left = Obligation.objects.get(event=second)
    assert left.waived_reason == first.number
    with pytest.raises(Refused, match="settled already"):
        obligations.meet_obligation(
            obligation=left, met_at=AT, reference="", version=left.version, by=people.manager, at=AT
        )


def test_an_ended_event_takes_no_clock_over(people: Any, reported: Any) -> None:
    first, second = reported(), reported()
    first = triage.dismiss_event(
        event=first, reason="Déjà connu.", version=first.version, by=people.manager, on=ON
    )
    reporting.answer_routing(event=second, channel="data_leak", external_number="", by=people.staff, at=AT)
    with pytest.raises(Refused, match="settle first"):
        triage.merge_event(event=second, into=first, version=None, by=people.manager, on=ON)
    assert Obligation.objects.filter(event=second, met_at=None, waived_reason="").count() == 2


def test_no_event_is_put_aside_while_something_is_due_outside(people: Any, reported: Any) -> None:
    event = reported()
    reporting.answer_routing(event=event, channel="data_leak", external_number="", by=people.staff, at=AT)
    with pytest.raises(Refused, match="still to be done outside"):
        triage.dismiss_event(event=event, reason="Rien.", version=None, by=people.manager, on=ON)


def test_the_questions_are_not_answered_about_an_ended_event(people: Any, reported: Any) -> None:
    event = reported()
    triage.dismiss_event(event=event, reason="Déjà connu.", version=None, by=people.manager, on=ON)
    with pytest.raises(Refused, match="is ended"):
        reporting.answer_routing(event=event, channel="data_leak", external_number="", by=people.staff, at=AT)
    assert not Obligation.objects.exists()


def test_dismissed_events_can_be_taken_back(people: Any, reported: Any) -> None:
    event = reported()
    with pytest.raises(Refused, match="Say why"):
        triage.dismiss_event(event=event, reason=" ", version=event.version, by=people.manager, on=ON)
    event = triage.dismiss_event(
        event=event, reason="Déjà connu.", version=event.version, by=people.manager, on=ON
    )
    assert event.state == "dismissed"
    event = triage.take_back_event(
        event=event, reason="Revenu.", version=event.version, by=people.manager, on=ON
    )
    assert event.state == "reported" and facts() == ["EventTakenBack"]


def test_the_declarer_is_told_and_answers_without_a_name_in_the_trail(people: Any, reported: Any) -> None:
    event = reported()
    messages.answer_declarer(event=event, text="Merci, c’est noté.", by=people.manager, on=ON)
    messages.add_as_declarer(event=event, text="Il y en a deux autres.", on=ON)
    assert [told.from_declarer for told in event.messages.all()] == [False, True]
    assert last()["by"] == "automaton:declarer"
    with pytest.raises(Refused, match="empty"):
        messages.add_as_declarer(event=event, text=" ", on=ON)


def test_a_serious_breach_outside_ctr_means_telling_the_sponsor(people: Any, sorted_event: Any) -> None:
    event = sorted_event()
    event = triage.answer_breach(
        event=event,
        answer="suspected",
        reason="Consentement absent.",
        version=event.version,
        by=people.manager,
        at=AT,
    )
    assert list(event.obligations.values_list("code", "unit")) == [("tell_sponsor_breach", "calendar_days")]
