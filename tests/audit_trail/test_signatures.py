"""A person signs exactly what was shown, with his or her own credentials, or nothing is signed."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.backends.cache import SessionStore
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from diapason.audit_trail import signatures
from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.models import Entry, Head, Signature
from diapason.kernel.verdicts import Refused
from tests.conftest import StageSet

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PASSWORD = "correct horse battery staple"
TEXT = "Édition 2026 des chiffres : 569 études promues, 5 000 inclusions."
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def signer(account, network):
    """Return somebody who may sign."""
    return account("quality_manager", network.alpha)


@pytest.fixture
def asked(signer):
    """Return `asked(text=…, **fields)` → the form as this person sends it."""

    def ask(text=TEXT, shown=None, who=None, **fields):
        request = RequestFactory().post("/")
        request.user, request.session = who or signer, SessionStore()
        data = {
            "shown": shown or signatures.hash_of(text),
            "meaning": "approval",
            "password": PASSWORD,
        } | fields
        return signatures.SignatureForm(
            {f"signing-{k}": v for k, v in data.items()}, request=request, text=text
        )

    return ask


def code_of(who):
    """Return the present code of the authenticator application of an account."""
    secret = totp.decrypt(Authenticator.objects.get(user=who, type="totp").data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def signed(form, by, text=TEXT, subject="edition:2026"):
    """Sign as a chapter's act does."""
    return signatures.sign(subject=subject, text=text, proof=form.proof, by=by, at=AT, organization="ALP")


def test_a_signature_says_who_when_what_and_by_which_means(asked, signer, django_capture_on_commit_callbacks):
    form = asked()
    assert form.is_valid(), form.errors
    with django_capture_on_commit_callbacks(execute=True):
        made = signed(form, signer)
    assert (made.number, made.person, made.name) == ("SG-ALP-2026-0001", signer.trail_name, str(signer))
    assert (made.meaning, made.method, made.text, made.signed_at) == ("approval", "password", TEXT, AT)
    assert made.is_weak
    assert made.holds_for(TEXT)
    assert not made.holds_for(TEXT + " ")
    entry = Entry.objects.get(act="signatures.sign")
    assert signatures.hash_of(TEXT) in entry.statement
    assert str(signer) not in entry.statement, "the name is personal: a commitment stands for it"
    assert Head.objects.latest("size").size > entry.number


def test_the_text_must_be_the_one_that_was_shown(asked, signer):
    other = asked(shown=signatures.hash_of("Another text"))
    assert not other.is_valid()
    assert other.proof is None
    form = asked()
    assert form.is_valid()
    with pytest.raises(Refused, match="changed since it was shown"):
        signed(form, signer, text=TEXT + " et une inclusion")
    assert not Signature.objects.exists()


def test_nobody_signs_for_another_nor_does_a_program(asked, signer, account, network):
    form = asked()
    assert form.is_valid()
    for other in (account("quality_manager", network.alpha), automaton("import")):
        with pytest.raises(Refused, match="credentials of the person"):
            signed(form, other)
    with pytest.raises(Refused):
        signatures.sign(subject="edition:2026", text=TEXT, proof=None, by=signer, at=AT)


def test_a_wrong_password_signs_nothing_and_five_close_the_form(asked):
    for _ in range(5):
        form = asked(password="wrong")
        assert not form.is_valid()
        assert "Nothing was signed" in str(form.errors) or "signé" in str(form.errors)
    form = asked()
    assert not form.is_valid(), "the right password comes too late"
    cache.clear()
    assert asked().is_valid()


def test_a_meaning_that_was_not_offered_is_refused(asked):
    assert not asked(meaning="").is_valid()
    assert not asked(meaning="love").is_valid()


def test_with_an_authenticator_the_code_is_needed(asked, signer):
    totp.TOTP.activate(signer, totp.generate_totp_secret())
    assert asked().asks_for_code
    assert not asked().is_valid()
    assert not asked(code="000000").is_valid()
    assert not asked(code=code_of(signer), password="wrong").is_valid()
    code = code_of(signer)
    form = asked(code=code)
    assert form.is_valid(), form.errors
    assert form.proof.method == "password_totp"
    assert not form.is_weak
    assert not asked(code=code).is_valid(), "a code serves once"


