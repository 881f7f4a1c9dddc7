"""A real download of the register, some files of it broken, is previewed, imported and explained line by line."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import run

SHARED = run.ROOT.parent / "shared"


def some_of(name: str, count: int) -> bytes:
    """Return a zip of the first records of a shared set, with a truncated, an empty and a foreign member."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(SHARED / "data" / "ctgov-xml-classic" / name) as source,
        zipfile.ZipFile(made, "w") as target,
    ):
        members = [member for member in source.namelist() if member.endswith(".xml")][: count + 1]
        for member in members[:-1]:
            target.writestr(member, source.read(member))
        target.writestr("truncated.xml", source.read(members[-1])[:2000])
        target.writestr("empty.xml", b"")
        target.writestr("notes.xml", b"<recipe><flour/></recipe>")
    return made.getvalue()


@pytest.mark.skipif(
    not (SHARED / "data" / "ctgov-xml-classic").exists(), reason="the shared registry data are absent"
)
def test_a_registry_download_with_broken_files(visitor: Callable[..., Any], tmp_path: Path) -> None:
    who = visitor("network_coordinator")
    file = tmp_path / "lymphoma.zip"
    file.write_bytes(some_of("lymphoma.zip", 40))
    page = who.open("/imports/")
    page.locator("input[type=file]").set_input_files(file)
    date_of_data = page.locator("input[type=date]")
    if date_of_data.count():
        date_of_data.first.fill("2018-10-31")
    page.locator("main form").get_by_role("button").first.click()
    preview = page.get_by_text("40", exact=True).first
    preview.wait_for(timeout=60_000)
    who.check_page()
    page.get_by_role("button", name="Importer").click()
    page.get_by_text("terminé").first.wait_for(timeout=60_000)
    text = page.locator("main").inner_text()
    assert "40" in text
    assert "3" in text
    page.get_by_role("link", name="refus").first.click()
    refused = page.locator("main").inner_text()
    for name in ("truncated.xml", "empty.xml", "notes.xml"):
        assert name in refused
    who.check_page()
