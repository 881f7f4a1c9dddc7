"""Check the pages about persons and roles: they work, refuse, hide, and cost the same with more rows."""

from datetime import date

import pytest
from django.urls import reverse

from diapason.context.people.models import Account, Person, RoleAssignment
from diapason.kernel.clock import today

pytestmark = pytest.mark.django_db
TODAY = today().isoformat()


@pytest.fixture
def boss(client_as, network):
    """Return a client of the network's administration."""
    return client_as("administrator")


def page(client, url_name, *args, **query):
    return client.get(reverse(url_name, args=args), query, headers={"accept-language": "en"})


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data, headers={"accept-language": "en"})


def text(answer):
    return answer.content.decode()


def test_the_list_shows_roles_and_narrows(boss, network, account):
    anne, bert = account("quality_manager", network.alpha), account("process_owner", network.beta)
    shown = text(page(boss, "people:accounts"))
    assert anne.person.full_name in shown
    assert "Process owner" in shown
    narrowed = text(page(boss, "people:accounts", role="quality_manager"))
    assert anne.person.full_name in narrowed
    assert bert.person.full_name not in narrowed
    narrowed = text(page(boss, "people:accounts", organization="BET"))
    assert bert.person.full_name in narrowed
    assert anne.person.full_name not in narrowed
    assert anne.person.full_name in text(page(boss, "people:accounts", name=anne.person.family_name.upper()))
    assert anne.person.full_name not in text(page(boss, "people:accounts", state="closed"))


def test_the_list_costs_the_same_with_more_accounts(boss, network, account, assert_fixed_queries):
    account("quality_manager", network.alpha)
    queries = assert_fixed_queries(
        lambda: page(boss, "people:accounts"),
        lambda: [account("quality_manager", network.alpha) for _ in range(5)],
    )
    assert queries <= 8


def test_a_person_s_page_costs_the_same_with_more_roles(boss, network, account, stage, assert_fixed_queries):
    person = account("quality_manager", network.alpha).person

    def grow():
        for number, organization in enumerate((network.alpha, network.beta, network.central)):
            stage(
                lambda organization=organization, number=number: RoleAssignment.objects.create(
                    reference=f"R-X{number}",
                    person=person,
                    role="process_owner",
                    organization=organization,
                    starts_on=date(2021, 1, 1),
                )
            )

    assert assert_fixed_queries(lambda: page(boss, "people:person", person.identifier), grow) <= 13


def test_the_administration_of_a_house_sees_its_own_people_only(client_as, network, account):
    local = client_as("administrator", network.alpha)
    anne, bert = account("quality_manager", network.alpha), account("quality_manager", network.beta)
    shown = text(page(local, "people:accounts"))
    assert anne.person.full_name in shown
    assert bert.person.full_name not in shown
    assert page(local, "people:person", bert.person.identifier).status_code == 404
    assert page(local, "people:held", bert.person.assignments.get().reference).status_code == 404


def test_roles_held_elsewhere_stay_hidden_on_a_person_s_page(client_as, network, account, stage):
    local, anne = client_as("administrator", network.alpha), account("quality_manager", network.alpha)
    stage(
        lambda: RoleAssignment.objects.create(
            reference="R-B",
            person=anne.person,
            role="internal_auditor",
            organization=network.beta,
            starts_on=date(2021, 1, 1),
        )
    )
    shown = text(page(local, "people:person", anne.person.identifier))
    assert "R-B" not in shown
    assert "Internal auditor" not in shown


def test_an_invitation_from_the_form_to_the_first_sign_in(boss, network, client):
    assert page(boss, "people:new_invitation").status_code == 200
    given = {"given_name": "Ada", "family_name": "Lovelace", "email": "Ada@example.org", "starts_on": TODAY}
    refused = post(boss, "people:invite", **given, role="quality_manager", organization="network")
    assert "This role is held for one organization." in text(refused)
    assert not Person.objects.filter(email="ada@example.org").exists()
    made = post(boss, "people:invite", **given, role="quality_manager", organization="ALP")
    assert made["Cache-Control"] == "no-store"
    link = text(made).split('value="http://testserver')[1].split('"')[0]
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert "Ada Lovelace" in text(client.get(link))
    differing = post(client, "people:accept", token=token, new_password="four words you keep", again="other")
    assert "The two passwords differ." in text(differing)
    weak = post(client, "people:accept", token=token, new_password="password1234", again="password1234")
    assert weak.status_code == 200
    assert "too common" in text(weak)
    opened = post(
        client, "people:accept", token=token, new_password="four words you keep", again="four words you keep"
    )
    assert opened["Location"] == "/accounts/login/"
    assert client.get(link).status_code == 404
    client.post("/accounts/login/", {"login": "ada@example.org", "password": "four words you keep"})
    assert "Lovelace" in text(page(client, "people:me"))


