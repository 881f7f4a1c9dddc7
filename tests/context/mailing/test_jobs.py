"""Check the job: what it sends, how often it tries, and when it comes back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail import jobs as trail_jobs
from diapason.audit_trail.models import EntrySubject
from diapason.context.mailing import acts, jobs
from diapason.context.mailing.models import MessageText, OutgoingMessage
from diapason.context.mailing.rules import RETRIES
from diapason.kernel.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = OutgoingMessage.State


@pytest.fixture
def queued(settings):
    """Queue jobs in the database, where nobody runs them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def at(monkeypatch):
    """Return `at(moment)`: what the job takes for the present."""
    return lambda moment: monkeypatch.setattr(jobs, "now", lambda: moment)


def facts_of(message):
    found = EntrySubject.objects.filter(subject=message.subject).order_by("entry_number", "position")
    return list(found.values_list("fact", flat=True))


def test_a_message_leaves_as_plain_text(post, server):
    posted = post()
    assert jobs.send_due() == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ada@example.org"], "A title", "Some words.")
    headers = sent.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "en"
    assert headers["Message-ID"].startswith(f"<{posted.key}.")
    assert headers["From"] == server.DEFAULT_FROM_EMAIL
    posted.refresh_from_db()
    assert (posted.state, posted.attempts) == (State.SENT, 1)
    assert facts_of(posted) == ["MessageQueued", "MessageSent"]
    assert jobs.send_due() == 0
    assert len(mail.outbox) == 1


def test_nothing_leaves_before_its_time(post, server, at):
    start = now()
    post(at=start, not_before=start + timedelta(hours=1))
    assert jobs.send_due() == 0
    at(start + timedelta(hours=1))
    assert jobs.send_due() == 1


def test_a_message_of_another_worker_is_left_alone(post, server):
    acts.claim(post(), at=now())
    assert jobs.send_due() == 0
    assert mail.outbox == []


def test_a_failing_server_is_tried_again_then_given_up(post, broken, at):
    moment = now()
    posted = post(at=moment)
    for number, wait in enumerate(RETRIES, start=1):
        at(moment)
        assert jobs.send_due() == 0
        posted.refresh_from_db()
        assert (posted.state, posted.attempts) == (State.FAILED, number)
        assert posted.next_attempt_at == moment + wait
        at(moment + wait - timedelta(seconds=1))
        jobs.send_due()
        posted.refresh_from_db()
        assert posted.attempts == number, "tried before its time"
        moment += wait
    at(moment)
    jobs.send_due()
    posted.refresh_from_db()
    assert (posted.state, posted.attempts, posted.next_attempt_at) == (State.ABANDONED, 6, None)
    assert posted.last_error == "nobody@example.org: no"
    assert facts_of(posted) == ["MessageQueued", *["MessageFailed"] * 5, "MessageAbandoned"]
    assert MessageText.objects.filter(message=posted).exists(), "somebody may send it again"


def test_a_message_given_up_leaves_when_the_server_is_back(post, broken, at, account, network):
    moment = now()
    posted = post(at=moment)
    for wait in [*RETRIES, timedelta(0)]:
        at(moment)
        jobs.send_due()
        moment += wait
    posted.refresh_from_db()
    assert posted.state == State.ABANDONED
    broken.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    acts.queue_again(outgoing=posted, version=posted.version, by=account("administrator"), at=moment)
    at(moment)
    assert jobs.send_due() == 1
    posted.refresh_from_db()
    assert (posted.state, posted.attempts, posted.last_error) == (State.SENT, 1, "")


def test_one_refusal_does_not_stop_the_others(post, server):
    bad = post(to="line\nend@example.org")
    good = post()
    assert jobs.send_due() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (State.FAILED, State.SENT)


def test_a_demonstration_sends_nothing_even_with_a_server(post, server):
    posted = post()
    server.DIAPASON = {**server.DIAPASON, "demonstration": True}
    assert jobs.send_due() == 0
    assert mail.outbox == []
    posted.refresh_from_db()
    assert posted.state == State.QUEUED


def test_old_words_are_removed_in_acts_of_a_hundred(post, monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 2)
    old = now() - timedelta(days=100)
    for _ in range(3):
        post(at=old)
    fresh = post()
    assert jobs.remove_old(at=now()) == 3
    assert EntrySubject.objects.filter(fact="MessageTextsRemoved").count() == 2
    assert [each.message_id for each in MessageText.objects.all()] == [fresh.pk]


def waiting():
    return DBTaskResult.objects.filter(task_path=jobs.run_outbox.module_path)


def test_the_worker_begins_with_the_outbox_once(queued, db):
    trail_jobs.begin()
    trail_jobs.begin()
    assert waiting().count() == 1


def test_the_job_comes_back_within_the_hour(queued, db):
    jobs.run_outbox.func()
    (again,) = waiting()
    assert timedelta(minutes=59) < again.run_after - timezone.now() <= timedelta(hours=1)


def test_the_job_comes_back_when_the_next_message_is_due(queued, post, broken):
    post()
    jobs.run_outbox.func()
    (again,) = waiting()
    assert timedelta(seconds=50) < again.run_after - timezone.now() <= timedelta(minutes=1)


def test_a_post_wakes_the_worker_after_the_commit(queued, post, server, django_capture_on_commit_callbacks):
    jobs.wake(jobs.HOUR)
    with django_capture_on_commit_callbacks(execute=True):
        post()
        assert waiting().count() == 1
    assert waiting().count() == 2
    assert waiting().order_by("run_after").first().run_after <= timezone.now()
