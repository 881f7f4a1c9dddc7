"""Check the door: sign-in, second factor, limits of sessions, and what the security log says."""

import json
import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.mailing.models import OutgoingMessage
from diapason.context.people import security_log
from diapason.context.people.acts.sign_in import choose_language

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def log(tmp_path):
    """Return `read()` → the lines written to the security log so far."""
    path = tmp_path / "security.jsonl"
    handler = security_log.AppendedLines(path)
    security_log.LOGGER.addHandler(handler)
    yield lambda: [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    security_log.LOGGER.removeHandler(handler)


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client, who, password=PASSWORD):
    return client.post(LOGIN, {"login": who.email, "password": password})


def prove_again(client):
    return client.post("/accounts/confirm/", {"password": PASSWORD})


def facts_of(who):
    return list(EntrySubject.objects.filter(subject=who.person.subject).values_list("fact", flat=True))


def test_address_and_password_open_the_door_whatever_the_case(account, client, log):
    who = account()
    answer = client.post(LOGIN, {"login": who.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert [(line["event"], line["account"]) for line in log()] == [("signed in", who.trail_name)]


def test_a_failure_is_logged_without_what_was_typed(account, client, log):
    who = account()
    assert sign_in(client, who, "wrong horse").status_code == 200
    assert client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong"}).status_code == 200
    assert [line["account"] for line in log()] == [who.trail_name, "unknown"]
    assert "wrong" not in json.dumps(log())
    assert "example.org" not in json.dumps(log())


def test_a_known_and_an_unknown_address_get_the_same_answer(account, client):
    who = account()
    known = sign_in(client, who, "wrong horse").content.decode()
    unknown = client.post(LOGIN, {"login": "x" * len(who.email), "password": "wrong"}).content.decode()
    assert (
        len(re.findall("errorlist", known)) == len(re.findall("errorlist", unknown)) or "errorlist" in known
    )


def test_guessing_is_stopped(account, client):
    who = account()
    for _ in range(6):
        sign_in(client, who, "wrong horse")
    sign_in(client, who)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    for path in ("/accounts/signup/", "/accounts/email/", "/accounts/3rdparty/"):
        assert client.get(path).status_code == 404


def test_the_second_factor_is_asked_for_and_its_failure_logged(account, client, log):
    who, secret = account(), generate_totp_secret()
    TOTP.activate(who, secret)
    answer = sign_in(client, who)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/people/me/").status_code == 302
    assert client.post(answer["Location"], {"code": "000000"}).status_code == 200
    assert log()[-1]["event"] == "second factor failed"
    assert client.post(answer["Location"], {"code": code_for(secret)}).status_code == 302
    assert client.get("/people/me/").status_code == 200


def test_adding_and_removing_an_application_is_recorded_and_gives_codes(
    account, client, django_capture_on_commit_callbacks
):
    who = account()
    sign_in(client, who)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith("/accounts/confirm/")
    prove_again(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert added["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(added["Location"]).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>|<li>[\w-]+</li>", codes)) == 10
    assert "<li>" not in re.search(r"<main.*</main>", client.get(added["Location"]).content.decode(), re.S)[0]
    assert sorted(facts_of(who)) == ["RecoveryCodesRenewed", "SecondFactorAdded"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert "SecondFactorRemoved" in facts_of(who)
    assert not Authenticator.objects.filter(user=who, type="totp").exists()


def test_a_changed_password_is_recorded_and_ends_other_sessions(account, client):
    who, other = account(), Client()
    sign_in(other, who)
    sign_in(client, who)
    assert UserSession.objects.filter(user=who).count() == 2
    answer = client.post(
        "/accounts/password/",
        {"oldpassword": PASSWORD, "password1": "four words you keep", "password2": "four words you keep"},
    )
    assert answer.status_code == 302
    assert facts_of(who) == ["PasswordChanged"]
    assert client.get("/people/me/").status_code == 200
    assert other.get("/people/me/").status_code == 302


@pytest.mark.parametrize("weak", ["short", "password1234", "elevencharc"])
def test_weak_passwords_are_refused(account, client, weak):
    sign_in(client, account())
    client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert client.get("/people/me/").status_code == 200
    assert not EntrySubject.objects.filter(fact="PasswordChanged").exists()


def test_a_forgotten_password_comes_back_by_mail(account, client):
    who = account()
    client.post("/accounts/password/forgotten/", {"email": who.email})
    posted = OutgoingMessage.objects.get()
    assert (posted.recipient, posted.about, posted.confidential) == (who.email, who.person.subject, True)
    link = re.search(r"https?://[^/]+(/accounts/password/new/\S+)", posted.words.text)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "four words you keep", "password2": "four words you keep"})
    assert "PasswordChanged" in facts_of(who)
    assert sign_in(Client(), who, "four words you keep").status_code == 302


def test_a_forgotten_password_of_nobody_sends_nothing(client):
    assert client.post("/accounts/password/forgotten/", {"email": "nobody@example.org"}).status_code == 302
    assert not OutgoingMessage.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Un nouveau mot de passe Diapason"), ("en", "A new Diapason password")]
)
def test_a_forgotten_password_is_answered_in_the_language_of_the_account(account, client, language, title):
    who = account()
    choose_language(who, language)
    client.post("/accounts/password/forgotten/", {"email": who.email}, headers={"accept-language": "de"})
    posted = OutgoingMessage.objects.get()
    assert (posted.title, posted.language) == (title, language)
    statement = Entry.objects.order_by("number").last().statement
    assert who.email not in statement
    assert posted.words.text not in statement


