"""Check that answers are recorded, versioned, refused with a reason, and told in the trail."""

import pytest
from django.db import IntegrityError

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import EntrySubject
from diapason.certification.readiness.acts import assess_clause, complete_action, record_assessments
from diapason.certification.readiness.models import Assessment
from diapason.certification.readiness.rules.entry import Entry
from diapason.context.standards.models import Clause
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def clause(iso):
    return Clause.objects.select_related("edition").get(edition=iso, number="7.2")


@pytest.fixture
def raq(account, network):
    return account("quality_manager", network.alpha)


def test_a_first_answer_is_recorded_and_told(network, clause, raq, today):
    entry = Entry(clause="7.2", maturity=3, evidence="Matrice des compétences du 3 mars")
    stored = assess_clause(
        organization=network.alpha, clause=clause, entry=entry, version=None, by=raq, on=today
    )
    assert (stored.maturity, stored.assessed_by, stored.assessed_on) == (3, raq.person, today)
    assert stored.clause_version == clause.content_version
    assert stored.subject == "assessment:ALP/iso-9001-2015/7.2"
    told = EntrySubject.objects.get(subject=stored.subject)
    assert (told.fact, told.organization) == ("ClauseAssessed", "ALP")


def test_an_answer_is_changed_against_the_version_that_was_read(network, clause, raq, today):
    def answer(version, maturity):
        entry = Entry(clause="7.2", maturity=maturity, evidence="x")
        return assess_clause(
            organization=network.alpha, clause=clause, entry=entry, version=version, by=raq, on=today
        )

    answer(None, 2)
    assert answer(1, 3).version == 2
    with pytest.raises(Conflict):
        answer(1, 4)
    with pytest.raises(Conflict):
        answer(None, 4)
    assert Assessment.objects.get().maturity == 3


@pytest.mark.parametrize(
    "role", ["research_staff", "internal_auditor", "network_coordinator", "administrator"]
)
def test_others_may_not_answer(network, clause, account, today, role):
    organization = None if role in {"network_coordinator", "administrator"} else network.alpha
    with pytest.raises(Refused, match="Only the quality manager or a process owner"):
        assess_clause(
            organization=network.alpha,
            clause=clause,
            entry=Entry(clause="7.2", maturity=1),
            version=None,
            by=account(role, organization),
            on=today,
        )
    assert not Assessment.objects.exists()


def test_nobody_answers_for_another_organization(network, clause, raq, today):
    with pytest.raises(Refused, match="Bêtaville"):
        assess_clause(
            organization=network.beta,
            clause=clause,
            entry=Entry(clause="7.2", maturity=1),
            version=None,
            by=raq,
            on=today,
        )


def test_what_is_missing_is_refused(network, clause, raq, today):
    with pytest.raises(Refused, match="Say what proves it"):
        assess_clause(
            organization=network.alpha,
            clause=clause,
            entry=Entry(clause="7.2", maturity=4),
            version=None,
            by=raq,
            on=today,
        )


def test_a_heading_and_a_clause_for_sponsors_are_refused_where_they_are_not_asked(six, iso, today):
    centre = six.more[0]
    for number, reason in (("8.3", "This heading"), ("8.3.1", "not asked of Ville-0")):
        with pytest.raises(Refused, match=reason):
            record_assessments(
                organization=centre,
                edition=iso,
                answers=[Entry(clause=number, maturity=1)],
                by=automaton("tests"),
                on=today,
            )


def test_many_answers_are_recorded_at_once_and_a_second_time_changes_nothing(network, iso, answered):
    numbers = list(iso.clauses.assessable().values_list("number", flat=True))
    assert answered(network.alpha, 3, *numbers) == 57
    assert answered(network.alpha, 3, *numbers) == 0
    assert answered(network.alpha, 4, "7.2", "7.3") == 2
    assert Assessment.objects.get(clause__number="7.2").version == 2
    assert EntrySubject.objects.filter(subject="assessment:ALP/iso-9001-2015/7.2").count() == 2


def test_more_than_a_hundred_answers_at_once_are_refused(network, iso, today):
    with pytest.raises(Refused, match="At most 100"):
        record_assessments(
            organization=network.alpha,
            edition=iso,
            answers=[Entry(clause="7.2", maturity=1)] * 101,
            by=automaton("tests"),
            on=today,
        )


def test_not_applicable_and_notes_are_told_apart(network, iso, today):
    record_assessments(
        organization=network.alpha,
        edition=iso,
        answers=[
            Entry(clause="7.1.5.2", aside=True, evidence="Aucun équipement de mesure en propre"),
            Entry(clause="7.3", evidence="à revoir"),
        ],
        by=automaton("tests"),
        on=today,
    )
    told = dict(EntrySubject.objects.filter(organization="ALP").values_list("subject", "fact"))
    assert told["assessment:ALP/iso-9001-2015/7.1.5.2"] == "ClauseSetAside"
    assert told["assessment:ALP/iso-9001-2015/7.3"] == "ClauseNoted"


def test_an_action_is_carried_out_once(network, answered, raq, today):
    answered(network.alpha, 1, "7.4", action="Plan de communication", due_on=today)
    stored = Assessment.objects.select_related("organization", "clause__edition").get()
    complete_action(assessment=stored, version=1, by=raq, on=today)
    again = Assessment.objects.select_related("organization", "clause__edition").get()
    assert again.action_done_on == today
    assert EntrySubject.objects.filter(fact="GapActionCompleted").count() == 1
    with pytest.raises(Refused, match="already done"):
        complete_action(assessment=again, version=2, by=raq, on=today)


def test_without_an_action_nothing_is_carried_out(network, answered, raq, today):
    answered(network.alpha, 1, "7.4")
    stored = Assessment.objects.select_related("organization", "clause__edition").get()
    with pytest.raises(Refused, match="No action is planned"):
        complete_action(assessment=stored, version=1, by=raq, on=today)


def test_a_changed_question_is_seen_on_its_answer(network, answered, stage):
    answered(network.alpha, 3, "7.2")
    stored = Assessment.objects.select_related("clause").get()
    assert not stored.question_changed

    def change():
        stored.clause.content_version += 1
        stored.clause.save()

    stage(change)
    assert Assessment.objects.select_related("clause").get().question_changed


def test_the_database_refuses_a_level_on_what_does_not_apply(network, answered, stage):
    answered(network.alpha, 3, "7.2")

    def spoil():
        Assessment.objects.update(aside=True)

    with pytest.raises(IntegrityError):
        stage(spoil)
