"""Registry files: every format, every way to be broken, and nothing lost in silence."""

import csv
import gzip
import json
import random
import zipfile
from pathlib import Path

import pytest

from diapason.context.studies.rules.vocabulary import status_from_registry
from diapason.operation.registry_imports.readers import archives, json_stream
from diapason.operation.registry_imports.readers.archives import Limits
from diapason.operation.registry_imports.readers.reading import readings
from diapason.operation.registry_imports.readers.record import REASONS, Reading, unpacked
from diapason.operation.registry_imports.readers.values import partial_date
from tests.operation.registry_imports.registry_files import (
    SHARED,
    as_json,
    classic,
    site_xml,
    study_json,
    zip_bytes,
    zipped,
)


def read(path: Path, raw: bytes, limits: Limits | None = None) -> list[Reading]:
    path.write_bytes(raw)
    return list(readings(path, limits))


def codes(found: list[Reading]) -> list[str]:
    return [each.code or "ok" for each in found]


def test_both_formats_give_the_same_record(tmp_path: Path) -> None:
    (xml,), (json_,) = read(tmp_path / "a.xml", classic()), read(tmp_path / "b.json", as_json(study_json()))
    assert xml.record is not None
    assert json_.record is not None
    assert xml.record.canonical() == json_.record.canonical()
    assert xml.record.digest() == json_.record.digest()
    assert xml.record.data_on == json_.record.data_on


def test_nothing_personal_is_taken_over(tmp_path: Path) -> None:
    for name, raw in (("a.xml", classic()), ("b.json", as_json(study_json()))):
        (found,) = read(tmp_path / name, raw)
        assert found.record is not None
        assert b"SECRET" in raw
        assert b"SECRET" not in found.record.packed()
        assert b"secret" not in found.record.packed()


def test_a_sponsor_that_is_a_person_is_kept_without_the_name(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.xml", classic(sponsor="Jeanne SECRET", sponsor_class="Indiv"))
    assert found.record is not None
    assert (found.record.sponsor, found.record.sponsor_kind) == ("", "person")


def test_packing_keeps_everything(tmp_path: Path) -> None:
    (found,) = read(
        tmp_path / "a.xml", classic(others="<secondary_id>Eudra CT 2006-002584-70</secondary_id>")
    )
    assert found.record is not None
    again = unpacked(found.record.packed(), found.record.data_on)
    assert again.canonical() == found.record.canonical()
    assert ("eudract", "2006-002584-70") in again.identifiers


def test_the_day_of_the_download_is_no_part_of_the_content(tmp_path: Path) -> None:
    (old,) = read(tmp_path / "a.xml", classic())
    (new,) = read(tmp_path / "b.xml", classic(download="February 3, 2023"))
    assert old.record
    assert new.record
    assert old.record.digest() == new.record.digest()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("July 1995", "1995-07-01", "1995-07-31"),
        ("October 31, 2018", "2018-10-31", "2018-10-31"),
        ("2024-05", "2024-05-01", "2024-05-31"),
        ("2024-05-13", "2024-05-13", "2024-05-13"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-05-13T10:00", "2024-05-13", "2024-05-13"),
    ],
)
def test_dates_of_both_formats(text: str, first: str, last: str) -> None:
    found = partial_date(text)
    assert found is not None
    assert (str(found.earliest), str(found.latest)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "Juli 1995", "2024-13", "February 30, 2020", "0000", "soon", "13/05/2024", "2024-5-1"]
)
def test_dates_that_are_none(text: str) -> None:
    assert partial_date(text) is None


def test_what_is_not_understood_is_remarked_and_the_rest_kept(tmp_path: Path) -> None:
    raw = classic(status="Resting", start="Smarch 2016", enrolment="many", phase="Phase 9")
    (found,) = read(tmp_path / "a.xml", raw)
    assert found.record is not None
    assert len(found.record.doubts) == 4
    assert found.record.status == "unknown"


def test_equal_places_are_put_together_and_counted(tmp_path: Path) -> None:
    sites = site_xml("Research Site", "Lyre", status="Completed") + site_xml(
        "research site", "LYRE", status="Recruiting"
    )
    (found,) = read(tmp_path / "a.xml", classic(sites=sites))
    assert found.record is not None
    assert [(site.listings, site.status) for site in found.record.sites] == [(2, "recruiting")]