def test_every_other_session_can_be_ended(account, client):
    who, other = account(), Client()
    sign_in(other, who)
    sign_in(client, who)
    page = client.get("/accounts/sessions/").content.decode()
    assert page.count("127.0.0.1") == 2
    client.post("/accounts/sessions/")
    assert other.get("/people/me/").status_code == 302
    assert client.get("/people/me/").status_code == 200


def aged(client, **seconds):
    session = client.session
    for name, age in seconds.items():
        session[name] -= age
    session.save()


@pytest.mark.parametrize(
    ("ages", "open_still"),
    [
        ({"touched": 29 * 60}, True),
        ({"touched": 31 * 60}, False),
        ({"began": 11 * 3600 + 3000}, True),
        ({"began": 12 * 3600 + 60}, False),
    ],
)
def test_a_session_ends_by_rest_and_by_length(client_as, ages, open_still, log):
    client = client_as()
    assert client.get("/people/me/").status_code == 200
    aged(client, **ages)
    assert client.get("/people/me/").status_code == (200 if open_still else 302)
    assert ("session ended by time" in [line["event"] for line in log()]) is not open_still


def test_a_session_is_touched_once_a_minute_at_most(client_as, django_assert_max_num_queries):
    client = client_as()
    client.get("/people/me/")
    first = client.session["touched"]
    client.get("/people/me/")
    assert client.session["touched"] == first
    aged(client, touched=61)
    client.get("/people/me/")
    assert client.session["touched"] >= first


def test_each_page_knows_who_reads_and_when_the_session_ends_in_any_case(client_as):
    client = client_as()

    def told():
        body = re.search(r"<body[^>]*>", client.get("/people/me/").content.decode())[0]
        return dict(re.findall(r'data-(who|idle|left)="([^"]*)"', body))

    first = told()
    assert first["idle"] == "1800"
    assert 43190 <= int(first["left"]) <= 43200
    aged(client, began=11 * 3600)
    later = told()
    assert 3590 <= int(later["left"]) <= 3600
    assert later["who"] == first["who"]
    assert str(client.account.pk) != first["who"]
    client.logout()
    assert "data-who" not in client.get("/accounts/login/").content.decode()


def demand(settings):
    settings.DIAPASON = settings.DIAPASON | {"require_mfa": True}


def test_where_a_second_factor_is_demanded_nothing_opens_without(client_as, settings):
    client = client_as("administrator")
    demand(settings)
    for path in ("/people/me/", "/people/accounts/", "/"):
        assert client.get(path)["Location"] == reverse("mfa_index")
    assert client.post("/people/accounts/invite/")["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post("/accounts/logout/").status_code == 302


def test_with_a_second_factor_everything_opens_and_it_is_asked_once(
    client_as, settings, django_assert_num_queries
):
    client = client_as("administrator")
    demand(settings)
    TOTP.activate(client.account, generate_totp_secret())
    assert client.get("/people/me/").status_code == 200
    assert client.session["second_factor"] == client.account.pk


def test_recovery_codes_alone_are_no_second_factor(client_as, settings):
    client = client_as()
    demand(settings)
    Authenticator.objects.create(user=client.account, type="recovery_codes", data={})
    assert client.get("/people/me/")["Location"] == reverse("mfa_index")


def test_refusals_are_logged_by_page_and_person(client_as, network, account, log):
    client = client_as("research_staff", network.alpha)
    hidden = account("quality_manager", network.beta).person.identifier
    client.get("/people/accounts/")
    client.get(f"/people/accounts/{hidden}/")
    lines = [line for line in log() if line["event"] == "refused"]
    assert [(line["page"], line["status"], line["person"]) for line in lines] == [
        ("people:accounts", 403, client.account.trail_name),
        ("people:person", 404, client.account.trail_name),
    ]
    assert lines[1]["of"] == {"identifier": hidden}


def test_an_invitation_that_fails_is_logged_without_its_token(client, network, log):
    client.get("/people/invitation/not-a-real-token/")
    assert log()[-1]["page"] == "people:invitation"
    assert "not-a-real-token" not in json.dumps(log())


def test_a_line_cannot_be_forged(client, log, rf):
    request = rf.get("/x")
    request.resolver_match = None
    request.path = '/x\n{"event": "signed in"}'
    security_log.note("refused", request)
    assert len(log()) == 1


def test_the_log_is_appended_to_and_private(tmp_path):
    handler = security_log.AppendedLines(tmp_path / "log.jsonl")
    for text in ("one", "two"):
        handler.emit(logging.LogRecord("x", logging.INFO, "", 0, text, None, None))
    assert (tmp_path / "log.jsonl").read_text() == "one\ntwo\n"
    assert (tmp_path / "log.jsonl").stat().st_mode & 0o777 == 0o600


PAGES = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_generate_recovery_codes",
    "usersessions_list",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_sign_in_pages_hold_nothing_that_the_policy_forbids(client, account, name, language):
    who = account()
    if name not in PAGES[:4]:
        sign_in(client, who)
        prove_again(client)
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(who, generate_totp_secret())
    answer = client.get(reverse(name), HTTP_ACCEPT_LANGUAGE=language)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag
    assert len(re.findall(r"<h1", text)) == 1
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
