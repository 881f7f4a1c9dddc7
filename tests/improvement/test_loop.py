"""Walk the whole loop through the acts: what proves it, what sends it back, what keeps it open."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action
from diapason.improvement.quality_events.acts import analysis, closing, reporting, triage
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.verdicts import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ON = date(2026, 3, 2)


def later(days: int) -> date:
    """Return a day so many days after the first."""
    return ON + timedelta(days=days)


@pytest.fixture
def people(network: Any, account: Any) -> Any:
    """Return the accounts of a house."""

    class People:
        staff = account("research_staff", network.alpha)
        manager = account("quality_manager", network.alpha)
        second = account("quality_manager", network.alpha)
        owner = account("process_owner", network.alpha)

    return People


@pytest.fixture
def analysed(network: Any, people: Any) -> QualityEvent:
    """Return a major event whose causes are confirmed."""
    report = reporting.Report("Consentement signé en V3.", "annoying", network.alpha)
    event = reporting.report_event(
        report=report, by=people.staff, at=datetime(2026, 3, 2, 9, tzinfo=UTC), on=ON
    )
    decision = triage.Sorted("nonconformity", "major", "Droits touchés.", network.alpha, category="consent")
    event = triage.triage_event(event=event, decision=decision, version=None, by=people.manager, on=later(1))
    whys = [analysis.Why("Ancienne version restée en place", "management", cause="information", is_root=True)]
    event = analysis.record_causes(
        event=event, method="five_whys", analysis="", whys=whys, version=None, by=people.manager, on=later(5)
    )
    return analysis.confirm_causes(event=event, version=None, by=people.manager, on=later(5))


def corrective(event: QualityEvent, people: Any, on: date) -> Action:
    """Plan a corrective action with its criterion."""
    criterion = planning.Criterion(
        "recurrence", "< 3 par mois", on + timedelta(days=90), None, "<", Decimal(3), 3
    )
    draft = planning.Draft(
        event.organization, "corrective", "Armoire unique", on + timedelta(days=30), people.owner.person,
        origin=event.subject, criterion=criterion,
    )  # fmt: skip
    return planning.open_action(draft=draft, by=people.manager, on=on)


def carried_out(action: Action, people: Any, on: date) -> Action:
    """Start and finish an action."""
    action = carrying.start_action(action=action, version=None, by=people.owner, on=on)
    return carrying.finish_action(
        action=action, result="Fait.", evidence="", version=None, by=people.owner, on=on + timedelta(days=20)
    )


def judged(action: Action, people: Any, effective: bool, on: date) -> Action:
    """Check an action."""
    return carrying.check_effectiveness(
        action=action, effective=effective, comment="Vu.", figures=[], version=None, by=people.manager, on=on
    )


def fresh(event: QualityEvent) -> QualityEvent:
    """Return the event as it stands."""
    return QualityEvent.objects.get(pk=event.pk)


def test_a_major_event_closes_only_when_its_actions_are_proven(people: Any, analysed: QualityEvent) -> None:
    action = corrective(analysed, people, later(6))
    with pytest.raises(Refused, match="not started or approved"):
        carrying.start_action(action=action, version=None, by=people.owner, on=later(7))
    with pytest.raises(Refused, match="asks for an approval"):
        closing.start_plan(event=analysed, version=None, by=people.manager, on=later(7))
    event = closing.submit_plan(event=analysed, version=None, by=people.manager, on=later(7))
    with pytest.raises(Refused, match="author of a plan"):
        closing.approve_plan(event=event, version=None, by=people.manager, on=later(8))
    event = closing.approve_plan(event=event, version=None, by=people.second, on=later(8))
    action = carried_out(action, people, later(9))
    with pytest.raises(Refused, match="not yet proven"):
        closing.confirm_effectiveness(event=event, version=None, by=people.manager, on=later(100))
    judged(action, people, effective=True, on=later(120))
    event = closing.confirm_effectiveness(event=event, version=None, by=people.manager, on=later(121))
    event = closing.close_event(
        event=event,
        conclusion="Armoire unique partout.",
        helps_others=True,
        version=None,
        by=people.manager,
        on=later(122),
    )
    assert (event.state, event.closed_on) == ("closed", later(122))


def test_an_action_not_effective_sends_the_event_back_with_its_history(
    people: Any, analysed: QualityEvent
) -> None:
    first = corrective(analysed, people, later(6))
    event = closing.submit_plan(event=analysed, version=None, by=people.manager, on=later(7))
    event = closing.approve_plan(event=event, version=None, by=people.second, on=later(8))
    judged(carried_out(first, people, later(9)), people, effective=False, on=later(120))
    event = fresh(event)
    assert (event.state, event.reopened) == ("triaged", 1)
    event = analysis.confirm_causes(event=event, version=None, by=people.manager, on=later(121))
    with pytest.raises(Refused, match="No corrective action"):
        closing.submit_plan(event=event, version=None, by=people.manager, on=later(121))
    second = corrective(event, people, later(121))
    event = closing.submit_plan(event=event, version=None, by=people.manager, on=later(122))
    event = closing.approve_plan(event=event, version=None, by=people.second, on=later(122))
    judged(carried_out(second, people, later(123)), people, effective=True, on=later(300))
    event = closing.confirm_effectiveness(event=event, version=None, by=people.manager, on=later(301))
    assert event.state == "proven"
    assert list(Action.objects.order_by("pk").values_list("state", flat=True)) == [
        "not_effective",
        "effective",
    ]


def test_a_plan_sent_back_says_why(people: Any, analysed: QualityEvent) -> None:
    corrective(analysed, people, later(6))
    event = closing.submit_plan(event=analysed, version=None, by=people.manager, on=later(7))
    with pytest.raises(Refused, match="Say why"):
        closing.refuse_plan(event=event, reason=" ", version=None, by=people.second, on=later(8))
    event = closing.refuse_plan(event=event, reason="Trop tard.", version=None, by=people.second, on=later(8))
    assert event.state == "analysed"
