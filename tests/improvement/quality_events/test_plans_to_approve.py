"""Check what waits for an approval on one's day, and that no day of a report comes before the one it follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from diapason.improvement.action_plan.acts import planning
from diapason.improvement.quality_events import days
from diapason.improvement.quality_events.acts import closing, reporting, triage
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Refused

from .conftest import AT, ON, later

pytestmark = pytest.mark.django_db


def waiting(account: Any) -> list[str]:
    """Return the addresses of the plans that wait for that person."""
    request = RequestFactory().get("/")
    request.user = account
    panel = days.work_on_events(request, None)
    return [task.url for task in panel.tasks] if panel else []


def test_a_plan_waits_for_somebody_other_than_its_author(people: Any, analysed: Any) -> None:
    event = analysed()
    criterion = planning.Criterion("sample", "Dix classeurs", later(90))
    draft = planning.Draft(
        event.organization, "corrective", "Armoire", later(30), people.owner.person, origin=event.subject,
        criterion=criterion,
    )  # fmt: skip
    planning.open_action(draft=draft, by=people.manager, on=ON)
    closing.submit_plan(event=event, version=None, by=people.manager, on=ON)
    assert waiting(people.second) == [f"/events/{event.number}/actions/"]
    for other in (people.manager, people.owner, people.staff, people.elsewhere):
        assert waiting(other) == []


@pytest.mark.parametrize(
    ("occurred", "aware", "reason"), [(0, 1, "before it happened"), (2, -1, "in the future")]
)
def test_a_report_with_days_that_cannot_be_is_refused(
    people: Any, network: Any, occurred: int, aware: int, reason: str
) -> None:
    report = reporting.Report(
        "La V3 a été signée.", "annoying", network.alpha,
        occurred=PartialDate.day(ON - timedelta(days=occurred)), aware_on=ON - timedelta(days=aware),
    )  # fmt: skip
    with pytest.raises(Refused, match=reason):
        reporting.report_event(report=report, by=people.staff, at=AT, on=ON)


def test_one_is_aware_of_it_when_it_is_reported_at_the_latest(
    people: Any, network: Any, reported: Any
) -> None:
    decision = triage.Sorted("nonconformity", "minor", "Sans effet.", network.alpha, aware_on=later(3))
    with pytest.raises(Refused, match="at the latest"):
        triage.triage_event(event=reported(), decision=decision, version=None, by=people.manager, on=later(5))
