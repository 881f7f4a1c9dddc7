"""Acts on a programme: each changes, records, and refuses with its reason."""

from datetime import date

import pytest

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import EntrySubject
from diapason.certification.programme import acts
from diapason.certification.programme.models import (
    Experience,
    Mentoring,
    Milestone,
    Programme,
    ProgrammePartner,
    Wave,
    WaveMember,
)
from diapason.kernel.verdicts import Refused

pytestmark = pytest.mark.database
ON = date(2026, 11, 23)


@pytest.fixture
def coordinator(network, account):
    """Return the national coordination."""
    return account("network_coordinator")


@pytest.fixture
def manager(network, account):
    """Return the quality manager of ALP."""
    return account("quality_manager", network.alpha)


def facts_about(subject):
    return list(
        EntrySubject.objects.filter(subject=subject).order_by("entry_number").values_list("fact", flat=True)
    )


def test_the_coordination_opens_a_programme(coordinator, manager):
    description = {"code": "p-1", "kind": "certification", "title_fr": "Programme", "title_en": "Programme"}
    made = acts.open_programme(by=coordinator, on=ON, **description)
    assert facts_about(made.subject) == ["ProgrammeOpened"]
    with pytest.raises(Refused, match="national coordination"):
        acts.open_programme(by=manager, on=ON, **{**description, "code": "p-2"})


def test_a_wave_is_defined_and_defined_again(programme, network, coordinator, manager):
    values = {"programme": programme.programme, "number": 1, "title_fr": "V", "title_en": "W", "on": ON}
    wave = acts.define_wave(**values, members=[network.alpha], by=coordinator)
    assert [m.organization for m in wave.memberships.all()] == [network.alpha]
    assert facts_about(programme.programme.subject)[-1] == "WaveDefined"
    with pytest.raises(Refused, match="Already in another wave"):
        acts.define_wave(**{**values, "number": 2}, members=[network.alpha], by=coordinator)
    with pytest.raises(Refused, match="national coordination"):
        acts.define_wave(**values, members=[], by=manager)


def test_a_milestone_is_planned_moved_with_a_reason_and_held(programme, network, manager, account):
    where = {"programme": programme.programme, "organization": network.alpha, "kind": "mock_audit", "on": ON}
    planned = acts.plan_milestone(**where, planned_on=date(2027, 1, 12), by=manager)
    with pytest.raises(Refused, match="Say why"):
        acts.plan_milestone(**where, planned_on=date(2027, 2, 12), by=manager)
    moved = acts.plan_milestone(**where, planned_on=date(2027, 2, 12), reason="grève", version=1, by=manager)
    assert (moved.pk, moved.version) == (planned.pk, 2)
    with pytest.raises(Refused, match="future"):
        acts.reach_milestone(**where, held_on=date(2027, 2, 12), by=manager)
    held = acts.reach_milestone(**where, held_on=date(2026, 11, 20), by=manager)
    assert held.planned_on == date(2027, 2, 12)
    with pytest.raises(Refused, match="held already"):
        acts.plan_milestone(**where, planned_on=ON, reason="…", by=manager)
    assert facts_about(held.subject) == ["MilestonePlanned", "MilestonePlanned", "MilestoneReached"]
    with pytest.raises(Refused, match="Alphaville"):
        acts.reach_milestone(**where, held_on=ON, by=account("quality_manager", network.beta))


def test_a_certificate_that_is_recorded_reaches_the_decision_that_waited(
    programme, transition, network, manager
):
    from diapason.certification.certificates.acts.certificates import record_certificate
    from diapason.kernel.dates import PartialDate

    for one in (programme.programme, transition):
        where = {"programme": one, "organization": network.alpha, "kind": "decision"}
        acts.plan_milestone(**where, planned_on=date(2027, 1, 1), by=manager, on=ON)
    record_certificate(
        holder=network.alpha,
        decision=PartialDate.day(date(2026, 11, 2)),
        scope=[(network.alpha, None, "investigation")],
        edition=transition.from_edition,
        by=manager,
        on=ON,
    )
    held = dict(Milestone.objects.filter(kind="decision").values_list("programme__code", "held_on"))
    assert held == {"certification-2015": date(2026, 11, 2), "edition-2026": None}


def test_experience_is_passed_on(programme, network, manager, account):
    values = {
        "programme": programme.programme,
        "topic": "audit",
        "title": "Le jour de l’audit",
        "text": "Tout.",
    }
    shared = acts.share_experience(
        **values, organization=network.alpha, to_wave=programme.wave, by=manager, on=ON
    )
    assert shared.reference == "XP-ALP-2026-0001"
    assert facts_about(shared.subject) == ["ExperienceShared"]
    with pytest.raises(Refused, match="Bêtaville"):
        acts.share_experience(**values, organization=network.beta, by=manager, on=ON)


def test_one_organization_accompanies_another_once(programme, network, manager):
    values = {
        "programme": programme.programme,
        "mentor": network.alpha,
        "starts_on": ON,
        "by": manager,
        "on": ON,
    }
    acts.offer_mentoring(**values, candidate=network.beta)
    assert facts_about(programme.programme.subject)[-1] == "MentoringOffered"
    with pytest.raises(Refused, match="already accompanies"):
        acts.offer_mentoring(**values, candidate=network.beta)
    with pytest.raises(Refused, match="accompanies another one"):
        acts.offer_mentoring(**values, candidate=network.alpha)


def test_a_programme_is_taken_over_at_once(network, stage):
    from diapason.context.network.models import Partner

    partner = stage(lambda: Partner.objects.create(code="F", name="Financeur", kind="funder"))
    made = Programme(code="p", kind="certification", title_fr="P", title_en="P")
    wave = Wave(programme=made, number=1, title_fr="V", title_en="W")
    acts.take_over_programme(
        programme=made,
        partners=[ProgrammePartner(programme=made, partner=partner, contribution="funding")],
        waves=[wave],
        members=[WaveMember(wave=wave, organization=network.alpha)],
        milestones=[Milestone(programme=made, organization=network.alpha, kind="stage2", held_on=ON)],
        experiences=[
            Experience(
                reference="XP-1", programme=made, from_organization=network.alpha, to_wave=wave, topic="team",
                title="T", text="T", shared_on=ON,
            )
        ],
        mentorings=[Mentoring(programme=made, mentor=network.alpha, candidate=network.beta, starts_on=ON)],
        source="essai",
        by=automaton("tests"),
        on=ON,
    )  # fmt: skip
    assert Programme.objects.get(code="p").waves.get().memberships.count() == 1
    assert facts_about("programme:p") == ["ProgrammeTakenOver"]
