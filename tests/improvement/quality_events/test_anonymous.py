"""Check that an anonymous report leaves no sign of its declarer: not in the database, the trail, the jobs, the logs."""

import io
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

import run
from diapason.audit_trail.models import Entry
from diapason.context.people import security_log
from diapason.improvement.quality_events import collecting, jobs
from diapason.improvement.quality_events.acts import letters, messages, reporting
from diapason.improvement.quality_events.models import Declarer, EventMessage, Letter, QualityEvent
from diapason.improvement.quality_events.rules.wording import digest_of, new_code
from diapason.kernel.verdicts import Refused
from diapason.ui.nameless import Silence

from .conftest import ON

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS, BROWSER = "203.0.113.77", "Sentinelle/9.9"
WORDS = {"kind": "suggestion", "description": "Une seule armoire suffirait", "consequence": "none"}


def tables() -> dict[str, list[str]]:
    """Return every row of every table as text, SQLite's own counters included."""
    names = connection.introspection.table_names()
    if connection.vendor == "sqlite":
        names = [*names, "sqlite_sequence"]
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(repr(row) for row in cursor.fetchall())
    return found


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the rows that are new or other than before, by table."""
    news = {name: sorted(set(rows) - set(before[name])) for name, rows in after.items()}
    return {name: rows for name, rows in news.items() if rows}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return what the program's log would hold, through the filter of the settings."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.DEBUG)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Silence())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def declarer(client_as: Any, network: Any) -> Client:
    """Return the browser of somebody who is signed in, at an address that is easy to find again."""
    client: Client = client_as("research_staff", network.alpha)
    client.defaults |= {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_X_FORWARDED_FOR": ADDRESS,
    }
    client.get("/day/")
    session = client.session
    session["touched"] -= 120  # the next page that looks at the session writes the time into it
    session.save()
    return client


def signs(client: Any) -> list[str]:
    """Return everything by which the declarer could be found again."""
    person = client.account.person
    key = client.cookies[project.SESSION_COOKIE_NAME].value
    return [ADDRESS, BROWSER, person.identifier, person.family_name, person.email, key, digest_of(key)]


def send(client: Client, **more: str) -> Any:
    """Report without a name at the first house."""
    return client.post(reverse("quality_events:drop", args=["ALP"]), {**WORDS, **more})


def code_of(answer: Any) -> str:
    """Return the receipt code on the page."""
    found = re.search(r'class="receipt">([0-9A-Z-]{14})<', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def test_no_sign_of_the_declarer_anywhere(
    declarer: Any, people: Any, log: io.StringIO, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    jobs.begin()
    diary = Path(settings.DIAPASON["security_log"])
    lines = diary.read_bytes() if diary.exists() else b""
    before, entries = tables(), Entry.objects.count()
    answer = send(declarer)
    code = code_of(answer)
    assert declarer.get(reverse("quality_events:anonymous", args=["ALP"])).status_code == 200
    assert declarer.post(reverse("quality_events:follow_up"), {"code": code}).status_code == 200
    added = {"code": code, "text": "Celle du couloir"}
    assert declarer.post(reverse("quality_events:say_more"), added).status_code == 200
    for refused in (
        declarer.get(reverse("quality_events:anonymous", args=["NIL"])),
        declarer.post(reverse("quality_events:follow_up"), {"code": new_code()}),
        Client(enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS).post(
            reverse("quality_events:drop", args=["ALP"]), WORDS
        ),
    ):
        assert refused.status_code in {403, 404, 422}
    dropped = tables()
    assert set(changed(before, dropped)) <= {"quality_events_letter", "sqlite_sequence"}
    assert set(changed(dropped, before)) <= {"sqlite_sequence"}, "a row of before is no longer there"
    assert Entry.objects.count() == entries
    jobs.collect_daily.call()
    after = changed(before, tables())
    assert "quality_events_qualityevent" in after and "quality_events_declarer" not in after
    written = "\n".join(row for rows in after.values() for row in rows)
    export = "\n".join(Entry.objects.filter(number__gte=entries).values_list("statement", flat=True))
    queue = "\n".join(dropped["django_tasks_database_dbtaskresult"])
    news = (diary.read_bytes() if diary.exists() else b"")[len(lines) :].decode()
    for sign in signs(declarer):
        for place, text in {
            "rows": written,
            "trail": export,
            "jobs": queue,
            "log": log.getvalue(),
            "diary": news,
        }.items():
            assert sign not in text, f"{sign} in {place}"
    assert "Une seule armoire suffirait" in written, "the rows would show it if it were there"
    assert "EventReported" in export and "Une seule armoire suffirait" not in export
    assert "/events/anonymous/" not in log.getvalue() + news


def test_time_and_order_say_nothing(declarer: Any, people: Any, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    jobs.begin()
    kept = (
        "django_session",
        "people_account",
        "usersessions_usersession",
        "django_tasks_database_dbtaskresult",
    )
    session, before = declarer.session, tables()
    keys: list[set[int]] = []
    for number in range(12):
        code_of(send(declarer, description=f"Idée {number:02d}"))
        keys.append(set(Letter.objects.values_list("pk", flat=True)))
    after = tables()
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}
    assert dict(declarer.session) == dict(session)
    assert not any(one & other for one, other in zip(keys, keys[1:], strict=False)), "each letter lies anew"
    arrived = [f"Idée {number:02d}" for number in range(12)]
    with connection.cursor() as cursor:
        hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT description FROM quality_events_letter ORDER BY {hidden}")
        assert [row[0] for row in cursor.fetchall()] != arrived
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM quality_events_letter WHERE rowid <> id")
            assert cursor.fetchone()[0] == 0, "a hidden counter would tell the order"
        else:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM quality_events_letter")
            assert cursor.fetchone()[0] == 1
    columns = {field.get_internal_type() for field in Letter._meta.fields}
    assert not columns & {"DateField", "DateTimeField", "TimeField"}
    jobs.collect_daily.call()
    events = QualityEvent.objects.order_by("number")
    assert [event.description for event in events] != arrived
    assert {(event.reported_on, event.reported_at) for event in events} == {(events[0].reported_on, None)}


def test_no_cookie_no_cache_and_no_session_for_whoever_opens_the_page(network: Any) -> None:
    answer = Client().get(reverse("quality_events:anonymous", args=["ALP"]), {"language": "en"})
    assert answer.status_code == 200 and "Report without a name" in answer.content.decode()
    assert set(answer.cookies) == {project.CSRF_COOKIE_NAME}
    assert answer["Cache-Control"] == "no-store"
    assert not answer.wsgi_request.user.is_authenticated


def test_the_web_server_keeps_no_list_of_pages() -> None:
    assert not [word for word in run.SERVER if "access" in word]
    assert project.LOGGING["handlers"]["console"]["filters"] == ["nameless"]
    assert project.MIDDLEWARE[0] == "diapason.ui.nameless.Nameless", "what stands before could note who asks"


def test_a_failure_tells_its_kind_only() -> None:
    class Asked:
        is_nameless = True

    try:
        raise ValueError("Une seule armoire")
    except ValueError as error:
        told = (ValueError, error, error.__traceback__)
    record = logging.LogRecord(
        "django.request", logging.ERROR, "x", 1, "at %s", ("/events/anonymous/ALP/",), told
    )
    record.request = Asked()
    assert Silence().filter(record)
    assert record.getMessage() == "a nameless page failed: ValueError" and record.exc_info is None


def test_the_security_log_is_silent_about_nameless_pages_and_about_them_only(
    declarer: Any, monkeypatch: Any
) -> None:
    noted: list[str] = []
    monkeypatch.setattr(security_log.LOGGER, "info", lambda _, line: noted.append(line))
    declarer.get(reverse("quality_events:anonymous", args=["NIL"]))
    assert noted == []
    declarer.get(reverse("quality_events:event", args=["EV-NIL-2026-0001"]))
    assert len(noted) == 1 and ADDRESS in noted[0]


def test_both_ways_by_code(declarer: Any, people: Any) -> None:
    code = code_of(send(declarer))
    follow, add = reverse("quality_events:follow_up"), reverse("quality_events:say_more")
    assert "boîte aux lettres" in declarer.post(follow, {"code": code}).content.decode()
    declarer.post(add, {"code": code, "text": "Au deuxième étage"})
    declarer.post(add, {"code": code, "text": "Côté est"})
    assert Letter.objects.filter(is_reply=True).count() == 1
    assert letters.collect_letters(by=letters.BY, on=ON) == 1
    event = QualityEvent.objects.get()
    assert [one.text for one in event.messages.all()] == ["Au deuxième étage\n\nCôté est"]
    messages.answer_declarer(event=event, text="Bonne idée, en place en mars.", by=people.manager, on=ON)
    seen = declarer.post(follow, {"code": code.lower().replace("-", " ")}).content.decode()
    assert "en place en mars" in seen
    declarer.post(add, {"code": code, "text": "Merci"})
    assert EventMessage.objects.filter(from_declarer=True).count() == 1, "it waits for the next collection"
    letters.collect_letters(by=letters.BY, on=ON)
    assert EventMessage.objects.filter(from_declarer=True).count() == 2
    assert not Declarer.objects.exists() and not Letter.objects.exists()


def test_sent_twice_it_lies_there_once_and_a_used_receipt_gets_a_new_code(network: Any) -> None:
    client, code = Client(), new_code()
    assert code_of(send(client, receipt=code)) == code
    assert code_of(send(client, receipt=code)) == code
    assert Letter.objects.count() == 1
    other = code_of(send(client, receipt=code, description="Autre chose"))
    assert other != code and Letter.objects.count() == 2
    assert code_of(send(client, receipt="AAAA", description="Encore")) != "AAAA"


def test_deviations_and_contacts_are_not_taken(network: Any) -> None:
    client = Client()
    assert send(client, kind="deviation").status_code == 422
    assert send(client, description="Appelez-moi au 06 12 34 56 78").status_code == 422
    assert not Letter.objects.exists()
    report = reporting.Report(
        "x", "none", network.alpha, level="anonymous", kind="deviation", receipt_digest="d"
    )
    with pytest.raises(Refused, match="without a name"):
        letters.drop_letter(report=report, by=letters.BY)


def test_a_flooded_box_refuses_and_loses_nothing(network: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(letters, "MOST_WAITING", 2)
    client = Client()
    for number in range(2):
        assert send(client, description=f"Idée {number}").status_code == 200
    assert send(client, description="Une de trop").status_code == 422
    assert Letter.objects.count() == 2


def test_the_box_is_emptied_once_a_day_at_its_hour(network: Any, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    for after, then in (
        (datetime(2026, 11, 23, 3, 59, tzinfo=UTC), datetime(2026, 11, 23, 4, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), datetime(2026, 7, 2, 3, 0, tzinfo=UTC)),
    ):
        assert collecting.next_collection(after) == then
    jobs.begin()
    jobs.begin()
    waiting = DBTaskResult.objects.get(task_path=jobs.collect_daily.module_path)
    assert waiting.run_after == collecting.next_collection(timezone.now())


def test_a_kind_no_longer_taken_does_not_block_the_box(network: Any) -> None:
    Letter.objects.create(
        organization=network.alpha,
        kind="gone",
        description="Idée",
        consequence="none",
        receipt_digest="d" * 64,
    )
    assert letters.collect_letters(by=letters.BY, on=ON) == 1
    assert QualityEvent.objects.get().kind in {"suggestion", "organization"}


def test_the_poster_is_for_the_house(client_as: Any, network: Any) -> None:
    client = client_as("research_staff", network.alpha)
    shown = client.get(reverse("quality_events:poster", args=["ALP"])).content.decode()
    assert "/events/anonymous/ALP/" in shown and "data:image/svg+xml;base64," in shown
    assert client.get(reverse("quality_events:poster", args=["BET"])).status_code == 403
