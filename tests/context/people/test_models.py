"""Check what an account may do and see, day by day."""

from datetime import date

import pytest

from diapason.context.network.models import VisibilityRule
from diapason.context.people.models import Account, Person, RoleAssignment
from diapason.kernel.scope import EVERYWHERE

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fresh(account):
    return Account.objects.get(pk=account.pk)


def test_a_role_of_one_organization_reaches_that_organization_only(network, account):
    scope = fresh(account("quality_manager", network.alpha)).scope
    assert scope.roles == ("quality_manager",)
    assert scope.organizations == {network.alpha.pk}
    assert scope.audience == "quality_managers"
    assert scope.may("assess_clause", network.alpha.pk)
    assert not scope.may("assess_clause", network.beta.pk)
    assert not scope.may("assess_clause")
    assert not scope.network_wide


def test_a_role_of_the_network_reaches_everywhere(network, account):
    scope = fresh(account("network_coordinator")).scope
    assert scope.where("manage_programme") == EVERYWHERE
    assert scope.may("record_certificate", network.beta.pk)
    assert scope.may("record_certificate")
    assert scope.network_wide
    assert scope.audience == "steering"


def test_several_roles_add_up_and_the_widest_audience_counts(network, account, stage):
    who = account("research_staff", network.alpha)
    stage(
        lambda: RoleAssignment.objects.create(
            reference="R-X",
            person=who.person,
            role="quality_manager",
            organization=network.beta,
            starts_on=date(2020, 1, 1),
        )
    )
    scope = fresh(who).scope
    assert scope.organizations == {network.alpha.pk, network.beta.pk}
    assert scope.where("record_enrolment") == {network.alpha.pk, network.beta.pk}
    assert scope.where("assess_clause") == {network.beta.pk}
    assert scope.audience == "quality_managers"


def test_without_a_role_nothing_is_allowed(network, account):
    scope = fresh(account()).scope
    assert scope.abilities == {}
    assert scope.audience == "nobody"
    assert not scope.sees(network.alpha.pk)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(network, account, stage, day, holds):
    who = account("quality_manager", network.alpha)
    stage(
        lambda: RoleAssignment.objects.filter(person=who.person).update(
            starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30)
        )
    )
    assert who.scope_on(day).may("assess_clause", network.alpha.pk) is holds


def test_a_withdrawn_role_is_gone_that_very_day(network, account, stage, today):
    who = account("quality_manager", network.alpha)
    stage(lambda: RoleAssignment.objects.filter(person=who.person).update(revoked_on=today))
    assert who.scope_on(today).roles == ()
    assert who.scope_on(date(2026, 11, 22)).roles == ("quality_manager",)


@pytest.mark.parametrize("level", ["organization", "network"])
def test_a_stand_in_holds_the_role_only_while_the_other_does(network, account, stage, today, level):
    role, organization = (
        ("quality_manager", network.alpha) if level == "organization" else ("network_coordinator", None)
    )
    absent, stand_in = account(role, organization), account()
    stage(
        lambda: RoleAssignment.objects.create(
            reference="R-S",
            person=stand_in.person,
            role=role,
            organization=organization,
            starts_on=date(2026, 11, 1),
            ends_on=date(2026, 12, 31),
            stands_in_for=absent.person,
        )
    )
    assert stand_in.scope_on(today).roles == (role,)
    stage(lambda: RoleAssignment.objects.filter(person=absent.person).update(revoked_on=today))
    assert stand_in.scope_on(today).roles == ()


def test_the_charter_opens_what_its_rules_say_and_the_widest_form_counts(network, account, stage):
    def rules():
        for audience, form in (
            ("quality_managers", "coded"),
            ("public", "aggregated"),
            ("steering", "named"),
        ):
            VisibilityRule.objects.create(
                object_kind="assessment",
                audience=audience,
                form=form,
                decided_on=date(2026, 1, 5),
                decision="COPIL",
            )

    stage(rules)
    assert fresh(account("quality_manager", network.alpha)).scope.form_of("assessment") == "coded"
    assert fresh(account("research_staff", network.alpha)).scope.form_of("assessment") == "aggregated"
    director = fresh(account("network_director")).scope
    assert director.form_of("assessment") == "named"
    assert director.form_of("event") == "none"
    assert director.sees(network.beta.pk, "assessment")


def test_the_scope_costs_one_query_and_is_kept(network, account, django_assert_num_queries):
    who = fresh(account("quality_manager", network.alpha))
    with django_assert_num_queries(1):
        assert who.scope.roles
        assert who.scope.organizations
    with django_assert_num_queries(0):
        assert who.trail_name == who.person.identifier
        assert who.trail_roles == "quality_manager"


def test_an_ended_account_may_nothing(network, account):
    who = account("administrator")
    who.is_active = False
    assert not who.scope_on(date(2026, 11, 23)).abilities


def test_persons_are_seen_by_themselves_their_house_and_the_network_administration(network, account):
    anne, bert = account("quality_manager", network.alpha), account("research_staff", network.beta)
    boss, nobody = account("administrator"), account()

    def seen(who):
        return set(Person.objects.visible_to(fresh(who)).values_list("identifier", flat=True))

    assert anne.person.identifier in seen(anne)
    assert bert.person.identifier not in seen(anne)
    assert seen(fresh(nobody)) == {nobody.person.identifier}
    assert {anne.person.identifier, bert.person.identifier} <= seen(boss)


def test_when_somebody_was_last_seen_is_stored_nowhere():
    assert "last_login" not in {field.name for field in Account._meta.get_fields()}


def test_addresses_are_stored_in_lower_case_and_found_in_any(account):
    who = account()
    who.email = "Jeanne.Exemple@Example.org"
    who.save()
    assert Account.objects.get_by_natural_key("JEANNE.exemple@example.ORG ") == who
