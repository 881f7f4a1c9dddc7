"""Give the tests of the outbox a way to post, a mail server that leaves, and one that fails."""

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from diapason.audit_trail.acts import act, automaton
from diapason.context.mailing import acts
from diapason.context.mailing.rules import Letter
from diapason.kernel.clock import now

LETTER = Letter(title="A title", text="Some words.", language="en")


class Broken(BaseEmailBackend):
    """Be a mail server that refuses everything."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody@example.org: no")


@act
def write_to_somebody(*, by, at, refuse=False, **changes):
    """Be the act of another chapter that posts."""
    details = {"to": "ada@example.org", "letter": LETTER, "kind": "test", "about": "person:P-1"} | changes
    posted = acts.post(**details, by=by, at=at)
    if refuse:
        raise ValueError("refused")
    return posted


@pytest.fixture
def post(db):
    """Return `post(**changes)`: a message written by an act, now."""
    return lambda by=None, at=None, **changes: write_to_somebody(
        by=by or automaton("tests"), at=at or now(), **changes
    )


@pytest.fixture
def server(settings):
    """Set up a mail server: Django's own in memory."""
    described = {"mail_server": {"host": "mail.example.org", "port": 587}, "demonstration": False}
    settings.DIAPASON = {**settings.DIAPASON, **described}
    return settings


@pytest.fixture
def broken(server):
    """Set up a mail server that refuses everything."""
    server.EMAIL_BACKEND = "tests.context.mailing.conftest.Broken"
    return server
