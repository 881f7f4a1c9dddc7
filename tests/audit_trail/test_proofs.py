"""What the application signs and writes is what the stand-alone verifier accepts."""

from __future__ import annotations

import json
import stat
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import Error
from django_tasks_db.management.commands import db_worker

from diapason.audit_trail import heads, jobs, keys, proofs
from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry, Head, Opening, SigningKey
from diapason.kernel import clock
from tests.audit_trail import forge

pytestmark = [pytest.mark.django_db, pytest.mark.database]
VERIFIER = forge.verifier()


@pytest.fixture(autouse=True)
def _own_keys(tmp_path, settings):
    settings.DIAPASON = settings.DIAPASON | {"keys": tmp_path / "keys"}


@pytest.fixture
def exported(tmp_path):
    """Return `exported(leaves=…, heads=…)` → the path of a file that the application wrote."""

    def write(name="trail.jsonl", lines=None):
        path = tmp_path / name
        path.write_bytes(b"".join(lines or proofs.trail_lines()))
        return path

    return write


@pytest.fixture
def queued(settings, monkeypatch):
    """Have jobs wait in the database, as in an instance; this process keeps its signals and its connection."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(db_worker.Worker, "configure_signals", lambda self: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def test_the_export_is_accepted(network, account, exported):
    account("quality_manager", network.alpha)
    heads.sign_head("test")
    told = VERIFIER.check_trail(exported())
    assert told[0].startswith(f"{Entry.objects.count()} entrées intactes")


def test_a_head_is_signed_once_for_a_tree_that_did_not_grow(network, account):
    one = heads.sign_head("test")
    assert heads.sign_head("test") == one
    account()
    two = heads.sign_head("test")
    assert two.size == one.size + 1
    assert heads.sign_when_due() is None, "the hour is not over"


def test_a_head_is_due_after_an_hour_in_which_the_tree_grew(network, account, monkeypatch):
    heads.sign_head("test")
    later = clock.wall_clock() + heads.HOUR
    monkeypatch.setattr(heads, "wall_clock", lambda: later)
    assert heads.sign_when_due() is None, "nothing happened"
    account()
    assert heads.sign_when_due().reason == "hourly"


def test_the_hourly_job_waits_once(network, queued):
    jobs.begin()
    jobs.begin()
    waiting = jobs.DBTaskResult.objects.filter(task_path=jobs.sign_hourly.module_path)
    assert waiting.count() == 1
    waiting.delete()
    jobs.sign_hourly.func()
    assert waiting.get().run_after > clock.wall_clock()
    assert Head.objects.get().reason == "hourly"


def test_heads_are_append_only(network):
    head = heads.sign_head("test")
    head.root = "0" * 64
    with pytest.raises(Error, match="append-only"):
        head.save()


def test_private_keys_are_files_of_their_owner_alone(network):
    head = heads.sign_head("test")
    path = keys.path_of(head.key_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    stored = json.dumps([list(map(str, row)) for row in SigningKey.objects.values_list()])
    assert keys.load(SigningKey.objects.get()).private_bytes_raw().hex() not in stored
    path.write_bytes(b"no key")
    with pytest.raises(keys.KeyMissing):
        heads.keys.load(SigningKey.objects.get())
    path.unlink()
    with pytest.raises(keys.KeyMissing):
        keys.load(SigningKey.objects.get())


def test_a_new_key_is_introduced_by_the_old_one(network, account, exported):
    old = heads.sign_head("test")
    keys.rotate(by=automaton("test"))
    account()
    new = heads.sign_head("test")
    assert old.key_id != new.key_id
    told = VERIFIER.check_trail(exported())
    assert "2 têtes signées" in told[0]
    assert old.key_id in told[1]
    keys.path_of(old.key_id).unlink()
    account()
    assert heads.sign_head("test").key_id == new.key_id, "the old private key may be destroyed"


def test_only_one_first_key_comes_of_two_processes(network, monkeypatch):
    first = keys.current()
    made = keys.introduce_key(
        public_key="0" * 64, previous=None, introduction="", by=automaton("test"), at=clock.wall_clock()
    )
    assert made == first
    monkeypatch.setattr(keys, "introduce_key", lambda **_: first)
    assert keys.rotate(by=automaton("test")) == first
    assert [path.name for path in keys.folder().iterdir()] == [keys.path_of(first.key_id).name]


def test_heads_kept_elsewhere_find_a_trail_that_was_cut_off(network, account, exported):
    account()
    heads.sign_head("test")
    kept = exported("kept", proofs.heads_lines())
    short = exported("short", proofs.trail_lines())
    account()
    heads.sign_head("test")
    named = exported("named", proofs.heads_lines(leaves=True))
    assert VERIFIER.check_trail(exported(), [kept, named])
    with pytest.raises(VERIFIER.Wrong) as caught:
        VERIFIER.check_trail(short, [named])
    assert caught.value.entry == Entry.objects.count() - 1


def test_each_entry_has_its_proof(network, account, tmp_path):
    older = heads.sign_head("test")
    account("quality_manager", network.alpha)
    heads.sign_head("test")
    for entry in Entry.objects.all():
        path = tmp_path / "proof.json"
        path.write_bytes(proofs.proof_of(entry, older=older))
        told = VERIFIER.check_proof(path)
        assert told[0].startswith(f"l’entrée {entry.number} ")
        assert "en est le début" in told[2]


def test_personal_values_are_proven_until_they_are_shredded(network, account, tmp_path):
    person = account().person
    heads.sign_head("test")
    entry = Entry.objects.filter(statement__contains=person.identifier).latest("number")
    assert person.family_name not in entry.statement
    path = tmp_path / "proof.json"
    path.write_bytes(proofs.proof_of(entry, opened="all"))
    assert person.family_name.encode() in path.read_bytes()
    assert VERIFIER.check_proof(path)
    Opening.objects.all().delete()
    path.write_bytes(proofs.proof_of(entry, opened="all"))
    assert person.family_name.encode() not in path.read_bytes()
    assert VERIFIER.check_proof(path), "shredding breaks no proof"


def test_no_proof_before_a_head_covers_the_entry(network):
    with pytest.raises(proofs.NotCovered):
        proofs.proof_of(Entry.objects.latest("number"))


def test_the_commands_write_what_the_verifier_accepts(network, account, tmp_path):
    account()
    out = StringIO()
    call_command("export_trail", str(tmp_path / "a"), stdout=out)
    call_command("export_trail", "--heads", str(tmp_path / "h"), stdout=out)
    call_command("rotate_key", stdout=out)
    call_command("sign_head", "--reason", "stop", stdout=out)
    call_command("export_trail", str(tmp_path / "b"), stdout=out)
    assert VERIFIER.check_trail(tmp_path / "b", [tmp_path / "a", tmp_path / "h"])
    assert "New key" in out.getvalue()
    assert not list(tmp_path.glob("*.part"))


def test_the_worker_signs_at_its_beginning_every_hour_and_at_its_end(network, account, queued):
    options = {"batch": True, "startup_delay": False, "verbosity": 0, "reload": False}
    call_command("worker", **options)
    assert [head.reason for head in Head.objects.all()] == ["hourly"]
    account()
    call_command("worker", **options)
    assert [head.reason for head in Head.objects.order_by("size")] == ["hourly", "stop"]
    signing = jobs.DBTaskResult.objects.filter(task_path=jobs.sign_hourly.module_path)
    assert signing.filter(status="READY").count() == 1, "the next hour waits"


def test_a_worker_that_cannot_sign_says_so_and_ends(network, queued, monkeypatch):
    def refuse(reason):
        raise keys.KeyMissing("no key")

    monkeypatch.setattr(heads, "sign_head", refuse)
    said = StringIO()
    call_command("worker", batch=True, startup_delay=False, verbosity=0, reload=False, stderr=said)
    assert "was not signed: no key" in said.getvalue()


def test_a_proof_costs_the_same_in_a_larger_trail(network, account, assert_fixed_queries):
    def grow():
        for _ in range(20):
            account()
        heads.sign_head("test")

    grow()
    older = Head.objects.earliest("size")
    grow()
    cost = assert_fixed_queries(lambda: proofs.proof_of(Entry.objects.get(number=5), older=older), grow)
    assert cost <= 8
