"""Check what waits on one's day, and what panels tell: one's own by name, the network's as counts only."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from diapason.improvement.action_plan import days, panels
from diapason.improvement.action_plan.acts import planning

from .conftest import ON, later

pytestmark = pytest.mark.django_db


def asked(account: Any) -> Any:
    """Return a request of that account."""
    request = RequestFactory().get("/")
    request.user = account
    return request


def titles(account: Any) -> list[str]:
    """Return what waits on that person's day."""
    with override("en"):
        panel = days.actions_of_the_day(asked(account), None)
    return [task.title for task in panel.tasks] if panel else []


@pytest.fixture
def on(monkeypatch: Any) -> Any:
    """Return a function that moves the day."""

    def move(day: Any) -> None:
        monkeypatch.setattr(days, "today", lambda: day)
        monkeypatch.setattr(panels, "today", lambda: day)

    move(ON)
    return move


def test_an_action_waits_on_the_day_of_whoever_carries_it_now(people: Any, planned: Any, on: Any) -> None:
    action = planned()
    assert titles(people.owner) == ["Carry out “Armoire unique des consentements”"]
    assert titles(people.staff) == [] and titles(people.elsewhere) == []
    planning.delegate_action(
        action=action, to=people.staff.person, until=later(10), version=None, by=people.owner, on=ON)  # fmt: skip
    assert titles(people.owner) == [] and len(titles(people.staff)) == 1


def test_a_late_action_says_so_and_is_counted_for_whoever_keeps_the_plan(
    people: Any, planned: Any, on: Any
) -> None:
    planned()
    assert titles(people.manager) == []
    on(later(31))
    task = days.actions_of_the_day(asked(people.owner), None).tasks[0]
    assert (task.state, task.due) == ("bad", later(30))
    assert titles(people.manager) == ["1 action of others is late"]


def test_the_check_waits_for_somebody_else_and_for_the_one_invited(people: Any, done: Any, on: Any) -> None:
    action = done(owner=people.manager.person)
    on(later(110))
    assert titles(people.manager) == []
    planning.invite_checker(action=action, person=people.elsewhere.person, by=people.manager, on=later(100))
    assert titles(people.elsewhere) == ["Check whether “Armoire unique des consentements” worked"]


def test_time_asked_for_waits_for_somebody_else(people: Any, planned: Any, on: Any) -> None:
    action = planned(owner=people.staff.person)
    planning.ask_extension(action=action, to_day=later(60), reason="Travaux.", by=people.staff, on=ON)
    assert titles(people.manager) == ["Decide on more time for “Armoire unique des consentements”"]
    assert len(titles(people.staff)) == 1


def test_the_day_costs_one_statement(people: Any, planned: Any, on: Any, assert_fixed_queries: Any) -> None:
    planned()
    people.owner.scope, people.owner.person  # noqa: B018  loaded with the account
    assert assert_fixed_queries(lambda: titles(people.owner), lambda: [planned() for _ in range(3)]) == 1


def test_a_house_reads_its_own_plan_and_nobody_else_does(
    people: Any, planned: Any, network: Any, on: Any
) -> None:
    planned()
    on(later(40))
    panel = panels.organization_actions(asked(people.manager), network.alpha)
    assert panel and (panel.context["counts"].active, panel.context["counts"].late) == (1, 1)
    assert panels.organization_actions(asked(people.elsewhere), network.alpha) is None
    assert panels.organization_actions(asked(people.manager), network.beta) is None


def test_the_network_home_counts_and_names_nobody(people: Any, account: Any, planned: Any, on: Any) -> None:
    planned()
    coordinator = account("network_coordinator")
    panel = panels.network_actions(asked(coordinator), None)
    assert panel and panel.context["counts"].active == 1 and not panel.context["opens"]
    client = Client(headers={"accept-language": "fr"})
    client.force_login(coordinator)
    page = client.get(reverse("portal_network")).content.decode()
    assert "Plans d’actions du réseau" in page and "Armoire unique" not in page
    assert panels.network_actions(asked(people.manager), None) is None
