"""The screens of studies: they work, refuse, hide, and ask a fixed number of questions."""

import pytest

from diapason.context.studies.forms import StatusForm
from diapason.context.studies.models import Study
from diapason.context.studies.rules.drafts import SiteDraft

pytestmark = pytest.mark.django_db


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_portfolio_lists_filters_and_links(client_as, network, study, outside) -> None:
    study("ALTAIR", sponsor_id=network.alpha.pk, sites=(outside("Klinik", "Harfe", "DE"),), phase="2")
    study(
        "BELLATRIX",
        sponsor_name="Somebody",
        sites=(SiteDraft(organization_id=network.alpha.pk),),
        status="completed",
    )
    client = client_as("quality_manager", network.alpha)
    text = page(client, "/studies/")
    assert "ALTAIR" in text
    assert "BELLATRIX" in text
    for query, shown in {
        "q=alt": "ALTAIR",
        "status=completed": "BELLATRIX",
        "phase=2": "ALTAIR",
        "sponsor=ALP": "ALTAIR",
        "sponsor=members": "ALTAIR",
        "sponsor=others": "BELLATRIX",
        "organization=ALP": "BELLATRIX",
        "country=Allemagne": "ALTAIR",
        "active_on=2020-01-01": "ALTAIR",
        "recruiting_on=2020-01-01&sponsor=members": "ALTAIR",
    }.items():
        text = page(client, f"/studies/?{query}")
        hidden = {"ALTAIR": "BELLATRIX", "BELLATRIX": "ALTAIR"}[shown]
        assert shown in text, query
        assert f"/ET-{hidden}/" not in text, query


def test_study_page_shows_facts_history_sites_and_source(client_as, network, study, outside) -> None:
    study(
        "ALTAIR", sponsor_id=network.alpha.pk, identifiers=(("nct", "NCT01234567"),),
        sites=(SiteDraft(organization_id=network.beta.pk), outside("Klinik am Fluss", "Harfe", "DE")),
    )  # fmt: skip
    text = page(client_as("quality_manager", network.alpha), "/studies/ET-ALTAIR/")
    for expected in (
        "Étude ALTAIR",
        "NCT01234567",
        "Klinik am Fluss",
        "Allemagne",
        "Bêtaville",
        "1er mars 2016",
        "saisie à la main",
    ):
        assert expected in text, expected


def test_pages_exist_in_english(client_as, network, study) -> None:
    study("ALTAIR", sponsor_id=network.alpha.pk)
    client = client_as("quality_manager", network.alpha)
    client.cookies["django_language"] = "en"
    assert (
        "Portfolio of studies" in client.get("/studies/", headers={"accept-language": "en"}).content.decode()
    )


def test_unknown_and_hidden_studies_are_the_same_404(client_as, network, study) -> None:
    study("SECRET", sponsor_id=network.beta.pk, holder_id=network.beta.pk, is_confidential=True)
    outsider = client_as("sponsor_project_manager", network.alpha)
    coordinator = client_as("network_coordinator")
    for name in ("", "correction/", "status/", "confidentiality/"):
        for client in (outsider, coordinator):
            page(client, f"/studies/ET-SECRET/{name}", 404)
            page(client, f"/studies/ET-NOWHERE/{name}", 404)
    for name in ("correct/", "status/record/", "confidentiality/set/"):
        assert outsider.post(f"/studies/ET-SECRET/{name}", {}).status_code == 404
    for address in ("/studies/", "/studies/?q=secret", "/search/?q=secret"):
        assert "SECRET" not in page(outsider, address).replace("q=secret", "")
    assert "SECRET" in page(client_as("quality_manager", network.beta), "/studies/")


def test_readers_are_refused_with_the_reason(client_as, network, study) -> None:
    study("ALTAIR", sponsor_id=network.alpha.pk)
    reader = client_as("research_staff", network.alpha)
    text = page(reader, "/studies/ET-ALTAIR/")
    assert "Seules les personnes qui gèrent les études de son promoteur" in text
    for name in ("registration", "ET-ALTAIR/correction", "ET-ALTAIR/status", "ET-ALTAIR/confidentiality"):
        page(reader, f"/studies/{name}/", 403)
    assert reader.post("/studies/register/", {}).status_code == 403
    assert reader.post("/studies/ET-ALTAIR/correct/", {}).status_code == 403


def test_forms_register_and_change(client_as, network) -> None:
    client = client_as("sponsor_project_manager", network.alpha)
    page(client, "/studies/registration/")
    data = {
        "title_fr": "Étude Deneb",
        "acronym": "DENEB",
        "sponsor": network.alpha.pk,
        "kind": "interventional",
        "identifier": "2018-A01234-51",
        "status": "recruiting",
        "since": "2024-03",
        "is_confidential": "on",
    }
    assert client.post("/studies/register/", {**data, "title_fr": ""}).status_code == 422
    assert client.post("/studies/register/", {**data, "since": "mars"}).status_code == 422
    response = client.post("/studies/register/", data)
    assert response.status_code == 302, response.content.decode()[-3000:]
    study = Study.objects.get(acronym="DENEB")
    assert (study.holder, study.key) == (network.alpha, "2018-A01234-51")
    base = f"/studies/{study.key}"
    for name in ("correction", "status", "confidentiality"):
        page(client, f"{base}/{name}/")
    fixed = {**data, "phase": "3", "reason": "Avenant", "version": study.version}
    assert client.post(f"{base}/correct/", fixed).status_code == 302
    assert client.post(f"{base}/correct/", fixed).status_code == 409
    study.refresh_from_db()
    assert study.phase == "3"
    closed = {"status": "closed_to_inclusion", "since": "2025-02-01", "version": study.version}
    assert client.post(f"{base}/status/record/", closed).status_code == 302
    shown = {"holder": network.alpha.pk, "reason": "Publiée", "version": study.version + 1}
    assert client.post(f"{base}/confidentiality/set/", shown).status_code == 302
    study.refresh_from_db()
    assert (study.status, study.is_confidential) == ("closed_to_inclusion", False)


def test_fixed_number_of_queries(client_as, network, study, outside, assert_fixed_queries) -> None:
    client = client_as("quality_manager", network.alpha)
    names = iter(f"STAR{number}" for number in range(100))

    def grow() -> None:
        for _ in range(8):
            name = next(names)
            study(
                name,
                sponsor_id=network.alpha.pk,
                sites=(outside(f"CHU {name}"), SiteDraft(organization_id=network.beta.pk)),
            )

    grow()
    asked = assert_fixed_queries(lambda: page(client, "/studies/"), grow)
    assert asked <= 10

    def more_sites() -> None:
        study(
            "BIG",
            sponsor_id=network.alpha.pk,
            sites=tuple(outside(f"CHU {n}", country="BE") for n in range(60)),
        )

    more_sites()
    small = assert_fixed_queries(lambda: page(client, "/studies/ET-STAR0/"), grow)
    big = assert_fixed_queries(lambda: page(client, "/studies/ET-BIG/"), grow)
    assert big == small
    assert big <= 20


def test_the_day_of_a_status_is_demanded():
    form = StatusForm({"status": "recruiting", "since": "", "version": "1"})
    assert not form.is_valid()
    assert "since" in form.errors
    assert "status" not in form.errors
