"""Screens of the programme: they work, refuse the reader's role, hide what the charter closes."""

from datetime import date

import pytest
from django.urls import reverse

from diapason.certification.certificates.models import Certificate, ScopeCell
from diapason.certification.programme.models import Experience, Mentoring, Milestone, Programme, Wave

ON = date(2026, 11, 23)


@pytest.fixture
def pages(programme, transition):
    """Return the addresses of all pages to read."""
    return [
        reverse("programme:programmes"),
        reverse("programme:timeline"),
        programme.programme.get_absolute_url(),
        transition.get_absolute_url(),
    ]


@pytest.mark.parametrize("role", ["network_coordinator", "research_staff", "external_certifier", "funder"])
def test_the_pages_open_for_everybody_signed_in(pages, client_as, client, network, role):
    who = client_as(role, network.beta if role == "research_staff" else None)
    for url in pages:
        assert client.get(url).status_code == 302, url
        for language in ("fr", "en"):
            assert who.get(url, headers={"accept-language": language}).status_code == 200, url


def test_the_only_programme_opens_by_itself(programme, client_as, network):
    answer = client_as("research_staff", network.beta).get(reverse("programme:programmes"))
    assert answer.url == programme.programme.get_absolute_url()


def test_others_milestones_stay_hidden(programme, client_as, network):
    url = programme.programme.get_absolute_url()
    own = client_as("quality_manager", network.alpha).get(url).content.decode()
    assert reverse("programme:milestone", args=["certification-2015", "ALP"]) in own
    assert reverse("programme:milestone", args=["certification-2015", "BET"]) not in own
    everything = client_as("network_coordinator").get(url).content.decode()
    assert reverse("programme:milestone", args=["certification-2015", "BET"]) in everything


def test_the_unconfirmed_edition_is_said(transition, client_as):
    text = client_as("network_coordinator").get(transition.get_absolute_url()).content.decode()
    assert "Publication non confirmée" in text


def test_the_coordination_opens_a_programme_and_defines_a_wave(network, client_as):
    who = client_as("network_coordinator")
    assert who.get(reverse("programme:opening")).status_code == 200
    values = {
        "code": "p-1",
        "kind": "certification",
        "title_fr": "P",
        "title_en": "P",
        "starts_latest": "2026-01-05",
    }
    assert who.post(reverse("programme:open"), {**values, "code": ""}).status_code == 422
    assert who.post(reverse("programme:open"), values).status_code == 302
    made = Programme.objects.get(code="p-1")
    assert made.starts.is_exact
    assert who.get(reverse("programme:wave", args=["p-1"])).status_code == 200
    wave = {"number": 1, "title_fr": "V", "title_en": "W", "members": [network.alpha.pk]}
    define = reverse("programme:define_wave", args=["p-1"])
    assert who.post(define, {}).status_code == 422
    assert who.post(define, wave).status_code == 302
    assert who.post(define, {**wave, "number": 2}).status_code == 422
    assert Wave.objects.count() == 1


def test_a_quality_manager_keeps_its_milestones_only(programme, network, client_as):
    who = client_as("quality_manager", network.alpha)
    arguments = ["certification-2015", "ALP"]
    assert who.get(reverse("programme:milestone", args=arguments)).status_code == 200
    keep = reverse("programme:keep_milestone", args=arguments)
    assert who.post(keep, {"kind": "mock_audit"}).status_code == 422
    assert who.post(keep, {"kind": "mock_audit", "planned_on": "2027-01-12"}).status_code == 302
    assert who.post(keep, {"kind": "mock_audit", "planned_on": "2027-02-12"}).status_code == 422
    assert who.post(keep, {"kind": "mock_audit", "held_on": "2026-11-20"}).status_code == 302
    assert Milestone.objects.get(kind="mock_audit").held_on == date(2026, 11, 20)
    others = ["certification-2015", "BET"]
    assert who.get(reverse("programme:milestone", args=others)).status_code == 403
    assert who.post(reverse("programme:keep_milestone", args=others), {}).status_code == 403


def test_experience_and_mentoring_are_shared_on_screen(programme, network, client_as):
    who = client_as("quality_manager", network.alpha)
    code = ["certification-2015"]
    assert who.get(reverse("programme:sharing", args=code)).status_code == 200
    share = reverse("programme:share", args=code)
    values = {
        "organization": network.alpha.pk,
        "topic": "audit",
        "title": "Le jour venu",
        "text": "Respirer.",
    }
    assert who.post(share, {**values, "organization": network.beta.pk}).status_code == 422
    assert who.post(share, values).status_code == 302
    assert Experience.objects.get().title == "Le jour venu"
    reader = client_as("research_staff", network.beta).get(programme.programme.get_absolute_url())
    assert "Respirer." in reader.content.decode()
    outside = client_as("funder").get(programme.programme.get_absolute_url())
    assert "Respirer." not in outside.content.decode()
    assert who.get(reverse("programme:mentoring", args=code)).status_code == 200
    accompany = reverse("programme:accompany", args=code)
    offer = {"mentor": network.alpha.pk, "candidate": network.beta.pk, "starts_on": "2026-11-23"}
    assert who.post(accompany, {**offer, "candidate": network.alpha.pk}).status_code == 422
    assert who.post(accompany, offer).status_code == 302
    assert Mentoring.objects.count() == 1


def test_the_reader_s_role_is_refused(programme, network, client_as):
    who = client_as("research_staff", network.alpha)
    code = "certification-2015"
    pairs = [
        (reverse("programme:opening"), reverse("programme:open")),
        (reverse("programme:wave", args=[code]), reverse("programme:define_wave", args=[code])),
        (
            reverse("programme:milestone", args=[code, "ALP"]),
            reverse("programme:keep_milestone", args=[code, "ALP"]),
        ),
        (reverse("programme:sharing", args=[code]), reverse("programme:share", args=[code])),
        (reverse("programme:mentoring", args=[code]), reverse("programme:accompany", args=[code])),
    ]
    for form, action in pairs:
        assert who.get(form).status_code == 403, form
        assert who.post(action, {}).status_code == 403, action
        assert who.get(action).status_code == 405, action


def test_pages_cost_the_same_whatever_the_number(pages, network, client_as, stage, assert_fixed_queries):
    who = client_as("network_coordinator")
    years = iter(range(1900, 2000))

    def grow():
        def build():
            for _ in range(4):
                year = next(years)
                one = Certificate.objects.create(
                    reference=f"CE-{year}",
                    holder=network.beta,
                    decision_latest=date(year, 1, 1),
                    expires_on=date(year + 2, 1, 1),
                )
                ScopeCell.objects.create(certificate=one, organization=network.beta, activity="investigation")

        stage(build)

    costs = {url: assert_fixed_queries(lambda url=url: who.get(url), grow) for url in pages}
    assert max(costs.values()) <= 26, costs