def test_an_invitation_needs_a_name_an_address_and_a_place(boss):
    answer = text(post(boss, "people:invite"))
    assert answer.count("errorlist") >= 5


def test_granting_ending_and_standing_in_by_form(boss, network, account):
    person, other = (
        account("research_staff", network.alpha).person,
        account("process_owner", network.alpha).person,
    )
    granted = post(
        boss,
        "people:grant_role",
        person.identifier,
        role="quality_manager",
        organization="ALP",
        starts_on=TODAY,
    )
    assert granted.status_code == 302
    held = person.assignments.get(role="quality_manager")
    named = post(
        boss, "people:name_stand_in", held.reference, person=other.identifier, starts_on=TODAY, ends_on=TODAY
    )
    assert named.status_code == 302
    assert "stands in for" in text(page(boss, "people:person", other.identifier))
    assert "In force" in text(page(boss, "people:held", held.reference))
    assert post(boss, "people:end_role", held.reference, version=held.version, reason="").status_code == 200
    ended = post(boss, "people:end_role", held.reference, version=held.version, reason="leaves")
    assert ended.status_code == 302
    assert "withdrawn on" in text(page(boss, "people:person", person.identifier))


def test_a_stale_form_answers_409(boss, network, account):
    held = account("quality_manager", network.alpha).person.assignments.get()
    assert (
        post(boss, "people:end_role", held.reference, version=held.version + 1, reason="x").status_code == 409
    )


def test_the_last_administrator_is_told_why(boss):
    held = boss.account.person.assignments.get()
    answer = post(boss, "people:end_role", held.reference, version=held.version, reason="x")
    assert answer.status_code == 403
    assert "name another first" in text(answer)


def test_a_correction_a_new_link_and_an_ending_by_form(boss, network, account):
    who = account("quality_manager", network.alpha)
    person = who.person
    corrected = post(
        boss,
        "people:correct",
        person.identifier,
        given_name="Ana",
        family_name="Nova",
        email="ana@example.org",
        reason="married",
        version=person.version,
    )
    assert corrected.status_code == 302
    shown = text(page(boss, "people:person", person.identifier))
    assert "Ana Nova" in shown
    assert "married" in shown
    person.refresh_from_db()
    link = post(boss, "people:renew", person.identifier, version=person.version)
    assert "/people/invitation/" in text(link)
    person.refresh_from_db()
    ended = post(boss, "people:end", person.identifier, reason="left", version=person.version)
    assert ended.status_code == 302
    assert not Account.objects.get(pk=who.pk).is_active


def test_what_one_may_not_do_to_oneself_is_greyed_with_its_reason(boss):
    shown = text(page(boss, "people:person", boss.account.person.identifier))
    assert "Nobody grants a role to himself or herself." in shown
    assert "Nobody ends his or her own account." in shown


def test_the_roles_page_says_in_both_languages_what_each_may_do(client_as, network):
    client = client_as("funder")
    assert "Quality manager" in text(page(client, "people:roles"))
    french = text(client.get(reverse("people:roles"), headers={"accept-language": "fr"}))
    assert "Pilote de processus" in french
    assert "Évaluer son organisme, exigence par exigence" in french


def test_my_account_says_what_is_kept_and_never_when_i_came(client_as, network):
    client = client_as("research_staff", network.alpha)
    shown = text(page(client, "people:me"))
    assert "Research staff" in shown
    assert "Enter enrolment" in shown
    assert "last seen" not in shown.lower()


def test_the_language_is_kept_with_the_account(client_as, network):
    client = client_as("research_staff", network.alpha)
    assert post(client, "people:language", language="en").status_code == 302
    assert "My account" in text(client.get(reverse("people:me"), headers={"accept-language": "fr"}))
    assert post(client, "people:language", language="de").status_code == 200


def test_without_a_role_only_one_s_own_account_opens(client_as, network):
    client = client_as()
    assert page(client, "people:me").status_code == 200
    assert client.get("/")["Location"] == reverse("people:me")
    refused = page(client, "people:roles")
    assert refused.status_code == 403
    assert "You hold no role yet." in text(refused)


def test_the_demo_accounts_are_told_by_command_and_at_the_door(network, client, capsys):
    import json

    from django.core.management import CommandError, call_command

    from diapason.audit_trail.acts import automaton
    from diapason.context.people.acts import create_demo_accounts

    with pytest.raises(CommandError, match="No demo accounts"):
        call_command("demo_accounts")
    create_demo_accounts(organizations=[network.alpha], by=automaton("demo"), on=date(2024, 1, 1))
    call_command("demo_accounts", format="json")
    told = json.loads(capsys.readouterr().out)
    assert len(told) == 10
    assert {"email", "role", "password"} <= told[0].keys()
    call_command("demo_accounts")
    assert "coordination@demo.example" in capsys.readouterr().out
    assert "coordination@demo.example" in text(client.get("/accounts/login/"))
