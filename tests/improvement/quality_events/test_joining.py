"""Check that two reports of the same thing become one: clocks, actions, photos and declarers of both, nothing lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from diapason.audit_trail.readers import names_of
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries import plan_of
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts import analysis, closing, triage
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.queries.standing import standing_of
from diapason.kernel.verdicts import Refused

from .conftest import ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def joined(one: QualityEvent, into: QualityEvent, people: Any) -> QualityEvent:
    return triage.merge_event(event=one, into=into, version=None, by=people.manager, on=ON)


def correction_of(event: QualityEvent, people: Any) -> Action:
    draft = planning.Draft(
        event.organization, "correction", "Retirer les feuilles", later(5), owner=people.owner.person,
        origin=event.subject,
    )  # fmt: skip
    return planning.open_action(draft=draft, by=people.manager, on=ON)


def test_the_actions_of_a_duplicate_go_on_with_the_event_that_stays(people: Any, sorted_event: Any) -> None:
    first, second = sorted_event(severity="minor"), sorted_event(severity="minor")
    action = correction_of(second, people)
    joined(second, first, people)
    action.refresh_from_db()
    assert action.origin == first.subject and plan_of(first.subject).unfinished == 1
    assert plan_of(second.subject).actions == 0
    standing = standing_of(first)
    assert not permissions.may_move(first, "close_simple", by=people.manager, standing=standing)
    started = carrying.start_action(action=action, version=None, by=people.owner, on=ON)
    assert started.state == "started"


def test_actions_do_not_go_on_with_an_event_that_has_ended(
    people: Any, reported: Any, sorted_event: Any
) -> None:
    first, second = reported(), sorted_event(severity="minor")
    triage.dismiss_event(event=first, reason="Déjà réglé.", version=None, by=people.manager, on=ON)
    correction_of(second, people)
    first.refresh_from_db()
    with pytest.raises(Refused, match="actions of this one go on"):
        joined(second, first, people)


def test_what_was_joined_before_follows(people: Any, reported: Any) -> None:
    one, two, three = reported(), reported(), reported()
    joined(one, two, people)
    joined(two, three, people)
    assert set(three.duplicates.values_list("number", flat=True)) == {one.number, two.number}


def test_whoever_declared_either_does_not_close_a_serious_one(people: Any, reported: Any) -> None:
    first, second = reported(consequence="serious"), reported(by=people.manager)
    joined(second, first, people)
    standing = standing_of(first)
    assert set(standing.declared_by) == {people.staff.trail_name, people.manager.trail_name}
    refused = permissions.may_move(first, "close", by=people.manager, standing=standing)
    assert not refused
    others = permissions.NEEDS["other_closer"]
    assert not others(standing, people.manager.trail_name) and others(standing, people.second.trail_name)


def test_the_declarer_of_the_duplicate_reads_what_becomes_of_it(
    people: Any, reported: Any, sorted_event: Any, client: Client
) -> None:
    other = people.owner
    first, second = sorted_event(severity="minor"), reported(by=other)
    joined(second, first, people)
    client.force_login(other)
    address = reverse("quality_events:declared", args=[second.number])
    answer = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "the causes are being looked for" in answer or "causes" in answer
    analysis.record_correction(
        event=first, correction="Fait.", corrected_on=ON, version=None, by=people.manager, on=ON
    )
    closing.close_event(
        event=QualityEvent.objects.get(pk=first.pk), conclusion="Armoire vidée.", helps_others=False, version=None,
        by=people.manager, on=ON,
    )  # fmt: skip
    assert "Armoire vidée." in client.get(address).content.decode()


def test_the_page_of_the_event_that_stays_names_what_was_joined(
    people: Any, reported: Any, client: Client
) -> None:
    first, second = reported(), reported(description="Même chose vue au sous-sol.")
    joined(second, first, people)
    client.force_login(people.manager)
    shown = client.get(reverse("quality_events:event", args=[first.number])).content.decode()
    assert second.number in shown and "Même chose vue au sous-sol" in shown


def test_a_severity_corrected_upwards_asks_for_the_approval_of_a_plan_under_way(
    people: Any, analysed: Any, network: Any
) -> None:
    event = analysed(severity="minor")
    criterion = planning.Criterion("sample", "Dix dossiers sans faute", later(120))
    draft = planning.Draft(
        event.organization, "corrective", "Une armoire", later(30), owner=people.owner.person,
        origin=event.subject, criterion=criterion,
    )  # fmt: skip
    planning.open_action(draft=draft, by=people.manager, on=ON)
    event = closing.start_plan(event=event, version=None, by=people.manager, on=ON)
    decision = triage.Sorted(
        kind="nonconformity", severity="critical", severity_reason="Trois participants.", owner=network.alpha,
        category="consent",
    )  # fmt: skip
    event = triage.rectify_event(
        event=event, decision=decision, reason="Sous-estimée.", version=None, by=people.manager, on=ON
    )
    assert (event.state, event.approval_asked) == ("analysed", True)
    with pytest.raises(Refused, match="approval of the plan"):
        closing.start_plan(event=event, version=None, by=people.manager, on=ON)
    event = closing.submit_plan(event=event, version=None, by=people.manager, on=ON)
    with pytest.raises(Refused, match="author of a plan"):
        closing.approve_plan(event=event, version=None, by=people.manager, on=ON)
    assert closing.approve_plan(event=event, version=None, by=people.second, on=ON).state == "in_action"


def test_a_look_alike_still_open_is_joined_in_two_taps(people: Any, reported: Any, client: Client) -> None:
    first, second = reported(), reported()
    client.force_login(people.manager)
    shown = client.get(reverse("quality_events:event", args=[second.number])).content.decode()
    link = reverse("quality_events:deed", args=[second.number, "merge"]) + f"?into={first.number}"
    assert link in shown
    form = client.get(link).context["form"]
    assert form["into"].value() == first.number
    joined(second, first, people)
    shown = client.get(reverse("quality_events:event", args=[first.number])).content.decode()
    assert f"?into={second.number}" not in shown, "what is joined already is not offered"


def test_the_routines_of_the_program_are_named_in_the_readers_language(people: Any, reported: Any) -> None:
    with override("fr"):
        assert names_of(["automaton:confidential report"]) == {
            "automaton:confidential report": "automatiquement (déclaration confidentielle)"
        }
        assert names_of(["automaton:x-17"])["automaton:x-17"] == "automatiquement (x-17)"
