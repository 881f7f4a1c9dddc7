"""Check that a report goes to the right owner, sponsor or place, as the rules say, unless one decides otherwise."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diapason.context.studies.models import Study
from diapason.improvement.action_plan.acts import planning
from diapason.improvement.quality_events.acts import triage
from diapason.improvement.quality_events.forms.triage import TriageForm
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.verdicts import Refused

from .conftest import ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def study(stage: Any, network: Any) -> Study:
    """Return a study that another house sponsors."""
    made: Study = stage(
        lambda: Study.objects.create(
            key="ST-9", title_fr="Essai", title_en="Trial", sponsor=network.beta, sponsor_name="Beta"
        )
    )
    return made


def decision(event: QualityEvent, **more: Any) -> dict[str, Any]:
    """Return the decision that a form gives."""
    data = {"version": event.version, "title": "Titre", "kind": "incident", "severity": "minor",
            "severity_reason": "Peu.", "category": "consent", "owner": "", **more}  # fmt: skip
    form = TriageForm(data, event=event)
    assert form.is_valid(), form.errors
    found: dict[str, Any] = form.values()
    return found


@pytest.mark.parametrize(
    ("category", "owner"), [("randomisation", "beta"), ("contracts", "beta"), ("consent", "alpha")]
)
def test_the_rules_name_the_owner_by_what_is_decided(
    reported: Any, study: Study, network: Any, category: str, owner: str
) -> None:
    event = reported(study=study)
    assert decision(event, category=category)["decision"].owner == getattr(network, owner)


def test_whoever_sorts_may_decide_otherwise(reported: Any, study: Study, network: Any) -> None:
    event = reported(study=study)
    found = decision(event, category="randomisation", owner=network.alpha.pk)
    assert found["decision"].owner == network.alpha


def test_the_page_tells_the_rules_and_what_happened(
    reported: Any, study: Study, people: Any, network: Any
) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(people.manager)
    event = reported(study=study)
    shown = client.get(reverse("quality_events:deed", args=[event.number, "triage"])).content.decode()
    assert "The rules give to the sponsor" in shown and "La V4 était en vigueur." in shown
    sent = {"version": event.version, "title": "Titre", "kind": "incident", "severity": "minor",
            "severity_reason": "Peu.", "category": "randomisation", "owner": ""}  # fmt: skip
    answer = client.post(reverse("quality_events:do", args=[event.number, "triage"]), sent)
    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.organization, event.place) == (network.beta, network.alpha)


def test_without_a_sponsor_among_the_members_nothing_is_asked(reported: Any, network: Any) -> None:
    owner: Any = TriageForm(event=reported()).fields["owner"]
    assert [value for value, _label in owner.choices] == [network.alpha.pk]


def test_nothing_is_planned_for_an_event_that_has_ended(people: Any, reported: Any, network: Any) -> None:
    event = reported()
    triage.dismiss_event(event=event, reason="Connu.", version=None, by=people.manager, on=ON)
    draft = planning.Draft(network.alpha, "correction", "Ranger", later(3), origin=event.subject)
    with pytest.raises(Refused, match="reopen it first"):
        planning.open_action(draft=draft, by=people.manager, on=ON)
