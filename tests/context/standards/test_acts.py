"""Check the loading of the catalogue: transactional, versioned, never losing a clause."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.standards.acts import load_standards
from diapason.context.standards.models import Clause, ClauseChange, ClauseLink, Edition
from diapason.context.standards.rules.declarations import Catalogue, Problem
from diapason.context.standards.rules.reading import read_catalogue
from diapason.kernel.languages import Bilingual
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[3] / "catalogue" / "standards")
PROGRAM = automaton("tests")


def without_clause(number: str) -> Catalogue:
    """Return the catalogue, one clause of ISO 9001:2015 and all that points to it left out."""
    editions = tuple(
        replace(one, clauses=tuple(c for c in one.clauses if c.number != number))
        if one.code == "iso-9001-2015"
        else one
        for one in CATALOGUE.editions
    )
    links = tuple(one for one in CATALOGUE.links if one.number_from != number)
    changes = tuple(one for one in CATALOGUE.changes if one.number_from != number)
    return replace(CATALOGUE, editions=editions, links=links, changes=changes)


def asking(number: str, question: str) -> Catalogue:
    """Return the catalogue with another question for one clause of ISO 9001:2015."""
    editions = tuple(
        replace(
            one,
            clauses=tuple(
                replace(c, question=Bilingual(question, c.question.en)) if c.number == number else c
                for c in one.clauses
            ),
        )
        if one.code == "iso-9001-2015"
        else one
        for one in CATALOGUE.editions
    )
    return replace(CATALOGUE, editions=editions)


def test_loading_stores_everything_and_states_it(today):
    plan = load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    assert plan.counts["added"] == sum(len(s.added) for s in plan.sections) > 300
    assert Edition.objects.count() == 3
    assert Clause.objects.assessable().count() == 57 + 48 + 59
    assert ClauseLink.objects.count() == len(CATALOGUE.links)
    assert ClauseChange.objects.count() == len(CATALOGUE.changes)
    later = Edition.objects.get(code="iso-9001-2026")
    assert later.transition_from.code == "iso-9001-2015"
    assert (later.content_version, len(later.content_hash)) == (1, 64)
    assert EntrySubject.objects.filter(fact="EditionLoaded", subject="edition:iso-9001-2015").count() == 1


def test_a_second_loading_changes_nothing(today):
    load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    entries = Entry.objects.count()
    plan = load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    assert not plan
    assert Entry.objects.count() == entries


def test_a_changed_question_counts_the_edition_and_the_clause_up(today):
    load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    before = Edition.objects.get(code="iso-9001-2015")
    plan = load_standards(catalogue=asking("7.2", "Qui est habilité ?"), by=PROGRAM, on=today)
    assert plan.counts["changed"] == 1
    edition = Edition.objects.get(code="iso-9001-2015")
    assert edition.content_version == 2
    assert edition.content_hash != before.content_hash
    clause = Clause.objects.get(edition=edition, number="7.2")
    assert (clause.question_fr, clause.content_version, clause.version) == ("Qui est habilité ?", 2, 2)
    assert Clause.objects.get(edition=edition, number="7.3").content_version == 1


def test_a_clause_gone_from_the_file_is_withdrawn_then_restored(today):
    load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    pk = Clause.objects.get(edition__code="iso-9001-2015", number="10.3").pk
    plan = load_standards(catalogue=without_clause("10.3"), by=PROGRAM, on=today)
    assert "iso-9001-2015/10.3" in plan.section("clause").withdrawn
    assert Clause.objects.get(pk=pk).withdrawn_on == today
    load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    clause = Clause.objects.get(edition__code="iso-9001-2015", number="10.3")
    assert (clause.pk, clause.withdrawn_on) == (pk, None)


def test_a_stale_preview_loads_nothing(today):
    with pytest.raises(Conflict):
        load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today, previewed="another hash")
    assert Edition.objects.count() == 0


def test_a_catalogue_with_a_mistake_is_refused(today):
    spoilt = replace(CATALOGUE, problems=(Problem("x.yaml", "4.1", "weight", "is wrong"),))
    with pytest.raises(Refused, match=r"1 mistakes; the first one: x.yaml, 4.1, weight: is wrong"):
        load_standards(catalogue=spoilt, by=PROGRAM, on=today)
    assert Edition.objects.count() == 0


def test_only_those_who_may_load_do(account, network, today):
    with pytest.raises(Refused, match="Only the national coordination or the administrators"):
        load_standards(catalogue=CATALOGUE, by=account("quality_manager", network.alpha), on=today)
    load_standards(catalogue=CATALOGUE, by=account("network_coordinator"), on=today)
    assert Edition.objects.count() == 3


def test_the_command_previews_then_loads():
    preview = StringIO()
    call_command("load_standards", "--preview", stdout=preview)
    assert "3 added" in preview.getvalue()
    assert Edition.objects.count() == 0
    call_command("load_standards", stdout=StringIO())
    again = StringIO()
    call_command("load_standards", "--preview", stdout=again)
    assert "0 added, 0 changed, 0 withdrawn" in again.getvalue()
