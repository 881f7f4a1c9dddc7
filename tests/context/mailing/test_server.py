"""Check how the operator's mail server is read from the environment."""

import pytest
from django.core.checks import run_checks

from diapason.context.mailing.server import NOTHING_LEAVES, mail_settings, mistakes, outbox_settings

GIVEN = {"DIAPASON_MAIL_HOST": "mail.example.org", "DIAPASON_MAIL_FROM": "Diapason <qualite@example.org>"}


def test_without_a_server_nothing_can_leave():
    assert mail_settings({})["EMAIL_BACKEND"] == NOTHING_LEAVES
    told = outbox_settings({})
    assert told == {"mail_server": {"host": "", "port": 587}, "mail_text_days": 90, "mail_mistakes": []}


@pytest.mark.parametrize(
    ("tls", "port", "starttls", "whole"),
    [
        ("", 587, True, False),
        ("STARTTLS", 587, True, False),
        ("tls", 465, False, True),
        ("none", 25, False, False),
    ],
)
def test_the_connection_is_encrypted_unless_told_otherwise(tls, port, starttls, whole):
    found = mail_settings({**GIVEN, "DIAPASON_MAIL_TLS": tls})
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, starttls, whole)
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert found["DEFAULT_FROM_EMAIL"] == "Diapason <qualite@example.org>"


def test_an_unknown_encryption_still_encrypts():
    assert mail_settings({**GIVEN, "DIAPASON_MAIL_TLS": "tsl"})["EMAIL_USE_TLS"] is True


def test_the_password_comes_from_a_file(tmp_path):
    path = tmp_path / "password"
    path.write_text("secret\n", encoding="utf-8")
    given = {**GIVEN, "DIAPASON_MAIL_USER": "diapason", "DIAPASON_MAIL_PASSWORD_FILE": str(path)}
    assert mail_settings(given)["EMAIL_HOST_PASSWORD"] == "secret"
    assert mistakes(given) == []


@pytest.mark.parametrize(
    ("given", "about"),
    [
        ({"DIAPASON_MAIL_TLS": "tsl"}, "DIAPASON_MAIL_TLS"),
        ({"DIAPASON_MAIL_PORT": "smtp"}, "DIAPASON_MAIL_PORT"),
        ({"DIAPASON_MAIL_FROM": ""}, "DIAPASON_MAIL_FROM"),
        ({"DIAPASON_MAIL_PASSWORD_FILE": "/nowhere/at/all"}, "cannot be read"),
        ({"DIAPASON_MAIL_USER": "diapason"}, "needs DIAPASON_MAIL_PASSWORD_FILE"),
    ],
)
def test_each_mistake_is_named(given, about):
    (sentence,) = mistakes({**GIVEN, **given})
    assert about in sentence


def test_a_password_never_travels_in_the_clear(tmp_path):
    path = tmp_path / "password"
    path.write_text("secret", encoding="utf-8")
    given = {"DIAPASON_MAIL_USER": "d", "DIAPASON_MAIL_PASSWORD_FILE": str(path), "DIAPASON_MAIL_TLS": "none"}
    assert "without encryption" in mistakes({**GIVEN, **given})[0]


def test_a_mistake_stops_the_start(settings):
    settings.DIAPASON = {**settings.DIAPASON, "mail_mistakes": ["A sentence."]}
    assert [error.msg for error in run_checks() if error.id == "mailing.E001"] == ["A sentence."]
