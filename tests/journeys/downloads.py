"""Make downloads of a register as people hand them in: real records, and members that nobody can read."""

import io
import os
import zipfile
from pathlib import Path

import run

SHARED = Path(os.environ.get("DIAPASON_SHARED") or run.ROOT.parent / "shared")
LYMPHOMA = SHARED / "data" / "ctgov-xml-classic" / "lymphoma.zip"
BROKEN = ("truncated.xml", "empty.xml", "notes.xml")


def broken_download(*, first: int = 0, count: int) -> bytes:
    """Return a zip of so many real records and three broken members: cut off, empty, of another kind."""
    made = io.BytesIO()
    with zipfile.ZipFile(LYMPHOMA) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        members = [name for name in source.namelist() if name.endswith(".xml")][first : first + count + 1]
        for member in members[:-1]:
            target.writestr(member, source.read(member))
        for name, text in zip(BROKEN, (source.read(members[-1])[:2000], b"", b"<recipe/>"), strict=True):
            target.writestr(name, text)
    return made.getvalue()
