"""Show that the network's acts change, record and refuse with their reason."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.network import acts, queries
from diapason.context.network.models import FormerName, Organization, OutsidePlace, VisibilityRule
from diapason.context.network.rules import BadIdentifier
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = date(2026, 11, 23)


@pytest.fixture
def coordinator(account, network):
    return account("network_coordinator")


@pytest.fixture
def quality_manager(account, network):
    return account("quality_manager", network.alpha)


def facts_of(subject):
    return list(
        EntrySubject.objects.filter(subject=subject).order_by("entry_number").values_list("fact", flat=True)
    )


def test_an_organization_is_registered(network, coordinator):
    made = acts.register_organization(
        by=coordinator,
        on=DAY,
        code="GAM",
        name="Centre Gamma",
        short_name="Gammaville",
        kind=Organization.Kind.CENTRE,
        finess_ej="130 784 127",
    )
    assert made.finess_ej == "130784127"
    assert made.sort_key == "gammaville"
    assert facts_of("organization:GAM") == ["OrganizationRegistered"]


def test_a_wrong_identifier_registers_nothing(network, coordinator):
    with pytest.raises(BadIdentifier):
        acts.register_organization(
            by=coordinator, on=DAY, code="G", name="G", short_name="G", kind="centre", finess_ej="130784128"
        )
    with pytest.raises(ValidationError):
        acts.register_organization(
            by=coordinator, on=DAY, code="ALP", name="G", short_name="G", kind="centre"
        )
    assert Organization.objects.members().count() == 3


def test_only_the_coordination_registers(network, quality_manager):
    with pytest.raises(Refused, match="national coordination"):
        acts.register_organization(
            by=quality_manager, on=DAY, code="G", name="G", short_name="G", kind="centre"
        )


def test_a_correction_keeps_the_former_value_in_the_trail_only(network, coordinator):
    acts.correct_organization(
        organization=network.alpha,
        reason="faute de frappe",
        version=1,
        by=coordinator,
        on=DAY,
        city="Alpheville",
    )
    statement = json.loads(Entry.objects.last().statement)
    (change,) = statement["changes"]
    assert change["old"]["city"] == "Alphaville"
    assert statement["facts"][0]["values"]["reason"] == "faute de frappe"
    with pytest.raises(Conflict):
        acts.correct_organization(
            organization=network.alpha, reason="x", version=1, by=coordinator, on=DAY, city="Autre"
        )


def test_a_renaming_keeps_the_former_name(network, coordinator):
    renamed = acts.rename_organization(
        organization=network.alpha,
        name="Institut Aleph",
        short_name="Aleph",
        version=1,
        by=coordinator,
        on=DAY,
    )
    assert FormerName.objects.get().name == "Institut Alphonse-Alpha"
    assert renamed.sort_key == "aleph"
    assert facts_of("organization:ALP") == ["OrganizationRenamed"]


def test_a_merged_organization_closes(network, coordinator):
    acts.merge_organization(organization=network.beta, into=network.alpha, version=1, by=coordinator, on=DAY)
    assert list(queries.centres_on(DAY)) == [network.alpha]
    assert set(queries.centres_on(date(2026, 1, 1))) == {network.alpha, network.beta}


def test_the_charter_opens_by_a_dated_decision_and_reaches_the_scope(network, coordinator, account):
    reader = account("quality_manager", network.alpha)
    assert reader.scope.form_of("assessment") == "none"
    acts.decide_visibility(
        object_kind="assessment",
        audience="quality_managers",
        form="aggregated",
        decision="COPIL 3",
        by=coordinator,
        on=DAY,
    )
    assert type(reader).objects.get(pk=reader.pk).scope.form_of("assessment") == "aggregated"
    acts.decide_visibility(
        object_kind="assessment",
        audience="quality_managers",
        form="none",
        decision="COPIL 4",
        by=coordinator,
        on=DAY,
    )
    rule = VisibilityRule.objects.get()
    assert (rule.form, rule.version) == ("none", 2)
    assert facts_of(rule.subject) == ["VisibilityRuleDecided"] * 2


def test_the_charter_is_not_for_a_quality_manager(network, quality_manager):
    with pytest.raises(Refused, match="dated decision"):
        acts.decide_visibility(
            object_kind="figure", audience="public", form="named", decision="mine", by=quality_manager, on=DAY
        )


def test_places_outside_are_made_once(stage):
    first = stage(
        lambda: acts.register_outside_places(
            [OutsidePlace(name="A", key="a"), OutsidePlace(name="A2", key="a")]
        )
    )
    second = stage(
        lambda: acts.register_outside_places(
            [OutsidePlace(name="A", key="a"), OutsidePlace(name="B", key="b")]
        )
    )
    assert first["a"].pk == second["a"].pk
    assert OutsidePlace.objects.count() == 2


def test_there_is_one_network_and_closing_follows_opening(network, stage):
    def second_network():
        with transaction.atomic():
            Organization.objects.create(code="X", name="X", short_name="X", kind=Organization.Kind.NETWORK)

    with pytest.raises(IntegrityError):
        stage(second_network)

    def closes_first():
        with transaction.atomic():
            Organization.objects.create(
                code="Y", name="Y", short_name="Y", kind="centre", opened_on=DAY, closed_on=date(2020, 1, 1)
            )

    with pytest.raises(IntegrityError):
        stage(closes_first)
