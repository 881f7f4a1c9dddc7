"""Check the acts on actions: each changes, records, and refuses with the reason."""

import json
from typing import Any

import pytest

from diapason.audit_trail.models import Entry
from diapason.improvement.action_plan import jobs
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action, CheckInvitation
from diapason.improvement.action_plan.queries import actions_of, plan_of
from diapason.kernel.verdicts import Conflict, Refused

from .conftest import ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ORIGIN = "quality_event:EV-ALP-2026-0001"


def facts() -> list[str]:
    """Return the names of the facts of the last entry."""
    return [fact["name"] for fact in json.loads(Entry.objects.latest("number").statement)["facts"]]


def test_an_action_is_planned_with_its_origin(planned: Any) -> None:
    action = planned()
    assert action.number == "AC-ALP-2026-0001" and action.origin == ORIGIN
    assert facts() == ["ActionOpened"] and list(actions_of(ORIGIN)) == [action]


def test_planning_is_refused_to_others_and_for_days_gone(network: Any, people: Any, planned: Any) -> None:
    with pytest.raises(Refused, match="keeps the plan"):
        planning.open_action(
            draft=planning.Draft(network.beta, "correction", "x", later(1)), by=people.manager, on=ON
        )
    with pytest.raises(Refused, match="has passed"):
        planned(due_on=later(-1))
    with pytest.raises(Refused, match="comes after"):
        planned(due_on=later(200))


def test_a_corrective_action_does_not_start_without_its_criterion(
    people: Any, planned: Any, criterion: Any
) -> None:
    action = planned(criterion=None)
    with pytest.raises(Refused, match="criterion of effectiveness first"):
        carrying.start_action(action=action, version=None, by=people.owner, on=ON)
    action = planning.set_criterion(
        action=action, criterion=criterion, version=action.version, by=people.manager, on=ON
    )
    assert facts() == ["CriterionFixed"]
    started = carrying.start_action(action=action, version=action.version, by=people.owner, on=ON)
    with pytest.raises(Refused, match="it stays"):
        planning.set_criterion(action=started, criterion=criterion, version=None, by=people.manager, on=ON)


def test_a_correction_needs_no_criterion_and_ends_when_done(people: Any, planned: Any) -> None:
    action = planned(kind="correction", criterion=None)
    action = carrying.start_action(action=action, version=None, by=people.owner, on=ON)
    action = carrying.finish_action(
        action=action, result="Fait.", evidence="", version=None, by=people.owner, on=ON
    )
    assert action.is_ended
    with pytest.raises(Refused, match="no check"):
        carrying.check_effectiveness(
            action=action,
            effective=True,
            comment="x",
            figures=[],
            version=None,
            by=people.manager,
            on=later(400),
        )


def test_only_whoever_carries_it_or_keeps_the_plan_moves_it(people: Any, planned: Any) -> None:
    action = planned()
    for other in (people.staff, people.elsewhere):
        with pytest.raises(Refused, match="Only whoever carries"):
            carrying.start_action(action=action, version=None, by=other, on=ON)
    with pytest.raises(Conflict):
        carrying.start_action(action=action, version=action.version + 3, by=people.owner, on=ON)


def test_somebody_else_checks_on_the_day_fixed_beforehand(people: Any, done: Any) -> None:
    action = done()
    values = {"action": action, "effective": True, "comment": "2 par mois.", "figures": [], "version": None}
    with pytest.raises(Refused, match="Too early"):
        carrying.check_effectiveness(**values, by=people.manager, on=later(119))
    with pytest.raises(Refused, match="Only the quality manager"):
        carrying.check_effectiveness(**values, by=people.owner, on=later(120))
    checked = carrying.check_effectiveness(**values, by=people.manager, on=later(120))
    assert (checked.state, checked.checker) == ("effective", people.manager.person)
    assert facts() == ["ActionFoundEffective"]


def test_the_owner_never_checks_even_as_quality_manager(people: Any, done: Any) -> None:
    action = done(owner=people.manager.person)
    with pytest.raises(Refused, match="did not carry it out"):
        carrying.check_effectiveness(
            action=action,
            effective=True,
            comment="x",
            figures=[],
            version=None,
            by=people.manager,
            on=later(120),
        )


def test_whoever_carried_it_out_never_checks_even_when_it_has_another_owner_since(
    people: Any, done: Any
) -> None:
    action = done(owner=people.manager.person)
    assert action.done_by == people.manager.person
    action = planning.amend_action(
        action=action, reason="Changement.", version=None, by=people.manager, on=ON, owner=people.owner.person
    )
    with pytest.raises(Refused, match="did not carry it out"):
        carrying.check_effectiveness(
            action=action, effective=True, comment="x", figures=[], version=None, by=people.manager, on=later(120)
        )  # fmt: skip


