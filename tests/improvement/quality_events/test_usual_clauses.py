"""Check that the clauses which a kind usually touches are noted when nobody chose any, and can be taken off again."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from diapason.context.standards.models import Clause
from diapason.improvement.quality_events.models import QualityEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standards(db: None) -> None:
    """Load the standards of the catalogue."""
    call_command("load_standards", stdout=StringIO())


def touched(event: QualityEvent) -> set[str]:
    """Return the clauses of the event, as edition/number."""
    rows = event.clauses.values_list("clause__edition__code", "clause__number")
    return {f"{edition}/{number}" for edition, number in rows}


def sent(client: Client, event: QualityEvent, deed: str, **more: Any) -> int:
    """Send the form of sorting, or of its correction; return the status of the answer."""
    form = {
        "version": event.version, "title": "Titre", "kind": "complaint", "severity": "minor",
        "severity_reason": "Limité.", "owner": event.organization_id, **more,
    }  # fmt: skip
    answer = client.post(reverse("quality_events:do", args=[event.number, deed]), form)
    event.refresh_from_db()
    return answer.status_code


def test_without_a_choice_the_kind_brings_its_clauses(people: Any, reported: Any) -> None:
    client, event = Client(headers={"accept-language": "en"}), reported()
    client.force_login(people.manager)
    shown = client.get(reverse("quality_events:deed", args=[event.number, "triage"])).content.decode()
    assert "Left empty, those that its kind usually touches are noted." in shown
    assert '<optgroup label="ICH E6(R3)">' in shown
    assert sent(client, event, "triage") == 302
    assert touched(event) == {"iso-9001-2015/8.2.1", "iso-9001-2015/9.1.2"}
    assert sent(client, event, "rectify", reason="Aucune exigence en cause.") == 302
    assert touched(event) == set(), "whoever corrects the sorting may take them off"


def test_a_choice_is_kept_as_it_is(people: Any, reported: Any) -> None:
    client, event = Client(), reported()
    client.force_login(people.manager)
    chosen = Clause.objects.get(edition__code="iso-9001-2015", number="7.5.3")
    assert sent(client, event, "triage", clauses=[chosen.pk]) == 302
    assert touched(event) == {"iso-9001-2015/7.5.3"}