@pytest.mark.parametrize(
    "shape",
    [
        lambda studies: as_json(studies),
        lambda studies: as_json({"totalCount": 3, "studies": studies, "nextPageToken": "x"}),
        lambda studies: b"\n".join(as_json(study) for study in studies),
        lambda studies: b"\xef\xbb\xbf" + as_json(studies),
    ],
)
@pytest.mark.parametrize("whole", [0, 2 * archives.MB])
def test_lists_of_every_shape_whole_or_streamed(tmp_path: Path, monkeypatch, shape, whole: int) -> None:
    monkeypatch.setattr("diapason.operation.registry_imports.readers.reading.WHOLE", whole or 64)
    studies = [study_json(f"NCT0000000{number}") for number in (1, 2, 3)]
    found = read(tmp_path / "list.json", shape(studies))
    assert [each.record.identifier for each in found if each.record] == [
        "NCT00000001",
        "NCT00000002",
        "NCT00000003",
    ]
    assert codes(found) == ["ok"] * 3


def test_gzip_and_zip(tmp_path: Path) -> None:
    assert codes(read(tmp_path / "a.json.gz", gzip.compress(as_json([study_json()])))) == ["ok"]
    path = zipped(
        tmp_path / "a.zip",
        {"NCT01234567.xml": classic(), "sub/NCT00000002.json": as_json(study_json("NCT00000002"))},
    )
    assert [each.place for each in readings(path)] == ["NCT01234567.xml", "sub/NCT00000002.json"]