def test_in_a_small_team_a_manager_of_another_house_checks(people: Any, done: Any) -> None:
    action = done(owner=people.manager.person)
    assert not Action.objects.visible_to(people.elsewhere).exists()
    planning.invite_checker(action=action, person=people.elsewhere.person, by=people.manager, on=later(100))
    assert list(Action.objects.visible_to(people.elsewhere)) == [action]
    checked = carrying.check_effectiveness(
        action=action,
        effective=False,
        comment="Encore 6 par mois.",
        figures=[],
        version=None,
        by=people.elsewhere,
        on=later(120),
    )
    assert checked.state == "not_effective" and facts() == ["ActionFoundNotEffective"]
    assert not CheckInvitation.objects.filter(ended_on=None).exists()


def test_more_time_is_asked_for_and_granted_the_first_day_stays(people: Any, planned: Any) -> None:
    action = planned()
    with pytest.raises(Refused, match="later day"):
        planning.ask_extension(action=action, to_day=later(30), reason="r", by=people.owner, on=ON)
    asked = planning.ask_extension(action=action, to_day=later(60), reason="Travaux.", by=people.owner, on=ON)
    with pytest.raises(Refused, match="already asked"):
        planning.ask_extension(action=action, to_day=later(70), reason="r", by=people.owner, on=ON)
    with pytest.raises(Refused, match=r"keeps the plan|quality manager"):
        planning.decide_extension(
            extension=asked, granted=True, decision="", version=None, by=people.staff, on=ON
        )
    planning.decide_extension(
        extension=asked, granted=True, decision="", version=None, by=people.manager, on=ON
    )
    action.refresh_from_db()
    assert (action.due_on, action.first_due_on) == (later(60), later(30))
    assert facts() == ["ExtensionGranted"]


def test_an_action_is_handed_over_while_its_owner_is_away(people: Any, planned: Any) -> None:
    action = planned()
    action = planning.delegate_action(
        action=action, to=people.staff.person, until=later(15), version=None, by=people.owner, on=ON
    )
    assert list(Action.objects.carried_by(people.staff.person)) == [action]
    assert not Action.objects.carried_by(people.owner.person).exists()
    carrying.start_action(action=action, version=None, by=people.staff, on=ON)
    action = planning.delegate_action(
        action=action, to=None, until=None, version=None, by=people.owner, on=ON
    )
    assert action.delegate is None and action.delegated_until is None


def test_a_plan_says_how_far_its_actions_are(people: Any, planned: Any, done: Any) -> None:
    planned(criterion=None)
    action = done()
    planned(kind="correction", criterion=None)
    plan = plan_of(ORIGIN)
    assert (plan.actions, plan.corrective, plan.without_criterion, plan.unfinished, plan.unproven) == (
        3,
        2,
        1,
        2,
        1,
    )
    carrying.check_effectiveness(
        action=action,
        effective=False,
        comment="Non.",
        figures=[],
        version=None,
        by=people.manager,
        on=later(121),
    )
    plan = plan_of(ORIGIN)
    assert (plan.corrective, plan.unproven, plan.not_effective) == (1, 0, 1)
    assert plan_of("audit:AU-1").actions == 0


def test_what_existed_elsewhere_is_taken_over_with_numbers_of_its_year(network: Any, people: Any) -> None:
    rows = [
        Action(
            kind="improvement",
            title=f"Action {place}",
            opened_on=later(-400 * (place % 2)),
            due_on=later(10),
            first_due_on=later(10),
        )
        for place in range(4)
    ]
    assert planning.take_over_actions(rows=rows, organization=network.alpha, by=people.manager, on=ON) == 4
    assert set(Action.objects.values_list("number", flat=True)) == {
        "AC-ALP-2025-0001", "AC-ALP-2025-0002", "AC-ALP-2026-0001", "AC-ALP-2026-0002"
    }  # fmt: skip


def test_the_check_moves_with_the_day_of_the_action(people: Any, planned: Any) -> None:
    action = carrying.start_action(action=planned(), version=None, by=people.owner, on=ON)
    asked = planning.ask_extension(
        action=action, to_day=later(200), reason="Travaux.", by=people.owner, on=ON
    )
    planning.decide_extension(
        extension=asked, granted=True, decision="", version=None, by=people.manager, on=ON
    )
    action.refresh_from_db()
    assert (action.due_on, action.check_due_on) == (later(200), later(290)), (
        "90 days after it is due, as before"
    )


def test_an_action_is_its_owners_again_when_the_stand_in_ends(people: Any, planned: Any) -> None:
    action = planning.delegate_action(
        action=planned(), to=people.staff.person, until=later(5), version=None, by=people.owner, on=ON
    )
    assert jobs.give_back(on=later(5)) == 0
    assert jobs.give_back(on=later(6)) == 1 and facts() == ["ActionGivenBack"]
    action.refresh_from_db()
    assert (action.delegate, action.delegated_until) == (None, None)
    assert list(Action.objects.carried_by(people.owner.person)) == [action]


def test_whoever_is_back_early_takes_the_action_back(people: Any, planned: Any) -> None:
    action = planned(owner=people.staff.person)
    action = planning.delegate_action(
        action=action, to=people.owner.person, until=later(15), version=None, by=people.staff, on=ON
    )
    action = planning.delegate_action(
        action=action, to=None, until=None, version=None, by=people.staff, on=later(3)
    )
    assert action.delegate is None and facts() == ["ActionGivenBack"]
