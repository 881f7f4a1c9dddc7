"""Screens of certificates: they work, refuse the reader's role, and cost the same whatever the number."""

from datetime import date

import pytest
from django.urls import reverse

from diapason.certification.certificates import models
from diapason.certification.certificates.models import Certificate, CertificationAudit

ON = date(2026, 11, 23)


@pytest.fixture
def manager(certified, client_as):
    """Return the quality manager of ALP, signed in."""
    return client_as("quality_manager", certified.network.alpha)


@pytest.fixture
def reader(certified, client_as):
    """Return somebody of BET's research staff, signed in."""
    return client_as("research_staff", certified.network.beta)


@pytest.fixture
def pages(certified, make_audit):
    """Return the addresses of all pages to read."""
    audit = make_audit(certified.alpha, "recertification", planned=date(2028, 1, 10))
    return [
        reverse("certificates:certificates"),
        reverse("certificates:coverage"),
        reverse("certificates:calculator"),
        reverse("certificates:certificate", args=[certified.alpha.reference]),
        reverse("certificates:audit", args=[audit.reference]),
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_public_facts_are_named_to_everybody_signed_in(pages, reader, client, language):
    for url in pages:
        assert client.get(url).status_code == 302, url
        answer = reader.get(url, headers={"accept-language": language})
        assert answer.status_code == 200, url
    answer = reader.get(pages[0], headers={"accept-language": language})
    assert "Alphaville" in answer.content.decode()


def test_what_a_body_found_is_not_public(certified, reader, manager, make_audit):
    values = {"result": "major", "days_quoted": "7.5", "note": "Secret de la maison"}
    audit = make_audit(certified.alpha, "recertification", held=date(2026, 10, 5), **values)
    pages = [
        reverse("certificates:audit", args=[audit.reference]),
        reverse("certificates:certificate", args=[certified.alpha.reference]),
    ]
    for url in pages:
        own, other = manager.get(url).content.decode(), reader.get(url).content.decode()
        assert "non-conformités majeures à lever" in own, url
        assert "non-conformités majeures à lever" not in other, url
        assert "Secret de la maison" not in other
        assert "7,5" not in other


def test_the_list_is_filtered_by_state(certified, reader):
    url = reverse("certificates:certificates")
    assert certified.first.reference in reader.get(url, {"state": "lapsed"}).content.decode()
    valid = reader.get(url, {"state": "valid", "organization": "ALP"}).content.decode()
    assert certified.alpha.reference in valid
    assert certified.first.reference not in valid
    assert certified.beta.reference not in valid


def test_the_calculator_answers_the_worked_example(reader):
    answer = reader.get(reverse("certificates:calculator"), {"personnel": 55, "sites": 20}).content.decode()
    assert "<b>5</b>" in answer
    assert "<b>1,5</b>" in answer
    assert "<b>3,5</b>" in answer
    refused = reader.get(reverse("certificates:calculator"), {"personnel": 55, "adjustment": -40})
    assert refused.context["result"] is None
    assert refused.context["form"].errors["adjustment"]


def test_a_day_that_is_none_shows_today(reader):
    url = reverse("certificates:coverage")
    for text in ("2018-13-45", "yesterday", ""):
        assert reader.get(url, {"on": text}).context["on"] == reader.get(url).context["today"]


def test_unknown_records_and_deeds_are_not_found(certified, manager):
    assert manager.get(reverse("certificates:certificate", args=["CE-NO-2020-0001"])).status_code == 404
    assert (
        manager.get(reverse("certificates:deed", args=[certified.alpha.reference, "burn"])).status_code == 404
    )


def test_a_certificate_is_recorded_on_screen(certified, manager):
    form = reverse("certificates:recording", args=["ALP"])
    assert manager.get(form).status_code == 200
    values = {
        "decided_on": "2026-03-12",
        "effective_on": "2026-03-12",
        "expires_on": "2029-03-11",
        "model": "single",
        "scope": ["|investigation"],
    }
    target = reverse("certificates:record", args=["ALP"])
    too_late = manager.post(target, {**values, "expires_on": "2031-03-11"})
    assert too_late.status_code == 422
    assert manager.post(target, {**values, "scope": []}).status_code == 422
    done = manager.post(target, values)
    made = Certificate.objects.get(reference="CE-ALP-2026-0001")
    assert done.status_code == 302
    assert done.url == made.get_absolute_url()


DEEDS = {
    "suspend": {"starts_on": "2026-10-01", "reason": "essai"},
    "withdraw": {"withdrawn_on": "2026-10-01", "reason": "essai"},
    "renew": {"decision_on": "2028-02-01", "expires_on": "2031-03-11"},
    "extend": {"covered_from": "2026-10-01", "scope": ["ALP-1|biobank"]},
    "amend": {"number": "F-9", "model": "single", "expires_on": "2028-03-11", "reason": "essai"},
}


@pytest.mark.parametrize("name", DEEDS)
def test_each_deed_has_a_form_and_is_recorded(certified, manager, name):
    arguments = [certified.alpha.reference, name]
    assert manager.get(reverse("certificates:deed", args=arguments)).status_code == 200
    empty = manager.post(reverse("certificates:do", args=arguments), {})
    assert empty.status_code == 422
    done = manager.post(reverse("certificates:do", args=arguments), {**DEEDS[name], "version": 1})
    assert done.status_code == 302, done.content.decode()[:3000]
    assert Certificate.objects.get(pk=certified.alpha.pk).version == 2


def test_a_deed_that_makes_no_sense_is_refused_with_its_reason(certified, manager):
    arguments = [certified.alpha.reference, "restore"]
    answer = manager.get(reverse("certificates:deed", args=arguments), headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "not suspended" in answer.content.decode()
    stale = manager.post(
        reverse("certificates:do", args=[certified.alpha.reference, "amend"]),
        {**DEEDS["amend"], "version": 7},
    )
    assert stale.status_code == 409


def test_the_reader_s_role_and_other_organizations_are_refused(certified, reader, client_as, make_audit):
    audit = make_audit(certified.alpha, "surveillance", planned=date(2026, 12, 1))
    reference = certified.alpha.reference
    writes = [
        (reverse("certificates:recording", args=["ALP"]), reverse("certificates:record", args=["ALP"])),
        (reverse("certificates:planning", args=[reference]), reverse("certificates:plan", args=[reference])),
        (
            reverse("certificates:audit_deed", args=[audit.reference, "hold"]),
            reverse("certificates:audit_do", args=[audit.reference, "hold"]),
        ),
    ]
    writes += [
        (
            reverse("certificates:deed", args=[reference, name]),
            reverse("certificates:do", args=[reference, name]),
        )
        for name in DEEDS
    ]
    for who in (reader, client_as("quality_manager", certified.network.beta)):
        for form, action in writes:
            assert who.get(form).status_code == 403, form
            assert who.post(action, {}).status_code == 403, action
            assert who.get(action).status_code == 405, action


def test_an_audit_is_planned_held_and_verified_on_screen(certified, manager):
    reference = certified.alpha.reference
    assert manager.get(reverse("certificates:planning", args=[reference])).status_code == 200
    plan = reverse("certificates:plan", args=[reference])
    assert manager.post(plan, {"kind": "surveillance"}).status_code == 422
    values = {"kind": "surveillance", "planned_on": "2026-11-09", "days_quoted": "2"}
    assert manager.post(plan, values).status_code == 302
    audit = CertificationAudit.objects.get(planned_on=date(2026, 11, 9))
    hold = {"held_from": "2026-11-09", "held_until": "2026-11-10", "result": "major", "version": 1}
    assert (
        manager.post(reverse("certificates:audit_do", args=[audit.reference, "hold"]), hold).status_code
        == 302
    )
    late = {"verified_on": "2026-11-01", "version": 2}
    verify = reverse("certificates:audit_do", args=[audit.reference, "verify"])
    assert manager.post(verify, late).status_code == 422
    assert manager.post(verify, {"verified_on": "2026-11-20", "version": 2}).status_code == 302
    assert manager.get(reverse("certificates:audit", args=[audit.reference])).status_code == 200


def test_sampling_proposes_sites_for_a_multi_site_certificate(certified, client_as, make_certificate, stage):
    from diapason.context.network.models import Site

    one = make_certificate(
        certified.network.net, date(2025, 1, 1), date(2027, 12, 31), (), model="multi_site"
    )
    stage(
        lambda: [
            models.ScopeCell.objects.create(
                certificate=one, organization=site.organization, site=site, activity="investigation"
            )
            for site in Site.objects.all()
        ]
    )
    coordinator = client_as("network_coordinator")
    answer = coordinator.get(reverse("certificates:planning", args=[one.reference]))
    assert {k: len(v) for k, v in answer.context["proposals"].items()} == {
        "stage2": 2,
        "surveillance": 2,
        "recertification": 2,
    }
    values = {"kind": "surveillance", "planned_on": "2027-03-01"}
    assert coordinator.post(reverse("certificates:plan", args=[one.reference]), values).status_code == 302
    assert CertificationAudit.objects.get(certificate=one).visited.count() == 2


def test_pages_cost_the_same_whatever_the_number(
    pages, certified, reader, make_certificate, make_audit, assert_fixed_queries
):
    years = iter(range(1900, 2000))

    def grow():
        for _ in range(4):
            year = next(years)
            one = make_certificate(certified.network.alpha, date(year, 1, 1), date(year + 2, 1, 1), body=None)
            make_audit(one, "surveillance", held=date(year + 1, 1, 1))

    costs = {url: assert_fixed_queries(lambda url=url: reader.get(url), grow) for url in pages}
    assert max(costs.values()) <= 16, costs


def test_the_coordination_records_a_body_with_its_vocabulary(certified, client_as, reader):
    who = client_as("network_coordinator")
    url, action = reverse("certificates:bodies"), reverse("certificates:record_body")
    assert reader.get(url).status_code == 200
    assert reader.post(action, {}).status_code == 403
    assert who.post(action, {"code": "X"}).status_code == 422
    values = {"code": "X", "name": "Organisme X", "vocabulary": "french_reports", "major_days": 30}
    assert who.post(action, values).status_code == 302
    body = models.CertificationBody.objects.get(code="X")
    assert next((g.severity, g.answer_days) for g in body.grades.all()) == ("major", 30)
    assert who.post(action, values).status_code == 422
    assert "Point sensible" in who.get(url).content.decode()


def test_an_organization_declares_what_it_does(certified, manager, reader):
    form, action = (
        reverse("certificates:activities", args=["ALP"]),
        reverse("certificates:declare", args=["ALP"]),
    )
    assert reader.get(form).status_code == 403
    assert reader.post(action, {}).status_code == 403
    assert manager.get(form).status_code == 200
    assert manager.post(action, {}).status_code == 422
    assert manager.post(action, {"performed": ["|biobank"], "not_performed": ["|biobank"]}).status_code == 422
    values = {"performed": ["|investigation", "ALP-1|biobank"], "not_performed": ["|platforms"]}
    assert manager.post(action, values).status_code == 302
    told = dict(models.DeclaredActivity.objects.values_list("activity", "performed"))
    assert told == {"investigation": True, "biobank": True, "platforms": False}
    initial = manager.get(form).context["form"].initial
    assert sorted(initial["performed"]) == ["ALP-1|biobank", "|investigation"]
