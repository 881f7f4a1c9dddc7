"""Check the screens of the standards."""

from pathlib import Path

import pytest
from django.urls import reverse

from diapason.audit_trail.acts import automaton
from diapason.context.standards import queries
from diapason.context.standards.acts import load_standards
from diapason.context.standards.models import Clause, Edition
from diapason.context.standards.rules.reading import read_catalogue
from diapason.context.standards.rules.records import records_of

pytestmark = pytest.mark.django_db

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[3] / "catalogue" / "standards")


@pytest.fixture
def loaded(today):
    load_standards(catalogue=CATALOGUE, by=automaton("tests"), on=today)


@pytest.fixture
def reader(client_as, network):
    return client_as("research_staff", network.alpha)


def test_the_list_names_each_edition_and_says_what_is_not_published(loaded, reader):
    text = reader.get(reverse("standards:list")).content.decode()
    for label in ("ISO 9001:2015", "ICH E6(R3)", "ISO 9001:2026"):
        assert label in text
    assert "not confirmed as published" in text or "publication non confirmée" in text.lower()


def test_an_empty_list_teaches(reader):
    assert "7.2" in reader.get(reverse("standards:list")).content.decode()


def test_an_edition_shows_its_clauses_with_their_questions(loaded, reader):
    text = reader.get(reverse("standards:edition", args=["iso-9001-2015"])).content.decode()
    assert "Qui ouvre une étude" in text
    assert reverse("standards:clause", args=["iso-9001-2015/7.2"]) in text


def test_a_clause_shows_question_evidence_and_both_ways_of_the_correspondence(loaded, reader):
    iso = reader.get(reverse("standards:clause", args=["iso-9001-2015/10.2"])).content.decode()
    assert "ICH E6(R3) § 3.12" in iso
    gcp = reader.get(reverse("standards:clause", args=["ich-e6-r3/3.12"])).content.decode()
    assert "ISO 9001:2015 § 10.2" in gcp
    assert "ISO 9001:2015 § 8.7" in gcp


def test_a_clause_of_the_next_edition_keeps_the_correspondences_of_the_one_it_comes_from(loaded, reader):
    text = reader.get(reverse("standards:clause", args=["iso-9001-2026/6.1.2"])).content.decode()
    assert "ICH E6(R3) § 3.10" in text


def test_a_heading_leads_to_its_requirements(loaded, reader):
    text = reader.get(reverse("standards:clause", args=["iso-9001-2015/8.4"])).content.decode()
    assert reverse("standards:clause", args=["iso-9001-2015/8.4.2"]) in text


def test_the_changes_are_shown_only_where_there_is_a_former_edition(loaded, reader):
    text = reader.get(reverse("standards:changes", args=["iso-9001-2026"])).content.decode()
    assert "6.1.3" in text
    assert reader.get(reverse("standards:changes", args=["iso-9001-2015"])).status_code == 404


def test_the_table_of_correspondence_reads_from_either_side(loaded, reader):
    for code in ("iso-9001-2015", "ich-e6-r3"):
        assert reader.get(reverse("standards:correspondence", args=[code])).status_code == 200


@pytest.mark.parametrize("where", ["nothing/7.2", "iso-9001-2015/7.99"])
def test_an_unknown_clause_is_not_found(loaded, reader, where):
    assert reader.get(reverse("standards:clause", args=[where])).status_code == 404


def test_the_coordinator_previews_then_loads(client_as, network):
    client = client_as("network_coordinator")
    preview = client.get(reverse("standards:loading")).content.decode()
    plan = queries.loading_plan(records_of(CATALOGUE))
    assert plan.catalogue_hash in preview
    assert Edition.objects.count() == 0
    answer = client.post(reverse("standards:load"), {"previewed": plan.catalogue_hash})
    assert answer.status_code == 302
    assert Edition.objects.count() == 3


def test_loading_without_a_preview_is_a_conflict(client_as, network):
    client = client_as("network_coordinator")
    assert client.post(reverse("standards:load")).status_code == 409
    assert Edition.objects.count() == 0


def test_loading_is_refused_to_readers(loaded, reader):
    assert reader.get(reverse("standards:loading")).status_code == 403
    assert reader.post(reverse("standards:load")).status_code == 403


def test_search_finds_a_clause_by_number_and_by_title(loaded, reader, rf):
    assert queries.clauses_matching(rf.get("/"), "§ 10.2", 5)[0].url.endswith("10.2/")
    assert queries.clauses_matching(rf.get("/"), "Compétences", 5)


def test_the_screens_ask_a_fixed_number_of_queries(loaded, reader, stage, assert_fixed_queries):
    def grow():
        def build():
            base = Clause.objects.get(edition__code="iso-9001-2015", number="10.3")
            for extra in range(4, 12):
                base.pk, base.number, base.position = None, f"10.{extra}", 200 + extra
                base.save(force_insert=True)

        stage(build)

    def ask():
        for name, key in (("list", ()), ("edition", ("iso-9001-2015",)), ("clause", ("iso-9001-2015/10.2",))):
            reader.get(reverse(f"standards:{name}", args=key))

    assert assert_fixed_queries(ask, grow) <= 45
