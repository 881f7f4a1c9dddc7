"""Check each act on persons, roles and accounts: it changes, it records, it refuses with the reason."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.mailing.models import OutgoingMessage
from diapason.context.mailing.rules import Letter
from diapason.context.people import acts
from diapason.context.people.letters import GAP
from diapason.context.people.models import Account, Invitation, Person, RoleAssignment
from diapason.context.people.queries import demo_accounts, network_administrators, open_invitation
from diapason.context.people.rules import DEMO_PASSWORD
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = date(2026, 11, 23)


def invitation(**changes):
    return {
        "given_name": "Éléonore",
        "family_name": "d’Ambre",
        "email": "Eleonore@Example.org",
        "role": "quality_manager",
        "organization": None,
        "starts_on": DAY,
        "ends_on": None,
        "at": NOW,
    } | changes


def facts_of(person):
    return list(
        EntrySubject.objects.filter(subject=person.subject)
        .order_by("entry_number", "position")
        .values_list("fact", flat=True)
    )


def reason(caught):
    return caught.value.verdict.reason


@pytest.fixture
def boss(network, account):
    return account("administrator")


def test_an_invitation_makes_person_role_and_link(network, boss):
    person, token = acts.invite_person(**invitation(organization=network.alpha), by=boss)
    assert (person.identifier, person.email, person.sort_key) == (
        "P-0001",
        "eleonore@example.org",
        "d ambre eleonore",
    )
    held = person.assignments.get()
    assert (held.reference, held.role, held.organization) == ("R-0001", "quality_manager", network.alpha)
    assert facts_of(person) == ["PersonInvited", "RoleGranted"]
    assert open_invitation(token, at=NOW).person == person
    assert token not in "".join(Entry.objects.values_list("statement", flat=True))
    assert not Invitation.objects.filter(token_hash=token).exists()


def test_names_and_addresses_are_no_part_of_the_statement(network, boss):
    acts.invite_person(**invitation(organization=network.alpha), by=boss)
    statement = Entry.objects.order_by("-number").first().statement
    assert "Ambre" not in statement
    assert "eleonore" not in statement.lower()


def test_the_administration_of_one_organization_invites_for_that_one_only(network, account):
    mine = account("administrator", network.alpha)
    acts.invite_person(**invitation(organization=network.alpha), by=mine)
    for organization, said in ((network.beta, "another organization"), (None, "one organization")):
        with pytest.raises(Refused) as caught:
            acts.invite_person(**invitation(organization=organization, email="b@example.org"), by=mine)
        assert said in reason(caught)
    with pytest.raises(Refused) as caught:
        acts.invite_person(**invitation(role="network_director", email="c@example.org"), by=mine)
    assert "administration of the network" in reason(caught)


@pytest.mark.parametrize(
    "role", ["network_coordinator", "quality_manager", "funder", "internal_auditor", "external_certifier"]
)
def test_only_the_administration_invites(network, account, role):
    organization = network.alpha if role in {"quality_manager", "internal_auditor"} else None
    with pytest.raises(Refused, match="Only the administration"):
        acts.invite_person(**invitation(organization=network.alpha), by=account(role, organization))


def test_an_address_is_invited_once(network, boss):
    acts.invite_person(**invitation(organization=network.alpha), by=boss)
    with pytest.raises(Refused, match="already known"):
        acts.invite_person(**invitation(organization=network.alpha, email="ELEONORE@example.org"), by=boss)


def test_the_link_works_once_and_not_for_long(network, boss):
    person, token = acts.invite_person(**invitation(organization=network.alpha), by=boss)
    by = automaton("invitation", on_behalf=person.identifier)
    waiting = open_invitation(token, at=NOW + timedelta(days=6))
    made = acts.accept_invitation(invitation=waiting, password_hash=make_password("x" * 12), by=by, at=NOW)
    assert made.check_password("x" * 12)
    assert made.scope_on(DAY).may("assess_clause", network.alpha.pk)
    assert EmailAddress.objects.get(user=made).verified
    assert facts_of(person)[-1] == "InvitationAccepted"
    assert open_invitation(token, at=NOW) is None
    with pytest.raises(Refused, match="used, replaced, or has expired"):
        acts.accept_invitation(invitation=waiting, password_hash="x", by=by, at=NOW)


def test_an_expired_link_opens_nothing(network, boss):
    _, token = acts.invite_person(**invitation(organization=network.alpha), by=boss)
    late = NOW + timedelta(days=7)
    assert open_invitation(token, at=late) is None
    with pytest.raises(Refused, match="expired"):
        acts.accept_invitation(
            invitation=Invitation.objects.get(), password_hash="x", by=automaton("invitation"), at=late
        )


def test_a_new_link_takes_password_factors_and_sessions_away(network, boss, client_as):
    client = client_as("quality_manager", network.alpha)
    person = client.account.person
    Authenticator.objects.create(user=client.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    token = acts.renew_invitation(person=person, version=person.version, by=boss, at=NOW)
    again = Account.objects.get(person=person)
    assert not again.has_usable_password()
    assert not Authenticator.objects.filter(user=again).exists()
    assert client.get("/people/me/").status_code == 302
    assert facts_of(person)[-1] == "InvitationRenewed"
    later = acts.renew_invitation(person=person, version=None, by=boss, at=NOW)
    assert open_invitation(token, at=NOW) is None
    assert open_invitation(later, at=NOW).person == person


def test_a_role_is_granted_with_its_dates(network, boss, account):
    person = account().person
    made = acts.grant_role(
        person=person,
        role="process_owner",
        organization=network.beta,
        starts_on=DAY,
        ends_on=date(2027, 1, 31),
        by=boss,
        on=DAY,
    )
    assert made.is_dated(on=date(2027, 1, 31))
    assert not made.is_dated(on=date(2027, 2, 1))
    assert facts_of(person) == ["RoleGranted"]
    assert EntrySubject.objects.get(fact="RoleGranted", subject=person.subject).organization == "BET"


def grant(person, by, **changes):
    given = {"role": "process_owner", "organization": None, "starts_on": DAY, "ends_on": None} | changes
    return acts.grant_role(person=person, by=by, on=DAY, **given)


def test_nobody_grants_himself_a_role(network, boss):
    with pytest.raises(Refused, match="himself"):
        grant(boss.person, boss, role="network_director")


def test_a_role_is_held_where_it_is_declared_for(network, boss, account):
    person = account().person
    with pytest.raises(Refused, match="held for one organization"):
        grant(person, boss, role="quality_manager")
    with pytest.raises(Refused, match="held for the network"):
        grant(person, boss, role="funder", organization=network.alpha)
    with pytest.raises(Refused, match="not declared"):
        grant(person, boss, role="emperor")


def test_the_same_role_is_not_held_twice_at_once(network, boss, account):
    person = account("process_owner", network.alpha).person
    with pytest.raises(Refused, match="already holds"):
        grant(person, boss, organization=network.alpha)
    grant(person, boss, organization=network.beta)


def test_a_role_ends_at_once_and_the_open_session_feels_it(network, boss, client_as):
    client = client_as("quality_manager", network.alpha)
    held = client.account.person.assignments.get()
    assert "Évaluer son organisme" in client.get("/people/me/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    acts.end_role(assignment=held, ends_on=None, reason="left", version=held.version, by=boss, on=today())
    assert (
        "Évaluer son organisme" not in client.get("/people/me/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    )
    assert facts_of(client.account.person) == ["RoleEnded"]


def test_a_role_may_be_given_a_last_day_to_come(network, boss, account):
    held = account("quality_manager", network.alpha).person.assignments.get()
    ended = acts.end_role(
        assignment=held, ends_on=date(2026, 12, 31), reason="moves", version=held.version, by=boss, on=DAY
    )
    assert ended.is_dated(on=date(2026, 12, 31))
    assert not ended.is_dated(on=date(2027, 1, 1))


def test_a_role_does_not_end_in_the_past_nor_twice(network, boss, account):
    held = account("quality_manager", network.alpha).person.assignments.get()
    with pytest.raises(Refused, match="in the past"):
        acts.end_role(assignment=held, ends_on=date(2026, 1, 1), reason="x", version=None, by=boss, on=DAY)
    acts.end_role(assignment=held, ends_on=None, reason="x", version=None, by=boss, on=DAY)
    with pytest.raises(Refused, match="already ended"):
        acts.end_role(assignment=held, ends_on=None, reason="x", version=None, by=boss, on=DAY)


def test_a_stale_form_is_a_conflict(network, boss, account):
    held = account("quality_manager", network.alpha).person.assignments.get()
    with pytest.raises(Conflict):
        acts.end_role(assignment=held, ends_on=None, reason="x", version=held.version - 1, by=boss, on=DAY)


def test_the_last_administrator_stays(network, boss, account):
    held = boss.person.assignments.get()
    local = account("administrator", network.alpha)
    with pytest.raises(Refused, match="last administrator"):
        acts.end_role(assignment=held, ends_on=None, reason="x", version=None, by=boss, on=DAY)
    with pytest.raises(Refused, match="last administrator"):
        acts.end_role(assignment=held, ends_on=date(2027, 1, 1), reason="x", version=None, by=boss, on=DAY)
    second = account("administrator")
    acts.end_account(person=second.person, reason="x", version=None, by=boss, on=DAY, at=NOW)
    assert list(network_administrators(on=DAY)) == [boss.person]
    assert local.is_active


def test_the_last_administrator_cannot_be_ended_by_a_stand_in(network, boss, account):
    other = account("administrator")
    acts.end_role(
        assignment=other.person.assignments.get(), ends_on=None, reason="x", version=None, by=boss, on=DAY
    )
    acts.name_stand_in(
        assignment=boss.person.assignments.get(),
        person=(stand_in := account()).person,
        starts_on=DAY,
        ends_on=DAY,
        by=(deputy := account("administrator")),
        on=DAY,
    )
    acts.end_account(person=deputy.person, reason="x", version=None, by=boss, on=DAY, at=NOW)
    acting = Account.objects.get(pk=stand_in.pk)
    assert acting.scope_on(DAY).may("manage_accounts")
    acting.scope = acting.scope_on(DAY)
    with pytest.raises(Refused, match="last administrator"):
        acts.end_account(person=boss.person, reason="x", version=None, by=acting, on=DAY, at=NOW)


def stand_in(assignment, person, by, **changes):
    given = {"starts_on": DAY, "ends_on": date(2026, 12, 6)} | changes
    return acts.name_stand_in(assignment=assignment, person=person, by=by, on=DAY, **given)


def test_a_stand_in_holds_the_role_for_the_days_named(network, boss, account):
    absent, other = account("quality_manager", network.alpha), account()
    made = stand_in(absent.person.assignments.get(), other.person, boss)
    assert made.stands_in_for == absent.person
    assert other.scope_on(date(2026, 12, 6)).may("assess_clause", network.alpha.pk)
    assert not other.scope_on(date(2026, 12, 7)).may("assess_clause", network.alpha.pk)
    assert facts_of(other.person) == ["StandInNamed"]


def test_a_stand_in_is_refused_with_the_reason(network, boss, account):
    absent, other = account("quality_manager", network.alpha), account()
    held = absent.person.assignments.get()
    with pytest.raises(Refused, match="stands in for himself"):
        stand_in(held, absent.person, boss)
    with pytest.raises(Refused, match="does not hold the role"):
        stand_in(held, other.person, boss, starts_on=date(2019, 1, 1))
    with pytest.raises(Refused, match="grants a role to himself"):
        stand_in(held, boss.person, boss)
    made = stand_in(held, other.person, boss)
    with pytest.raises(Refused, match="cannot be replaced"):
        stand_in(made, account().person, boss)
    with pytest.raises(Refused, match="Only the administration"):
        stand_in(held, account().person, other)


def test_an_account_ends_with_all_that_it_opens(network, boss, client_as):
    client = client_as("quality_manager", network.alpha)
    person = client.account.person
    acts.end_account(person=person, reason="left the house", version=person.version, by=boss, on=DAY, at=NOW)
    assert client.get("/people/me/").status_code == 302
    ended = Account.objects.get(person=person)
    assert not ended.is_active
    assert not ended.scope.abilities
    assert not person.assignments.not_over(on=DAY).exists()
    assert facts_of(person) == ["RoleEnded", "AccountEnded"]
    assert Person.objects.filter(pk=person.pk).exists()


def test_an_ended_account_refuses_its_password(network, boss, account, client):
    who = account("quality_manager", network.alpha)
    acts.end_account(person=who.person, reason="left", version=None, by=boss, on=DAY, at=NOW)
    client.post("/accounts/login/", {"login": who.email, "password": "correct horse battery staple"})
    assert "_auth_user_id" not in client.session


def test_nobody_ends_his_own_account(network, boss):
    with pytest.raises(Refused, match="own account"):
        acts.end_account(person=boss.person, reason="x", version=None, by=boss, on=DAY, at=NOW)


def test_the_administration_of_one_organization_ends_nobody_who_also_serves_elsewhere(
    network, account, stage
):
    mine, other = account("administrator", network.alpha), account("quality_manager", network.alpha)
    stage(
        lambda: RoleAssignment.objects.create(
            reference="R-B",
            person=other.person,
            role="internal_auditor",
            organization=network.beta,
            starts_on=DAY,
        )
    )
    with pytest.raises(Refused, match="also holds roles outside"):
        acts.end_account(person=other.person, reason="x", version=None, by=mine, on=DAY, at=NOW)


def test_a_correction_reaches_sign_in_and_is_recorded(network, boss, account):
    who = account("quality_manager", network.alpha)
    EmailAddress.objects.create(user=who, email=who.email, primary=True, verified=True)
    acts.correct_person(
        person=who.person,
        given_name="Ana",
        family_name="Nova",
        email="Ana.Nova@example.org",
        reason="married",
        version=who.person.version,
        by=boss,
    )
    again = Account.objects.get(pk=who.pk)
    assert (again.email, again.person.full_name, again.person.sort_key) == (
        "ana.nova@example.org",
        "Ana Nova",
        "nova ana",
    )
    assert EmailAddress.objects.get(user=again).email == "ana.nova@example.org"
    assert facts_of(who.person) == ["PersonCorrected"]
    with pytest.raises(Refused, match="already known"):
        acts.correct_person(
            person=boss.person,
            given_name="X",
            family_name="Y",
            email="ana.nova@example.org",
            reason="x",
            version=None,
            by=boss,
        )


def test_demo_accounts_cover_every_role_and_every_organization(network, client):
    made = acts.create_demo_accounts(
        organizations=[network.alpha, network.beta, network.central],
        by=automaton("demo"),
        on=date(2024, 1, 1),
    )
    assert len(made) == 12
    assert len({account.password for account in made}) == 1
    assert check_password(DEMO_PASSWORD, made[0].password)
    listed = demo_accounts()
    assert len(listed) == 10
    assert len({row.code for row in listed}) == 10
    assert {row.organization for row in listed} == {"", "Alphaville"}
    answer = client.post("/accounts/login/", {"login": "raq.bet@demo.example", "password": DEMO_PASSWORD})
    assert answer.status_code == 302
    assert int(client.session["_auth_user_id"]) == Account.objects.get(email="raq.bet@demo.example").pk


def test_demo_accounts_exist_in_a_demonstration_only(network, settings):
    settings.DIAPASON = settings.DIAPASON | {"demonstration": False, "fictional": False}
    with pytest.raises(Refused, match="demonstration"):
        acts.create_demo_accounts(organizations=[network.alpha], by=automaton("demo"), on=DAY)
    assert demo_accounts() == []


def test_an_invitation_leaves_with_its_link_and_the_trail_knows_no_address(boss, network):
    letter = Letter(title="Your account", text=f"https://example.org/{GAP}/", language="en")
    person, token = acts.invite_person(**invitation(organization=network.alpha), by=boss, letter=letter)
    posted = OutgoingMessage.objects.get()
    assert (posted.recipient, posted.about, posted.kind) == (person.email, person.subject, "invitation")
    assert posted.words.text == f"https://example.org/{token}/"
    assert posted.confidential
    entry = Entry.objects.order_by("number").last()
    facts = [fact["name"] for fact in json.loads(entry.statement)["facts"]]
    assert facts == ["PersonInvited", "RoleGranted", "MessageQueued"]
    assert person.email not in entry.statement
    assert token not in entry.statement
    again = acts.renew_invitation(person=person, version=None, by=boss, at=NOW, letter=letter)
    assert OutgoingMessage.objects.order_by("pk").last().words.text == f"https://example.org/{again}/"


def test_a_refused_invitation_leaves_no_message(account, network):
    letter = Letter(title="Your account", text=GAP, language="en")
    with pytest.raises(Refused):
        acts.invite_person(**invitation(organization=network.alpha), by=account("funder"), letter=letter)
    assert not OutgoingMessage.objects.exists()
