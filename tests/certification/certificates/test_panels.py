"""Panels of certificates on the network's, the organization's and one's own page."""

from datetime import date

import pytest
from django.test import RequestFactory

from diapason.certification.certificates import models, panels
from diapason.certification.certificates.charts import status_map
from diapason.certification.certificates.queries import standing
from diapason.certification.certificates.queries.register import Register

ON = date(2026, 11, 23)


@pytest.fixture
def ask(account, monkeypatch):
    """Return `ask(role, organization)` → a request of that person, the day fixed."""
    monkeypatch.setattr(panels, "today", lambda: ON)

    def make(role, organization=None):
        request = RequestFactory().get("/")
        request.user = account(role, organization)
        return request

    return make


def test_the_network_sees_its_map_its_sentence_and_what_to_decide(certified, ask, stage):
    rows = [("alpha", "investigation"), ("beta", "investigation"), ("central", "promotion")]
    stage(
        lambda: [
            models.DeclaredActivity.objects.create(
                organization=getattr(certified.network, name), activity=activity
            )
            for name, activity in rows
        ]
    )
    panel = panels.network_map(ask("network_coordinator"), None)
    assert panel.sentence == "Les 3 organismes sont certifiés ISO 9001 depuis le 1er octobre 2018."
    assert panel.tasks[0].title.startswith("Bêtaville")
    assert panel.tasks[0].state == "bad"
    assert len(panel.context["standings"]) == 3


def test_others_see_who_is_certified_but_not_who_is_late(certified, ask):
    panel = panels.network_map(ask("research_staff", certified.network.alpha), None)
    states = {s.member.code: (s.state, s.alarms) for s in panel.context["standings"]}
    assert states["BET"] == ("certified", ())
    assert panel.tasks == []
    other = panels.organization_certificates(
        ask("quality_manager", certified.network.alpha), certified.network.beta
    )
    assert (other.context["stands"].state, other.context["stands"].alarms) == ("certified", ())
    own = panels.organization_certificates(
        ask("research_staff", certified.network.beta), certified.network.beta
    )
    assert own.context["stands"].state == "threatened"


def test_an_empty_network_shows_no_panel(db, ask):
    assert panels.network_map(ask("network_coordinator"), None) is None


def test_my_day_holds_the_alarms_of_my_organization_only(certified, ask):
    mine = panels.alarms_of_mine(ask("quality_manager", certified.network.beta), None)
    assert mine.tasks
    assert all(task.title.startswith("Bêtaville") for task in mine.tasks)
    assert panels.alarms_of_mine(ask("research_staff", certified.network.beta), None) is None


def test_an_organization_shows_its_certificates(certified, ask):
    panel = panels.organization_certificates(
        ask("research_staff", certified.network.beta), certified.network.alpha
    )
    assert [e.reference for e in panel.context["entries"]] == [
        certified.alpha.reference,
        certified.first.reference,
    ]


def test_the_map_has_a_table_and_every_placed_organization(certified, stage):
    from diapason.context.network.models import Organization

    stage(lambda: Organization.objects.filter(code="ALP").update(latitude="48.1", longitude="-1.7"))
    chart = status_map(standing.standings(Register(), ON))
    assert [row[0] for row in chart.rows] == ["Alphaville", "Bêtaville", "Direction R&D"]
    assert len(chart.spec["layer"][1]["data"]["values"]) == 1
