"""Show that many writers neither lose an update nor share a number (bar G18)."""

import os
import threading
from datetime import date

import pytest
from django.db import connections, transaction

from diapason.audit_trail import triggers, turns
from diapason.audit_trail.acts import act, automaton, record, reread, take_number
from diapason.audit_trail.models import Counter, Entry
from diapason.context.network.models import Partner
from diapason.kernel.facts import Fact
from diapason.kernel.verdicts import Conflict

pytestmark = [pytest.mark.database]
BY = automaton("tests")
WRITERS = 16
NUMBERS = 10_000 if os.environ.get("DIAPASON_FULL") == "1" else 512
"""Numbers taken by all writers together."""


class WriterWrote(Fact):
    """State that a writer wrote."""

    SENTENCE = "Writer wrote"


@act
def register(*, by):
    partner = Partner.objects.create(code="P", name="P", kind="funder")
    record(WriterWrote(subject="partner:P"), by=by)
    return partner


@act
def rename(*, partner, version, name, by, on):
    partner = reread(partner, version)
    partner.name = name
    partner.save(update_fields=["name"])
    record(WriterWrote(subject="partner:P"), by=by)


@act
def number(*, by):
    taken = take_number("CE", "ALP", 2026)
    record(WriterWrote(subject=f"certificate:{taken}"), by=by)
    return taken


@act
def hold(*, by, then):
    then()
    record(WriterWrote(subject="partner:P"), by=by)


@pytest.fixture
def committed(transactional_db):
    """Give a database in which acts commit; the triggers are away only while it is emptied."""
    triggers.install()
    yield
    triggers.drop()


def together(work, count):
    results, start = [], threading.Barrier(count)

    def run(index):
        try:
            start.wait(timeout=30)
            results.append(work(index))
        except Exception as error:  # noqa: BLE001 - the kind of failure is what is looked at
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=900)
    return results


def test_of_sixteen_writers_on_one_version_one_wins(committed):
    partner = register(by=BY)
    results = together(
        lambda index: rename(partner=partner, version=1, name=f"by {index}", by=BY, on=date(2026, 1, 1)),
        WRITERS,
    )
    assert [type(result) for result in results if result is not None] == [Conflict] * (WRITERS - 1)
    partner.refresh_from_db()
    assert partner.version == 2
    assert Entry.objects.count() == 2


@pytest.mark.timeout(1200)
def test_numbers_given_at_once_are_all_different(committed):
    each = NUMBERS // WRITERS
    results = together(lambda _: [number(by=BY) for _ in range(each)], WRITERS)
    flat = [taken for result in results for taken in result]
    assert len(set(flat)) == len(flat) == WRITERS * each
    assert Counter.objects.get(kind="CE").last == WRITERS * each
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(
        range(WRITERS * each)
    )


def test_writers_wait_in_a_queue(tmp_path, monkeypatch):
    monkeypatch.setattr(turns, "_queue", lambda: tmp_path / "network.sqlite3-writers")
    order, inside, go_on = [], threading.Event(), threading.Event()

    def first():
        with turns.turn_to_write():
            inside.set()
            go_on.wait(10)
            order.append("first")

    def second():
        with turns.turn_to_write():
            order.append("second")

    writers = [threading.Thread(target=first), threading.Thread(target=second)]
    writers[0].start()
    assert inside.wait(10)
    writers[1].start()
    writers[1].join(0.2)
    assert writers[1].is_alive() and order == [], "the second waits"
    go_on.set()
    for writer in writers:
        writer.join(10)
    assert order == ["first", "second"]


def test_within_a_transaction_nobody_queues_again(committed):
    with transaction.atomic():
        assert turns._queue() is None


@pytest.mark.timeout(30)
def test_what_follows_a_commit_writes_without_waiting_for_itself(committed):
    def follow():
        transaction.on_commit(lambda: taken.append(number(by=BY)))

    taken = []
    hold(by=BY, then=follow)
    assert len(taken) == 1
