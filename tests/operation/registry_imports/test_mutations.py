"""Files damaged at random, as downloads are and as somebody hostile would: read in time, nothing half-written."""

import gzip
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from diapason.audit_trail.models import Entry
from diapason.context.studies.models import Study, StudyIdentifier, StudySource, StudyStatus
from diapason.operation.registry_imports.models import ImportRun
from diapason.operation.registry_imports.readers.reading import readings
from diapason.operation.registry_imports.readers.record import REASONS, RegistryRecord, unpacked
from tests.operation.registry_imports.registry_files import as_json, classic, study_json, zip_bytes, zipped

SEED = 20261123
FULL = os.environ.get("DIAPASON_FULL") == "1"
MOST_SECONDS = 2
"""Processor time that one of these files of a few kilobytes may take: a reader that hangs, not a slow machine."""
BATCH = 1000
"""Damaged records of one archive taken over."""
TOKENS = [b"&x;", b"<a>", b"]]>", b"\\u0000", b'"', b"{", b"]", b"\x00", b"1e999", b"\xed\xa0\x80"]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to six of them changed, taken out, put in, cut off, doubled or broken by a token."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        data = data or bytearray(b"<")
        place = chance.randrange(len(data))
        kind = chance.randrange(6)
        if kind == 0:
            data[place] = chance.randrange(256)
        elif kind == 1:
            del data[place : place + chance.randint(1, 200)]
        elif kind == 2:
            data[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
        elif kind == 3:
            data = data[:place]
        elif kind == 4:
            data[place:place] = data[max(0, place - 300) : place]
        else:
            data[place:place] = chance.choice(TOKENS)
    return bytes(data)


def misspelt(raw: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one character of a value changed: mostly still readable, and saying something else."""
    data = bytearray(raw)
    values = [at for found in re.finditer(rb'>[^<]+<|"[^":]+"[,}]', raw) for at in range(*found.span())]
    data[chance.choice(values)] = chance.choice(b'0123456789 aAzZ-,.<"')
    return bytes(data)


def sources() -> dict[str, bytes]:
    """Return one sound file of every form that is read."""
    xml, one = classic(others="<secondary_id>ISRCTN65282717</secondary_id>"), as_json(study_json())
    return {
        "xml": xml,
        "json": one,
        "list": as_json([study_json("NCT00000001"), study_json("NCT00000002")]),
        "wrapped": as_json({"studies": [study_json("NCT00000001"), study_json("NCT00000002")]}),
        "gz": gzip.compress(one),
        "zip": zip_bytes({"a.xml": xml, "b.json": one}),
    }


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", sorted(sources()))
def test_damaged_files_are_read_in_time_and_never_crash(tmp_path: Path, name: str) -> None:
    chance, raw, path = random.Random(f"{SEED}{name}"), sources()[name], tmp_path / f"fuzz.{name}"
    for _ in range(10_000 if FULL else 250):
        path.write_bytes(mutated(raw, chance))
        began = time.thread_time()
        found = list(readings(path))
        assert time.thread_time() - began <= MOST_SECONDS, path.read_bytes()
        for each in found:
            assert (each.record is None) == bool(each.code)
            assert not each.code or each.code in REASONS
            if each.record is not None:
                assert unpacked(each.record.packed()).digest() == each.record.digest()


def damaged_records(kind: str, first: int, count: int) -> Iterator[bytes]:
    """Give `count` damaged records of one format, each written under a number of its own."""
    chance = random.Random(f"{SEED}{kind}{first}")
    for number in range(first, first + count):
        own = f"NCT{number:08d}"
        raw = classic(own) if kind == "xml" else as_json(study_json(own))
        yield chance.choice([mutated, misspelt])(raw, chance)


def whole(record: RegistryRecord) -> tuple[Any, ...]:
    """Return what must stand in the tables when a record stands there at all."""
    return (record.identifier, record.digest(), record.status, sum(site.listings for site in record.sites))


def stored() -> set[tuple[Any, ...]]:
    """Return the same of every study that stands in the tables."""
    rows = StudySource.objects.annotate(places=Sum("study__investigator_sites__listings", default=0))
    return set(rows.values_list("identifier", "digest", "study__status", "places"))


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["xml", "json"])
def test_a_damaged_record_goes_in_whole_or_not_at_all(
    tmp_path: Path, imported: Callable[..., ImportRun], kind: str
) -> None:
    total, expected = 10_000 if FULL else 200, set[tuple[Any, ...]]()
    for first in range(1, total, BATCH):
        raws = damaged_records(kind, first, min(BATCH, total))
        path = zipped(tmp_path / f"{first}.zip", {f"{at}.{kind}": raw for at, raw in enumerate(raws)})
        found = list(readings(path))
        sound = [each.record for each in found if each.record is not None]
        run = imported(path)
        taken = run.created + run.updated + run.unchanged + run.older
        assert (run.state, run.read, taken + run.refused) == ("done", len(found), len(found))
        assert taken == len({record.identifier for record in sound})
        expected |= {whole(record) for record in sound}
        assert stored() <= expected
    assert {row[0] for row in stored()} == {row[0] for row in expected}
    assert total / 10 < len(expected) < total * 9 / 10
    check_nothing_is_without_its_study()


def check_nothing_is_without_its_study() -> None:
    """Expect that each study has its number, its source and its status: nothing was written by half."""
    studies = set(Study.objects.values_list("pk", flat=True))
    assert studies
    assert set(StudyIdentifier.objects.values_list("study_id", flat=True)) == studies
    assert set(StudySource.objects.values_list("study_id", flat=True)) == studies
    assert set(StudyStatus.objects.values_list("study_id", flat=True)) == studies


@pytest.mark.database
@pytest.mark.django_db
def test_an_archive_refused_as_a_whole_leaves_records_and_tree_as_they_were(
    tmp_path: Path, imported: Callable[..., ImportRun]
) -> None:
    imported(zipped(tmp_path / "sound.zip", {"a.xml": classic()}))
    before, studies = Entry.objects.count(), list(Study.objects.values())
    path = tmp_path / "cut.zip"
    path.write_bytes(re.sub(rb"PK\x05\x06.*", b"", zip_bytes({"a.xml": classic("NCT00000009")}), flags=re.S))
    run = imported(path)
    assert (run.created, run.updated, run.refused) == (0, 0, 1)
    assert list(Study.objects.values()) == studies
    facts = [entry.statement for entry in Entry.objects.filter(number__gte=before)]
    assert not [each for each in facts if "StudyRegistered" in each or "NCT00000009" in each]
