"""Check the pages of the outbox: they work, refuse, hide, and cost the same with more rows."""

import pytest
from django.urls import reverse

from diapason.context.mailing import acts
from diapason.context.mailing.models import OutgoingMessage
from diapason.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client_as, network):
    """Return a client of the network's administration."""
    return client_as("administrator")


def page(client, name, *args, language="en", **query):
    return client.get(reverse(name, args=args), query, headers={"accept-language": language})


def text(answer):
    return answer.content.decode()


def test_the_list_shows_and_narrows(boss, post, server):
    waiting, done = post(to="ada@example.org"), post(to="bea@example.org")
    acts.note_sent(outgoing=done, by=boss.account, at=now())
    shown = text(page(boss, "mailing:messages"))
    assert waiting.key in shown
    assert done.key in shown
    assert "mail.example.org" in shown
    narrowed = text(page(boss, "mailing:messages", state="sent"))
    assert done.key in narrowed
    assert waiting.key not in narrowed
    narrowed = text(page(boss, "mailing:messages", address="ada@"))
    assert waiting.key in narrowed
    assert done.key not in narrowed


def test_the_list_says_that_nothing_leaves(boss, post, settings):
    post()
    shown = text(page(boss, "mailing:messages"))
    assert "nothing leaves this machine" in shown
    assert "Not sent: demonstration" in shown
    assert "rien ne quitte cette machine" in text(page(boss, "mailing:messages", language="fr"))
    settings.DIAPASON = {**settings.DIAPASON, "demonstration": False}
    shown = text(page(boss, "mailing:messages"))
    assert "No mail server is set up" in shown
    assert "Not sent: no mail server" in shown


def test_the_list_costs_the_same_with_more_messages(boss, post, assert_fixed_queries):
    post()
    queries = assert_fixed_queries(lambda: page(boss, "mailing:messages"), lambda: [post() for _ in range(5)])
    assert queries <= 6


def test_a_message_shows_its_words_and_its_story(boss, post, assert_fixed_queries):
    posted = post()
    shown = text(page(boss, "mailing:message", posted.key))
    for words in (
        "A title",
        "Some words.",
        "ada@example.org",
        "Not sent: demonstration",
        "put into the outbox",
    ):
        assert words in shown
    assert assert_fixed_queries(lambda: page(boss, "mailing:message", posted.key), post) <= 10


def test_a_link_that_signs_in_is_read_by_nobody_outside_a_demonstration(boss, post, server):
    posted = post(confidential=True)
    answer = page(boss, "mailing:message", posted.key)
    assert "Some words." not in text(answer)
    assert "nobody reads it here" in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    server.DIAPASON = {**server.DIAPASON, "demonstration": True}
    assert "Some words." in text(page(boss, "mailing:message", posted.key))


def test_sending_again(boss, post, server):
    posted = post()
    assert "already waits" in text(page(boss, "mailing:message", posted.key))
    acts.note_sent(outgoing=posted, by=boss.account, at=now())
    posted.refresh_from_db()
    answer = boss.post(reverse("mailing:send_again", args=[posted.key]), {"version": posted.version})
    assert answer.headers["Location"] == posted.get_absolute_url()
    posted.refresh_from_db()
    assert posted.state == OutgoingMessage.State.QUEUED
    assert boss.post(answer.headers["Location"] + "again/", {"version": 1}).status_code == 409


@pytest.mark.parametrize("role", ["network_coordinator", "quality_manager", "funder"])
def test_others_are_refused_or_know_nothing(client_as, network, post, role):
    posted, client = post(), client_as(role, network.alpha)
    assert page(client, "mailing:messages").status_code == 403
    assert page(client, "mailing:message", posted.key).status_code == 404
    assert client.post(reverse("mailing:send_again", args=[posted.key])).status_code == 404


def test_the_administration_of_a_house_sees_what_it_had_written(client_as, network, post):
    local = client_as("administrator", network.alpha)
    own, other = post(by=local.account), post()
    shown = text(page(local, "mailing:messages"))
    assert own.key in shown
    assert other.key not in shown
    assert page(local, "mailing:message", own.key).status_code == 200
    assert page(local, "mailing:message", other.key).status_code == 404


def test_an_invitation_is_mailed_in_the_language_of_the_page_and_shown_once(boss, network):
    data = {
        "given_name": "Ada", "family_name": "Marche", "email": "ada@example.org", "role": "quality_manager",
        "organization": "ALP", "starts_on": "2026-11-23", "ends_on": "",
    }  # fmt: skip
    answer = boss.post(reverse("people:invite"), data, headers={"accept-language": "fr"})
    posted = OutgoingMessage.objects.get()
    assert (posted.title, posted.language) == ("Votre compte Diapason", "fr")
    link = next(line for line in posted.words.text.splitlines() if line.startswith("http"))
    assert link in text(answer)
    assert "remettez le lien vous-même" in text(answer)
    assert boss.get(link).status_code == 200
