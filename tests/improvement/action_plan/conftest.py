"""Give actions in the states that tests begin from."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action

ON = date(2026, 11, 23)


def later(days: int) -> date:
    """Return a day so many days after the first."""
    return ON + timedelta(days=days)


@pytest.fixture
def people(network: Any, account: Any) -> Any:
    """Return the accounts of a house and of another."""

    class People:
        staff = account("research_staff", network.alpha)
        manager = account("quality_manager", network.alpha)
        owner = account("process_owner", network.alpha)
        elsewhere = account("quality_manager", network.beta)

    return People


@pytest.fixture
def criterion() -> planning.Criterion:
    """Return a criterion that is a figure."""
    return planning.Criterion(
        "recurrence", "moins de 3 erreurs par mois, trois mois de suite", later(120), None, "<", Decimal(3), 3
    )


@pytest.fixture
def planned(network: Any, people: Any, criterion: planning.Criterion) -> Any:
    """Return a function that plans an action."""

    def make(**more: Any) -> Action:
        values: dict[str, Any] = {
            "organization": network.alpha, "kind": "corrective", "title": "Armoire unique des consentements",
            "due_on": later(30), "owner": people.owner.person, "origin": "quality_event:EV-ALP-2026-0001",
            "criterion": criterion, **more,
        }  # fmt: skip
        return planning.open_action(draft=planning.Draft(**values), by=people.manager, on=ON)

    return make


@pytest.fixture
def done(people: Any, planned: Any) -> Any:
    """Return a function that brings an action to its end."""

    def make(**more: Any) -> Action:
        action = carrying.start_action(action=planned(**more), version=None, by=people.owner, on=later(2))
        return carrying.finish_action(
            action=action,
            result="Armoire posée.",
            evidence="photo",
            version=None,
            by=people.owner,
            on=later(20),
        )

    return make
