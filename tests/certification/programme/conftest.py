"""Give the tests of the programme a network on its way to certification."""

from datetime import date
from types import SimpleNamespace

import pytest

from diapason.certification.certificates.models import Certificate, DeclaredActivity, ScopeCell
from diapason.certification.programme.models import Milestone, Programme, Wave, WaveMember


@pytest.fixture
def editions(stage):
    """Return the 2015 and the 2026 editions without their clauses."""
    from diapason.context.standards.models import Edition, Standard

    def build():
        standard = Standard.objects.create(code="iso-9001", name="ISO 9001")
        common = {"standard": standard, "documents_as_of": date(2026, 11, 1)}
        old = Edition.objects.create(
            code="iso-9001-2015", label="ISO 9001:2015", status="applicable", **common
        )
        new = Edition.objects.create(
            code="iso-9001-2026",
            label="ISO 9001:2026",
            status="in_preparation",
            status_note_fr="Publication non confirmée",
            status_note_en="Not confirmed as published",
            transition_from=old,
            transition_ends=date(2029, 9, 30),
            **common,
        )
        return SimpleNamespace(old=old, new=new)

    return stage(build)


@pytest.fixture
def programme(network, editions, stage):
    """Return the programme of 2015 with one wave (ALP, BET) and the certificates of all three members."""

    def build():
        made = Programme.objects.create(
            code="certification-2015",
            kind="certification",
            title_fr="Programme national",
            title_en="National programme",
            starts_earliest=date(2015, 1, 1),
            starts_latest=date(2015, 12, 31),
        )
        wave = Wave.objects.create(programme=made, number=1, title_fr="Vague 1", title_en="Wave 1")
        for member in (network.alpha, network.beta):
            WaveMember.objects.create(wave=wave, organization=member)
        rows = [
            (network.alpha, date(2014, 5, 6), "investigation"),
            (network.beta, date(2017, 6, 1), "investigation"),
            (network.central, date(2018, 10, 1), "promotion"),
        ]
        for organization, day, activity in rows:
            certificate = Certificate.objects.create(
                reference=f"CE-{organization.code}",
                holder=organization,
                edition=editions.old,
                decision_earliest=day,
                decision_latest=day,
                expires_on=date(2028, 6, 30),
                cycle=1,
            )
            ScopeCell.objects.create(certificate=certificate, organization=organization, activity=activity)
            DeclaredActivity.objects.create(organization=organization, activity=activity)
        Milestone.objects.create(
            programme=made, organization=network.beta, kind="self_assessment", held_on=date(2016, 6, 1)
        )
        return SimpleNamespace(programme=made, wave=wave)

    return stage(build)


@pytest.fixture
def transition(programme, editions, stage):
    """Return the programme towards the 2026 edition."""
    return stage(
        lambda: Programme.objects.create(
            code="edition-2026",
            kind="edition_change",
            title_fr="Passage à l’édition 2026",
            title_en="Transition to the 2026 edition",
            starts_earliest=date(2026, 1, 1),
            starts_latest=date(2026, 1, 1),
            limit_on=date(2029, 9, 30),
            from_edition=editions.old,
            to_edition=editions.new,
        )
    )
