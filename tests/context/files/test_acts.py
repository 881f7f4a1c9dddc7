"""Check how files are kept with records, removed, and swept."""

import io
import os
import stat

import pytest
from django.db import IntegrityError, transaction

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.files import acts, queries, readers, store
from diapason.context.files.models import KeptFile
from diapason.kernel.verdicts import Conflict, Refused
from tests.context.files.conftest import KIND

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BY = automaton("tests")


@pytest.fixture
def kept(network, stage_bytes, today):
    """Return a kept file of a record of Alphaville."""
    return acts.keep_file(
        staged=stage_bytes(), kind=KIND, key="ALP-1", organization=network.alpha, by=BY, on=today
    )


def test_keeps_and_states_the_digest_on_the_record(kept, network, account, stage_bytes, today):
    assert kept.number == "FI-ALP-2026-0001" and kept.name == "preuve.txt" and kept.size == 9
    line = EntrySubject.objects.get(fact="FileKept")
    assert line.subject == f"{KIND}:ALP-1" and line.organization == "ALP"
    statement = Entry.objects.get(number=line.entry_number).statement
    assert kept.digest in statement and "preuve" not in statement
    person = account("quality_manager", network.alpha).person
    staged = stage_bytes(b"%PDF-1.7", "a.pdf")
    other = acts.keep_file(staged=staged, kind=KIND, key="ALP-1", added_by=person, by=BY, on=today)
    assert other.number == "FI-NET-2026-0001"
    assert [each.number for each in queries.files_of(KIND, "ALP-1")] == [kept.number, other.number]
    assert queries.files_by_key(KIND, ["ALP-1", "x"]) == {"ALP-1": [kept, other]}


def test_the_same_bytes_twice_stay_one_line(kept, network, stage_bytes, today):
    again = acts.keep_file(staged=stage_bytes(), kind=KIND, key="ALP-1", by=BY, on=today)
    elsewhere = acts.keep_file(staged=stage_bytes(), kind=KIND, key="ALP-2", by=BY, on=today)
    assert again.pk == kept.pk and elsewhere.pk != kept.pk and elsewhere.digest == kept.digest


def test_refuses_records_that_nobody_reads_and_bytes_that_are_gone(stage_bytes, today):
    with pytest.raises(Refused, match="this kind"):
        acts.keep_file(staged=stage_bytes(), kind="unheard_of", key="1", by=BY, on=today)
    staged = stage_bytes()
    store.path_of(staged.digest).unlink()
    with pytest.raises(Refused, match="choose it again"):
        acts.keep_file(staged=staged, kind=KIND, key="1", by=BY, on=today)
    assert not KeptFile.objects.exists()


def test_what_a_masked_copy_was_made_from_goes_with_the_commit(
    kept, stage_bytes, today, django_capture_on_commit_callbacks
):
    handed_in, masked = stage_bytes(b"before"), stage_bytes(b"after")
    said = {"kind": KIND, "key": "ALP-1", "made_from": handed_in.digest, "by": BY, "on": today}
    with pytest.raises(Refused), django_capture_on_commit_callbacks(execute=True):
        acts.keep_file(staged=masked, **{**said, "kind": "unheard_of"})
    assert store.holds(handed_in.digest), "an act that fails takes nothing away"
    with django_capture_on_commit_callbacks(execute=True):
        acts.keep_file(staged=masked, **said)
    assert store.holds(masked.digest) and not store.holds(handed_in.digest)
    with django_capture_on_commit_callbacks(execute=True):
        acts.keep_file(staged=stage_bytes(b"other"), **{**said, "made_from": kept.digest})
    assert store.holds(kept.digest), "a record still has these bytes"


def test_removes_with_a_reason_once(kept, today):
    with pytest.raises(Refused, match="needs a reason"):
        acts.remove_file(file=kept, reason="  ", by=BY, on=today)
    with pytest.raises(Conflict):
        acts.remove_file(file=kept, reason="wrong file", version=kept.version + 7, by=BY, on=today)
    gone = acts.remove_file(file=kept, reason="wrong file", version=kept.version, by=BY, on=today)
    assert gone.is_removed and gone.removal_reason == "wrong file" and queries.files_of(KIND, "ALP-1") == []
    assert EntrySubject.objects.filter(fact="FileRemoved", subject=f"{KIND}:ALP-1").exists()
    with pytest.raises(Refused, match="already"):
        acts.remove_file(file=gone, reason="again", by=BY, on=today)


def test_a_removal_without_reason_is_refused_by_the_database(kept, stage, today):
    kept.removed_on = today
    with pytest.raises(IntegrityError), transaction.atomic():
        stage(kept.save)


def age(digest, days=3):
    """Make the bytes look older."""
    path = store.path_of(digest)
    moment = path.stat().st_mtime - days * store.DAY
    os.utime(path, (moment, moment))


def test_sweeps_only_old_bytes_that_no_record_needs(kept, stage_bytes, today):
    waiting, lost = stage_bytes(b"waiting"), stage_bytes(b"lost")
    age(lost.digest)
    age(kept.digest)
    assert store.sweep(queries.is_needed) == 1
    assert store.holds(waiting.digest) and store.holds(kept.digest) and not store.holds(lost.digest)
    same = acts.keep_file(staged=stage_bytes(), kind=KIND, key="ALP-2", by=BY, on=today)
    acts.remove_file(file=kept, reason="wrong record", by=BY, on=today)
    age(kept.digest)
    assert store.sweep(queries.is_needed) == 0  # the other record still needs them
    acts.remove_file(file=same, reason="wrong record", by=BY, on=today)
    assert store.sweep(queries.is_needed) == 1 and not store.holds(kept.digest)


def test_bytes_staged_again_are_young_again_and_mended(kept, stage_bytes):
    age(kept.digest)
    store.path_of(kept.digest).write_bytes(b"tampered!")
    assert not store.is_intact(kept.digest)
    assert stage_bytes().digest == kept.digest and store.is_intact(kept.digest)
    assert store.sweep(lambda digest: False) == 0


def test_bytes_are_private_named_by_digest_and_carry_no_hour(stage_bytes, own_folder):
    staged = stage_bytes(name="../x.txt")
    path = store.path_of(staged.digest)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.stat().st_mtime % store.DAY == 0 and staged.name == "x.txt"
    assert sorted(each.name for each in path.parent.iterdir()) == [staged.digest]
    for wrong in ("", "../" * 20 + "etcd", "A" * 64, "0" * 63):
        with pytest.raises(ValueError, match="digest"):
            store.path_of(wrong)


def test_large_files_are_refused_before_they_are_written(own_folder):
    with pytest.raises(store.BadFile, match="20 MB"):
        store.stage(io.BytesIO(b"a" * (20 * 1024 * 1024 + 1)), "a.txt")
    assert not list(own_folder.glob("kept/*/*"))


def test_one_chapter_decides_for_a_kind():
    with pytest.raises(ValueError, match="already"):
        readers.register(KIND, lambda user, key: True)
    assert not readers.may_read(None, "unheard_of", "1")