def test_a_recovery_code_serves_once(asked, signer):
    totp.TOTP.activate(signer, totp.generate_totp_secret())
    code = RecoveryCodes.activate(signer).get_unused_codes()[0]
    form = asked(code=code)
    assert form.is_valid()
    assert form.proof.method == "password_recovery"
    assert not asked(code=code).is_valid()


def test_where_a_second_factor_is_demanded_a_password_alone_does_not_sign(asked, settings):
    settings.DIAPASON = settings.DIAPASON | {"require_mfa": True}
    form = asked()
    assert not form.is_possible
    assert not form.is_valid()


def test_a_passkey_that_answers_another_challenge_is_refused(asked, signer, monkeypatch):
    monkeypatch.setattr(signatures, "factors_of", lambda _: {"webauthn"})
    form = asked(credential='{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}')
    with context.request_context(form.request):
        assert not form.is_valid()
    assert form.proof is None
    with context.request_context(form.request):
        assert not asked(credential="no json").is_valid()


def test_a_passkey_signs_without_a_password(asked, signer, monkeypatch):
    monkeypatch.setattr(signatures, "factors_of", lambda _: {"webauthn"})
    monkeypatch.setattr(signatures.webauthn, "parse_authentication_response", lambda response: response)
    monkeypatch.setattr(
        signatures.webauthn, "complete_authentication", lambda user, response: SimpleNamespace()
    )
    form = asked(credential='{"id": "AA"}', password="")
    assert form.is_valid(), form.errors
    assert form.proof.method == "passkey"


def test_the_act_of_a_chapter_and_the_signature_stand_or_fall_together(asked, signer):
    form = asked()
    assert form.is_valid()

    @act
    def freeze(*, by, at):
        signed(form, by)
        record(StageSet(subject="edition:2026"), by=by)
        raise RuntimeError("after all not")

    with pytest.raises(RuntimeError):
        freeze(by=signer, at=AT)
    assert not Signature.objects.exists()


def drawn(template, **context_values):
    return Template("{% load trail %}" + template).render(Context(context_values))


def test_the_form_shows_text_hash_meaning_and_level(asked):
    form = asked()
    html = drawn('{% include "audit_trail/sign_form.html" %}', signing=form, sign_url="/sign/", version=3)
    assert "569 études promues" in html
    assert form.short_hash in html
    assert signatures.hash_of(TEXT) in html
    assert "eIDAS" in html
    assert 'name="version" value="3"' in html
    assert "password" in html
    assert 'autocomplete="current-password"' in html
    assert PASSWORD not in html


def test_signatures_are_drawn_and_say_when_the_text_has_changed(asked, signer):
    form = asked()
    form.is_valid()
    made = signed(form, signer)
    Signature.objects.about("edition:2026").get()
    html = drawn("{% signatures subject text %}", subject="edition:2026", text=TEXT)
    assert made.name in html
    assert made.short_hash in html
    assert "state ok" in html
    assert "state warn" in drawn("{% signatures subject text %}", subject="edition:2026", text="Autre chose")
    assert drawn("{% signatures subject %}", subject="edition:1999").strip() == ""


def test_a_proof_does_not_outlive_its_text(asked, signer):
    form = asked()
    assert form.is_valid()
    assert signatures.may_sign(TEXT, proof=form.proof, by=signer)
    assert not signatures.may_sign("x", proof=form.proof, by=signer)


@pytest.mark.parametrize(("language", "said"), [("en", "weaker class"), ("fr", "classe plus faible")])
def test_a_signature_on_paper_names_its_class(asked, signer, language, said):
    form = asked()
    assert form.is_valid()
    made = signed(form, signer)
    with translation.override(language):
        (line,) = signatures.printed_lines("edition:2026")
    assert line.startswith(made.name)
    assert made.short_hash in line
    assert made.number in line
    assert said in line


def test_the_form_offers_the_passkey_without_inline_script(asked, monkeypatch):
    monkeypatch.setattr(signatures, "factors_of", lambda _: {"webauthn", "totp"})
    form = asked()
    with context.request_context(form.request):
        html = drawn('{% include "audit_trail/sign_form.html" %}', signing=form, sign_url="/sign/")
    assert "sign-passkey" in html
    assert "challenge" in html
    assert form.request.session["mfa.webauthn.state"]
    assert "state warn" not in html, "not the weaker class"
    scripts = [part.partition(">")[0] for part in html.split("<script")[1:]]
    assert scripts
    assert all("src=" in script or "application/json" in script for script in scripts)
