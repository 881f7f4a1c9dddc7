"""Show the network's screens: they work, refuse, hide and keep their query count."""

import pytest
from django.urls import reverse

from diapason.context.network.models import Organization, VisibilityRule

pytestmark = pytest.mark.django_db


def test_the_list_names_members_and_counts_sites(client_as, network):
    page = client_as("research_staff", network.alpha).get(reverse("network:organizations"))
    text = page.content.decode()
    assert "Institut Alphonse-Alpha" in text
    assert "<b>2 établissements</b>" in text


def test_a_visitor_signs_in_first(client, network):
    answer = client.get(reverse("network:organizations"))
    assert answer.status_code == 302
    assert "login" in answer.url


def test_the_list_needs_as_many_queries_for_three_as_for_thirty(
    client_as, network, stage, assert_fixed_queries
):
    client = client_as("network_coordinator")

    def grow():
        stage(
            lambda: [
                Organization.objects.create(code=f"G{i}", name=f"G{i}", short_name=f"G{i}", kind="centre")
                for i in range(30)
            ]
        )

    count = assert_fixed_queries(lambda: client.get(reverse("network:organizations")), grow)
    assert count <= 10


def test_the_page_of_an_organization(client_as, network):
    client = client_as("research_staff", network.alpha)
    assert client.get(reverse("network:organization", args=["BET"])).status_code == 200
    assert client.get(reverse("network:organization", args=["NET"])).status_code == 404
    assert client.get(reverse("network:organization", args=["ZZZ"])).status_code == 404


def test_a_correction_through_the_form(client_as, network):
    client = client_as("network_coordinator")
    address = reverse("network:correct", args=["ALP"])
    sheet = client.get(reverse("network:correction", args=["ALP"]))
    data = {name: sheet.context["form"][name].value() or "" for name in sheet.context["form"].fields}
    wrong = client.post(address, {**data, "reason": "vérifié", "siren": "123"})
    assert wrong.status_code == 422
    assert "9 chiffres" in wrong.content.decode()
    assert client.post(address, {**data, "reason": "vérifié", "city": "Alpheville"}).status_code == 302
    assert Organization.objects.get(code="ALP").city == "Alpheville"
    stale = client.post(address, {**data, "reason": "encore", "city": "Ailleurs"})
    assert stale.status_code == 409
    assert Organization.objects.get(code="ALP").city == "Alpheville"


def test_the_correction_is_refused_with_its_reason(client_as, network):
    client = client_as("quality_manager", network.alpha)
    answer = client.get(reverse("network:correction", args=["ALP"]))
    assert answer.status_code == 403
    assert "coordination" in answer.content.decode()
    assert client.post(reverse("network:correct", args=["ALP"]), {}).status_code == 403


def test_the_charter_shows_what_is_open_and_who_may_decide(client_as, network):
    reader = client_as("quality_manager", network.alpha)
    assert "nationale" in reader.get(reverse("network:charter")).content.decode()
    assert reader.post(reverse("network:decide"), {}).status_code == 403
    coordinator = client_as("network_coordinator")
    sent = {"object_kind": "figure", "audience": "steering", "form": "named", "decision": "COPIL du 3 mai"}
    assert coordinator.post(reverse("network:decide"), {**sent, "form": "shout"}).status_code == 422
    assert coordinator.post(reverse("network:decide"), sent).status_code == 302
    assert VisibilityRule.objects.get().decision == "COPIL du 3 mai"
    assert "COPIL du 3 mai" in reader.get(reverse("network:charter")).content.decode()
