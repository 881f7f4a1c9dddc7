"""Show that the printed table is the one that runs, and that its rows do what they say."""

from datetime import date

import pytest
from django.urls import reverse

from diapason.audit_trail import reactions
from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry
from diapason.certification.certificates.models import Certificate
from diapason.certification.programme.models import Milestone, Programme
from diapason.interactions import consequences, jobs
from diapason.interactions.table import INTERACTIONS
from diapason.interactions.views import chapter_of
from diapason.kernel.facts import Fact

pytestmark = pytest.mark.django_db


def test_the_rows_in_force_are_the_rows_of_the_table():
    assert [row.name for row in reactions.rows()] == [row.reaction.name for row in INTERACTIONS]
    assert len({row.reaction.name for row in INTERACTIONS}) == len(INTERACTIONS)


def test_each_row_goes_to_another_chapter_and_names_its_clause():
    for row in INTERACTIONS:
        assert "§" in row.clause
        assert issubclass(row.fact, Fact)
        if row.then.__module__ != consequences.__name__:
            assert chapter_of(row.fact.__module__) != chapter_of(row.then.__module__)


def test_the_table_is_printed(client_as, network):
    page = client_as("research_staff", network.alpha).get(reverse("interactions:table"))
    text = page.content.decode()
    assert "Un certificat est enregistré" in text
    assert text.count("<tr>") == len(INTERACTIONS) + 1


@pytest.mark.database
def test_a_recorded_certificate_marks_the_awaited_decision(network, stage):
    def build():
        programme = Programme.objects.create(code="p", kind="certification", title_fr="P", title_en="P")
        Milestone.objects.create(
            programme=programme, organization=network.alpha, kind="decision", planned_on=date(2026, 1, 1)
        )
        return Certificate.objects.create(
            reference="CE-ALP-2026-0001",
            holder=network.alpha,
            decision_earliest=date(2026, 2, 3),
            decision_latest=date(2026, 2, 3),
        )

    certificate = stage(build)
    fact = Fact(subject=certificate.subject, organization="ALP")
    consequences.reach_decision(fact=fact, by=automaton("tests"))
    assert Milestone.objects.get().held_on == date(2026, 2, 3)
    consequences.reach_decision(fact=Fact(subject="certificate:gone"), by=automaton("tests"))


@pytest.mark.database
def test_a_row_that_may_fail_runs_as_a_job(network, monkeypatch):
    seen = []

    def note(*, fact, by):
        seen.append((fact.subject, by.trail_name, by.caused_by))

    entry = Entry.objects.order_by("number").last()
    monkeypatch.setattr(reactions, "_registered", [reactions.Reaction(when=Fact, then=note, must=False)])
    jobs.follow.call("Fact.note", entry.number, 0)
    assert seen == [("test:stage", "automaton:interactions.note", entry.number)]
    jobs.follow.call("Fact.gone", entry.number, 0)
    assert len(seen) == 1
