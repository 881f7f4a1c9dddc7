"""Check who may do what with an action: author, owner, checker, other houses, the coordination."""

from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action

from .conftest import ON, later

pytestmark = pytest.mark.django_db


def test_plans_are_kept_in_ones_own_house(network: Any, people: Any, account: Any) -> None:
    assert permissions.may_plan(network.alpha, by=people.manager)
    assert not permissions.may_plan(network.alpha, by=people.elsewhere)
    assert not permissions.may_plan(network.alpha, by=people.staff)
    assert permissions.may_plan(network.alpha, by=automaton("tests"))


def test_the_coordination_keeps_the_plan_of_the_network_and_no_other(network: Any, account: Any) -> None:
    coordinator = account("network_coordinator")
    assert permissions.may_plan(network.net, by=coordinator)
    verdict = permissions.may_plan(network.alpha, by=coordinator)
    assert not verdict and verdict.parameters["organization"] == "Alphaville"


def test_the_coordination_neither_moves_nor_checks_the_action_of_a_house(planned: Any, account: Any) -> None:
    action, coordinator = planned(), account("network_coordinator")
    assert not permissions.may_move(action, "start", by=coordinator, on=ON)
    assert not permissions.may_amend(action, by=coordinator)
    assert not permissions.holds(action, "check_effectiveness", by=coordinator)


def test_whoever_carries_moves_but_does_not_correct(people: Any, planned: Any) -> None:
    action = planned(owner=people.staff.person)
    assert permissions.may_move(action, "start", by=people.staff, on=ON)
    assert permissions.may_ask_extension(action, by=people.staff)
    assert not permissions.may_amend(action, by=people.staff)
    assert not permissions.may_move(action, "cancel", by=people.staff, on=ON)


def test_an_owner_who_handed_it_over_does_not_carry_it_meanwhile(people: Any, planned: Any) -> None:
    action = planned(owner=people.staff.person)
    action = planning.delegate_action(
        action=action, to=people.owner.person, until=later(9), version=None, by=people.manager, on=ON
    )
    assert not permissions.may_move(action, "start", by=people.staff, on=ON)
    assert permissions.may_move(action, "start", by=people.owner, on=ON)


def test_an_ended_action_is_not_corrected_nor_checked_again(people: Any, done: Any) -> None:
    action = carrying.check_effectiveness(
        action=done(), effective=True, comment="Plus une erreur.", figures=[], version=None, by=people.manager,
        on=later(120),
    )  # fmt: skip
    for verdict in (
        permissions.may_amend(action, by=people.manager),
        permissions.may_invite(action, by=people.manager),
        permissions.may_move(action, "find_not_effective", by=people.manager, on=later(130)),
        permissions.may_fix_criterion(action, by=people.manager),
    ):
        assert not verdict and verdict.reason


def test_the_charter_names_the_actions_of_others_once_it_is_opened(
    planned: Any, account: Any, stage: Any
) -> None:
    from diapason.context.network.models import VisibilityRule

    action, coordinator = planned(), account("network_coordinator")
    assert not Action.objects.visible_to(coordinator).exists()
    stage(
        lambda: VisibilityRule.objects.create(
            object_kind="action", audience="steering", form="named", decided_on=ON, decision="COPIL"
        )
    )
    again = type(coordinator).objects.get(pk=coordinator.pk)
    assert list(Action.objects.visible_to(again)) == [action]
    assert permissions.may_read_plans(by=again)


def test_staff_see_what_they_carry_and_nothing_else(people: Any, planned: Any) -> None:
    planned()
    mine = planned(owner=people.staff.person)
    assert list(Action.objects.visible_to(people.staff)) == [mine]
    assert not permissions.may_read_plans(by=people.staff)
