"""Check which files are taken, by what they hold."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.context.files.rules import LARGEST, OFFICE, SUFFIXES, BadFile, media_type_of, safe_name


def archive(**parts: bytes) -> bytes:
    """Return a zip of these parts; __ stands for a slash, _ for a point."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in parts.items():
            target.writestr(name.replace("__", "/").replace("_", "."), body)
    return stream.getvalue()


def office(*names: str, declared: str = "") -> bytes:
    """Return an office file of empty parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        if declared:
            target.writestr("mimetype", declared)
        for name in names:
            target.writestr(name, "<x/>")
    return stream.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
TAKEN = [
    (b"%PDF-1.7 ...", "x", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n...", "x.jpg", "image/png"),
    (b"\xff\xd8\xff\xe0...", "x", "image/jpeg"),
    ("Vérifié le 12 mars".encode(), "note.txt", "text/plain"),
    ("Vérifié;oui".encode("cp1252"), "a.csv", "text/csv"),
    ("Vérifié".encode("utf-16"), "a.txt", "text/plain"),
    (office("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", OFFICE + "spreadsheetml.sheet"),
    (office("[Content_Types].xml", "word/document.xml"), "a.docx", OFFICE + "wordprocessingml.document"),
    (office("content.xml", declared=ODT), "a.odt", ODT),
    (office("content.xml", declared=ODS), "a", ODS),
]  # fmt: skip
REFUSED = [
    (b"", "a.txt"),
    (b"<html><script>alert(1)</script>", "a.txt"),
    (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
    (b"text <SCRIPT src=x>", "a.csv"),
    (b"MZ\x90\x00\x03", "a.pdf"),
    (b"\x7fELF\x02\x01\x00", "a.txt"),
    (b"GIF89a\x01\x00\x00", "a.gif"),
    (b"PK\x03\x04 broken", "a.docx"),
    (office("evil.exe"), "a.zip"),
    (office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "a.xlsx"),
    (office("content.xml", "Basic/Standard/Module1.xml", declared=ODT), "a.odt"),
    (office("content.xml", declared="application/epub+zip"), "a.odt"),
    (b"a" * (LARGEST + 1), "a.txt"),
]


@pytest.mark.parametrize(("data", "name", "expected"), TAKEN, ids=range(len(TAKEN)))
def test_taken(data: bytes, name: str, expected: str) -> None:
    assert media_type_of(data, name) == expected


@pytest.mark.parametrize(("data", "name"), REFUSED, ids=range(len(REFUSED)))
def test_refused(data: bytes, name: str) -> None:
    with pytest.raises(BadFile):
        media_type_of(data, name)


def test_an_archive_that_unpacks_beyond_measure_is_refused() -> None:
    bomb = archive(xl__workbook_xml=b"0" * (301 * 1024 * 1024))
    assert len(bomb) < LARGEST
    with pytest.raises(BadFile):
        media_type_of(bomb, "a.xlsx")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("preuve.PDF", "preuve.pdf"),
        ("..\\..\\windows\\a.exe", "a.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("", "file.pdf"),
        ("été 2026.pdf", "été 2026.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
    ],
)
def test_names_are_safe_and_tell_what_the_file_is(given: str, kept: str) -> None:
    assert safe_name(given, "application/pdf") == kept


@given(st.text(max_size=200), st.sampled_from(sorted(SUFFIXES)))
def test_any_name_becomes_safe(name: str, media_type: str) -> None:
    kept = safe_name(name, media_type)
    assert 0 < len(kept) <= 120 and kept.endswith(SUFFIXES[media_type])
    assert not set(kept) & set('/\\<>:"|?*\r\n\x00')