def test_a_truncated_list_loses_only_its_last_record(tmp_path: Path) -> None:
    raw = as_json([study_json(f"NCT0000000{number}") for number in (1, 2, 3)])
    assert codes(read(tmp_path / "list.json", raw[: -len(as_json(study_json())) // 2])) == [
        "ok",
        "ok",
        "truncated",
    ]


def test_a_broken_record_in_the_middle_costs_only_itself(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", 64)
    one, two, three = (as_json(study_json(f"NCT0000000{number}")) for number in (1, 2, 3))
    found = read(tmp_path / "list.json", b"[" + one + b"," + two[:-40] + b"," + three + b"]")
    assert [each.record.identifier for each in found if each.record] == ["NCT00000001", "NCT00000003"]
    assert codes(found).count("ok") == 2
    assert len(found) == 3


def broken_members() -> dict[str, tuple[bytes, str]]:
    xml, json_ = classic(), as_json(study_json())
    dtd = b'<!DOCTYPE clinical_study [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return {
        "empty.xml": (b"", "empty"),
        "blank.json": (b"  \n ", "empty"),
        "readme.txt": (b"Downloaded on Monday.", "foreign"),
        "page.html": (b"<html><body>404</body></html>", "foreign"),
        "other.json": (b'{"resourceType": "ResearchStudy"}', "foreign"),
        "search.xml": (b"<search_results><study/></search_results>", "summary"),
        "cut.xml": (xml[: len(xml) // 2], "truncated"),
        "cut.json": (json_[: len(json_) // 2], "truncated"),
        "latin.xml": (classic(title="Étude").decode().encode("latin-1"), "encoding"),
        "latin.json": (json_.replace(b"Study of", "Étude".encode("latin-1")), "encoding"),
        "utf16.json": (json_.decode().encode("utf-16"), "encoding"),
        "entities.xml": (xml.replace(b"?>", b"?>" + dtd, 1), "doctype"),
        "nested.xml": (zip_bytes({"a.xml": xml}), "nested"),
        "inner.gz": (gzip.compress(xml), "nested"),
        "number.xml": (classic("NCT123"), "no_identifier"),
        "title.xml": (classic(title=" "), "no_title"),
        "crossed.xml": (xml.replace(b"</phase>", b"</fase>"), "malformed"),
        "list.json": (b"[1, null]", "not_object"),
    }


def test_each_refused_member_has_its_reason_and_the_rest_goes_in(tmp_path: Path) -> None:
    members = broken_members()
    good = {"first.xml": classic("NCT00000001"), "last.json": as_json(study_json("NCT00000002"))}
    path = zipped(
        tmp_path / "mixed.zip",
        {
            "first.xml": good["first.xml"],
            **{n: raw for n, (raw, _) in members.items()},
            "last.json": good["last.json"],
        },
    )
    found = {each.place.split(" #")[0]: each for each in readings(path)}
    assert set(found) == {*members, *good}
    assert {name: found[name].code for name in members} == {name: code for name, (_, code) in members.items()}
    assert all(found[name].record for name in good)
    assert {each.code for each in found.values()} - {""} <= set(REASONS)


def test_utf16_xml_is_read_because_xml_allows_it(tmp_path: Path) -> None:
    raw = classic(title="Étude").decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    (found,) = read(tmp_path / "a.xml", raw)
    assert found.record is not None
    assert found.record.title == "Étude"


def test_bombs_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    limits = Limits(growth_from=1_000_000)
    path = zipped(
        tmp_path / "bomb.zip", {"a.xml": b"<clinical_study>" + b" " * 30_000_000, "b.xml": classic()}
    )
    assert codes(list(readings(path, limits))) == ["bomb", "ok"]
    assert codes(read(tmp_path / "bomb.json.gz", gzip.compress(b"[" + b" " * 30_000_000), limits)) == ["bomb"]


def test_limits_on_size_number_and_total(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": classic(), "b.xml": classic("NCT00000002")})
    assert codes(list(readings(path, Limits(members=1)))) == ["members"]
    assert codes(list(readings(path, Limits(total=100)))) == ["total", "total"]
    big = random.Random(1).randbytes(2_500_000).hex().encode()
    assert codes(read(tmp_path / "b.xml", b"<clinical_study>" + big, Limits(record=3_000_000))) == [
        "too_large"
    ]


def test_damaged_encrypted_and_overlapping_archives(tmp_path: Path) -> None:
    raw = zip_bytes({"a.xml": classic(), "b.xml": classic("NCT00000002")})
    assert codes(read(tmp_path / "cut.zip", raw[:200])) == ["damaged"]
    spoiled = bytearray(raw)
    spoiled[60:70] = b"\xff" * 10
    assert codes(read(tmp_path / "spoiled.zip", bytes(spoiled)))[0] == "damaged"
    locked = bytearray(raw)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = locked.index(mark)
        locked[place + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    assert codes(read(tmp_path / "locked.zip", bytes(locked))) == ["encrypted", "ok"]
    entries = [zipfile.ZipInfo("a"), zipfile.ZipInfo("b")]
    entries[0].header_offset, entries[0].compress_size, entries[1].header_offset = 0, 500, 100
    assert archives._overlap(entries)


def test_results_never_fill_the_memory(tmp_path: Path) -> None:
    study = {
        "resultsSection": {"rows": [{"a": '}\\"]' * 20, "n": number} for number in range(40_000)]},
        **study_json(),
    }
    (found,) = read(tmp_path / "big.json", as_json(study))
    assert found.record is not None
    assert found.record.identifier == "NCT01234567"
    slim = json_stream.without_results(as_json(study))
    assert set(json.loads(slim)) == {"protocolSection", "derivedSection", "hasResults"}
    fat = classic().replace(
        b"</clinical_study>",
        b"<clinical_results>" + b"<x>y</x>" * 400_000 + b"</clinical_results></clinical_study>",
    )
    (found,) = read(tmp_path / "big.xml", fat)
    assert found.record is not None
    assert found.record.sites


def shared(path: str) -> Path:
    found = SHARED / path
    if not SHARED.exists():
        pytest.skip(f"no shared data in {SHARED}")
    return found


INDEXES = [
    ("ctgov-xml-classic/oncology-index.csv", "ctgov-xml-classic/oncology.zip"),
    ("ctgov-xml-classic/lymphoma-index.csv", "ctgov-xml-classic/lymphoma.zip"),
    ("ctgov-xml-classic/other-index.csv", "ctgov-xml-classic/other.zip"),
    ("ctgov-api-v2/studies-index.csv", "ctgov-api-v2/studies.zip"),
]


@pytest.mark.parametrize(("index", "archive"), INDEXES)
def test_nothing_is_lost_against_the_index_of_others(index: str, archive: str) -> None:
    with shared(index).open(encoding="utf-8", newline="") as file:
        expected = {row["nct_id"]: row for row in csv.DictReader(file)}
    found = list(readings(shared(archive)))
    assert not [each for each in found if each.code]
    records = {each.record.identifier: each.record for each in found if each.record}
    assert set(records) == set(expected)
    for number, row in expected.items():
        record = records[number]
        assert record.sponsor == " ".join(row["lead_sponsor"].split())
        assert record.status == status_from_registry(row["overall_status"])
        assert record.enrolment == (int(row["enrollment"]) if row["enrollment"] else None)
        assert record.start.when == (partial_date(row["start_date"]) or record.start.when)
        assert record.end.when == (partial_date(row["completion_date"]) or record.end.when)
        assert bool(row["start_date"]) == record.start.when.is_known
        assert sum(site.listings for site in record.sites) == int(row["n_sites"])
        assert len({site.country for site in record.sites if site.country}) == int(row["n_countries"])
        french = sum(site.listings for site in record.sites if site.country == "FR")
        assert french == int(row["n_sites_fr"])


@pytest.mark.parametrize(
    ("path", "count"),
    [("ctgov-api-v2/nsclc-list.json.gz", 71), ("ctgov-api-v2/leukaemia-list.json.gz", 72),
     ("ctgov-api-v2/NCT02513394-full-record.json.gz", 1), ("ctgov-xml-classic/NCT02513394.xml", 1)],
)  # fmt: skip
def test_lists_and_single_records_of_the_shared_data(path: str, count: int) -> None:
    assert codes(list(readings(shared(path)))) == ["ok"] * count


def test_foreign_archives_are_refused_member_by_member() -> None:
    found = list(readings(shared("ctgov-api-v2/change-history.zip")))
    assert found
    assert {each.code for each in found} == {"foreign"}
