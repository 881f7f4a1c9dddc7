"""Check what is put into the outbox, what becomes of it, and what the trail says."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from diapason.audit_trail.acts import NoOpenAct, automaton
from diapason.audit_trail.models import Entry
from diapason.context.mailing import acts
from diapason.context.mailing.models import MessageText, OutgoingMessage
from diapason.context.mailing.rules import Letter
from diapason.kernel.verdicts import Conflict, Refused

from .conftest import LETTER

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = automaton("tests")
State = OutgoingMessage.State


def last_entry():
    return json.loads(Entry.objects.order_by("number").last().statement)


def facts():
    return [(fact["name"], fact["values"]) for fact in last_entry()["facts"]]


def test_a_post_is_part_of_the_act_that_calls_it(post, server):
    posted = post(at=NOW)
    assert posted.key == "MSG-OUT-2026-0001"
    assert (posted.state, posted.next_attempt_at, posted.words.text) == (State.QUEUED, NOW, "Some words.")
    assert facts() == [("MessageQueued", {"kind": "test", "about": "person:P-1", "leaves": True})]
    text = json.dumps(last_entry())
    assert not any(word in text for word in ("ada@example.org", "A title", "Some words"))


def test_a_post_outside_an_act_is_refused(db):
    with pytest.raises(NoOpenAct):
        acts.post(to="a@example.org", letter=LETTER, kind="test", about="", by=BY, at=NOW)
    assert not OutgoingMessage.objects.exists()


def test_a_refused_act_posts_nothing(post, server, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as woken, pytest.raises(ValueError, match="refused"):
        post(refuse=True)
    assert woken == []
    assert not OutgoingMessage.objects.exists()


def test_the_worker_is_woken_after_the_commit_only(
    post, server, monkeypatch, django_capture_on_commit_callbacks
):
    delays = []
    monkeypatch.setattr(acts, "_wake", [delays.append])
    with django_capture_on_commit_callbacks() as woken:
        post(at=NOW, not_before=NOW + timedelta(hours=3))
        assert delays == []
    for callback in woken:
        callback()
    assert delays == [timedelta(hours=3)]


def test_a_title_stays_on_one_line(post):
    letter = Letter(title="Hello\r\nBcc: all@example.org", text="x", language="fr")
    assert post(letter=letter).title == "Hello Bcc: all@example.org"


def test_a_demonstration_keeps_every_message_to_be_read(
    post, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as woken:
        posted = post(confidential=True)
    assert woken == []
    assert (posted.state, posted.next_attempt_at, posted.words.text) == (State.KEPT, None, "Some words.")


def test_without_a_server_nothing_waits_and_no_link_is_stored(post, settings):
    settings.DIAPASON = {**settings.DIAPASON, "demonstration": False}
    posted, secret = post(), post(confidential=True, at=NOW)
    assert (posted.state, posted.words.text) == (State.KEPT, "Some words.")
    assert (secret.state, secret.text_removed_at) == (State.KEPT, NOW)
    assert not MessageText.objects.filter(message=secret).exists()


def test_words_with_a_link_go_once_sent(post, server):
    plain, secret = post(), post(confidential=True)
    for each in (plain, secret):
        assert acts.claim(each, at=NOW) == "Some words."
        assert acts.claim(each, at=NOW) is None, "another worker holds it"
        acts.note_sent(outgoing=each, by=BY, at=NOW)
        assert facts() == [("MessageSent", {"attempt": 1})]
    assert list(MessageText.objects.values_list("message__key", flat=True)) == [plain.key]
    secret.refresh_from_db()
    assert (secret.state, secret.sent_at, secret.text_removed_at) == (State.SENT, NOW, NOW)


def test_a_claim_ends_by_itself(post, server):
    posted = post()
    assert acts.claim(posted, at=NOW)
    assert acts.claim(posted, at=NOW + timedelta(minutes=9)) is None
    assert acts.claim(posted, at=NOW + timedelta(minutes=11))


def test_what_a_server_says_is_personal(post, server):
    posted = post()
    acts.note_failure(
        outgoing=posted, problem="SMTPRecipientsRefused", details="ada@example.org\nunknown", by=BY, at=NOW
    )
    posted.refresh_from_db()
    assert posted.last_error == "ada@example.org unknown"
    assert "ada@example.org" not in json.dumps(last_entry())
    assert facts()[0][1]["problem"] == "SMTPRecipientsRefused"


def test_a_message_is_sent_again(post, server, account, network):
    boss, posted = account("administrator"), post()
    with pytest.raises(Refused, match="already waits"):
        acts.queue_again(outgoing=posted, version=None, by=boss, at=NOW)
    acts.note_sent(outgoing=posted, by=BY, at=NOW)
    posted.refresh_from_db()
    again = acts.queue_again(outgoing=posted, version=posted.version, by=boss, at=NOW)
    assert (again.state, again.attempts, again.sent_at, again.next_attempt_at) == (State.QUEUED, 0, None, NOW)
    assert facts() == [("MessageRequeued", {"leaves": True})]
    with pytest.raises(Conflict):
        acts.queue_again(outgoing=posted, version=posted.version, by=boss, at=NOW)


@pytest.mark.parametrize("role", ["funder", "network_coordinator", "quality_manager"])
def test_only_the_administration_sends_again(post, account, network, role):
    posted = post()
    with pytest.raises(Refused, match="Only the administration"):
        acts.queue_again(outgoing=posted, version=None, by=account(role, network.alpha), at=NOW)


def test_an_administration_of_one_house_sends_its_own_again(post, account, network):
    local = account("administrator", network.alpha)
    own, other = post(by=local), post()
    assert acts.queue_again(outgoing=own, version=own.version, by=local, at=NOW).state == State.KEPT
    with pytest.raises(Refused):
        acts.queue_again(outgoing=other, version=None, by=local, at=NOW)


def test_words_that_are_gone_cannot_leave_again(post, server, account, network):
    posted = post(confidential=True)
    acts.note_sent(outgoing=posted, by=BY, at=NOW)
    with pytest.raises(Refused, match="removed"):
        acts.queue_again(outgoing=posted, version=None, by=account("administrator"), at=NOW)


def test_old_texts_are_removed_and_listed(post):
    old = [post(at=NOW - timedelta(days=91)) for _ in range(2)]
    link = post(at=NOW - timedelta(days=8), confidential=True)
    fresh = [post(at=NOW - timedelta(days=89)), post(at=NOW - timedelta(days=6), confidential=True)]
    outdated = list(OutgoingMessage.objects.outdated(days=90, at=NOW))
    assert acts.remove_texts(outgoing=outdated, by=BY, at=NOW) == 3
    gone = sorted(each.key for each in [*old, link])
    assert facts() == [("MessageTextsRemoved", {"count": 3, "messages": gone})]
    left = MessageText.objects.values_list("message__key", flat=True)
    assert sorted(left) == sorted(each.key for each in fresh)
    assert set(OutgoingMessage.objects.filter(text_removed_at=NOW).values_list("key", flat=True)) == set(gone)
    entries = Entry.objects.count()
    assert acts.remove_texts(outgoing=outdated, by=BY, at=NOW) == 0
    assert Entry.objects.count() == entries


def test_a_waiting_message_keeps_its_words(post, server):
    post(at=NOW - timedelta(days=400))
    assert not OutgoingMessage.objects.outdated(days=90, at=NOW).exists()
