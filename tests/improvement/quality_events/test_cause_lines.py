"""Check the lines of causes, one piece for the analysis of an event and for that of a committee."""

from typing import Any

import pytest
from django.urls import reverse

from diapason.improvement.crex.acts import meeting as crex
from diapason.improvement.quality_events.cause_lines import FEWEST, SPARE, known_lines
from diapason.improvement.quality_events.models import CauseFound

from .conftest import ON
from .test_views import signed_in

pytestmark = pytest.mark.django_db
LINES = {
    "why0-text": "La relève se fait à l’oral", "why0-family": "management",
    "why1-text": " ", "why1-family": "people", "why1-parent": "0",
    "why2-text": "Aucune fiche de relève", "why2-family": "method", "why2-parent": "0", "why2-cause": "procedure",
    "why2-is_root": "on",
    "why4-text": "Personne ne l’a demandée", "why4-family": "management", "why4-parent": "2",
}  # fmt: skip


def address_of(kind: str, event: Any, people: Any) -> tuple[str, dict[str, Any]]:
    """Return where causes are sent, by the event itself or by a committee, and what the form holds besides."""
    if kind == "event":
        data = {"version": event.version, "method": "five_whys", "analysis": ""}
        return reverse("quality_events:do", args=[event.number, "analysis"]), data
    meeting = crex.plan_crex(
        organization=event.organization, held_on=ON, duration=60, place="", by=people.manager, on=ON
    )
    meeting = crex.choose_event(meeting=meeting, event=event, pilot=people.owner.person, reason="x", score=None,
                                version=None, by=people.manager, on=ON)  # fmt: skip
    data = {
        "version": meeting.version,
        "event_version": event.version,
        "method": "orion",
        "step_gaps": "Relève orale.",
    }
    return reverse("crex:do", args=[meeting.number, "analyse"]), data


@pytest.mark.parametrize("kind", ["event", "committee"])
def test_empty_lines_are_left_out_and_what_they_stood_before_moves_up(
    kind: str, people: Any, sorted_event: Any
) -> None:
    event = sorted_event()
    url, data = address_of(kind, event, people)
    assert signed_in(people.manager).post(url, data | LINES).status_code == 302
    rows = {
        row.text: row
        for row in CauseFound.objects.filter(event=event, removed_on=None).select_related("parent")
    }
    first, second, third = "La relève se fait à l’oral", "Aucune fiche de relève", "Personne ne l’a demandée"
    assert set(rows) == {first, second, third}
    assert (rows[second].parent, rows[third].parent) == (rows[first], rows[second])
    assert [row.text for row in rows.values() if row.is_root] == [second]
    assert [line["parent"] for line in known_lines(event)] == ["", 0, 1]


@pytest.mark.parametrize("kind", ["event", "committee"])
def test_a_line_that_looks_like_data_of_a_participant_asks_before_it_is_kept(
    kind: str, people: Any, sorted_event: Any
) -> None:
    url, data = address_of(kind, sorted_event(), people)
    data |= {"why0-text": "Mme Durand née le 12/03/1961 non prévenue", "why0-family": "people"}
    client = signed_in(people.manager)
    asked = client.post(url, data)
    assert asked.status_code == 422
    assert 'name="why0-kept_as_typed"' in asked.content.decode()
    assert not CauseFound.objects.exists()


def test_there_is_always_room_for_more(people: Any, sorted_event: Any) -> None:
    event = sorted_event()
    url, data = address_of("event", event, people)
    client = signed_in(people.manager)
    form = client.get(reverse("quality_events:deed", args=[event.number, "analysis"])).context["form"]
    assert len(form.lines) == FEWEST
    more = {
        f"why{place}-{name}": value
        for place in range(7)
        for name, value in (("text", f"Cause {place}"), ("family", "people"))
    }
    assert client.post(url, data | more).status_code == 302
    form = client.get(reverse("quality_events:deed", args=[event.number, "analysis"])).context["form"]
    assert len(form.lines) == 7 + SPARE
