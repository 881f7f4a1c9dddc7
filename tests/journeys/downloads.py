"""Make downloads of a register as people hand them in: records, and members that nobody can read.

The records are real ones where the shared data stand beside the project, else invented in the register's own format.
"""

import io
import os
import zipfile
from pathlib import Path

import run

SHARED = Path(os.environ.get("DIAPASON_SHARED") or run.ROOT.parent / "shared")
LYMPHOMA = SHARED / "data" / "ctgov-xml-classic" / "lymphoma.zip"
BROKEN = ("truncated.xml", "empty.xml", "notes.xml")
INVENTED = """<?xml version="1.0" encoding="UTF-8"?>
<clinical_study rank="{number}">
  <id_info><nct_id>NCT{number:08}</nct_id></id_info>
  <brief_title>Invented study number {number}</brief_title>
  <sponsors><lead_sponsor><agency>Invented sponsor</agency><agency_class>Other</agency_class></lead_sponsor></sponsors>
  <overall_status>Recruiting</overall_status>
  <start_date>January 2015</start_date>
  <completion_date type="Anticipated">December 2022</completion_date>
  <phase>Phase 2</phase>
  <study_type>Interventional</study_type>
  <enrollment type="Anticipated">120</enrollment>
  <location>
    <facility><name>Invented hospital</name><address><city>Quimper</city><country>France</country></address></facility>
    <status>Recruiting</status>
  </location>
  <verification_date>October 2018</verification_date>
  <last_update_posted type="Actual">October 16, 2018</last_update_posted>
</clinical_study>
"""


def records(first: int, count: int) -> list[tuple[str, bytes]]:
    """Return (member name, text) of so many records from the one at `first` on."""
    if not LYMPHOMA.exists():
        numbers = range(99_000_001 + first, 99_000_001 + first + count)
        return [(f"NCT{number}.xml", INVENTED.format(number=number).encode()) for number in numbers]
    with zipfile.ZipFile(LYMPHOMA) as source:
        names = [name for name in source.namelist() if name.endswith(".xml")][first : first + count]
        return [(name, source.read(name)) for name in names]


def broken_download(*, first: int = 0, count: int) -> bytes:
    """Return a zip of so many records and three broken members: cut off, empty, of another kind."""
    made = io.BytesIO()
    *whole, (_, last) = records(first, count + 1)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in whole:
            target.writestr(name, text)
        for name, text in zip(BROKEN, (last[: len(last) // 2], b"", b"<recipe/>"), strict=True):
            target.writestr(name, text)
    return made.getvalue()
