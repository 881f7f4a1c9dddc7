"""Have a document typeset in a short-lived process of its own, so that the web stays small."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TYPESETTER = Path(__file__).resolve().parents[1] / "typesetting" / "__main__.py"
SECONDS = 60


class NotTypeset(Exception):
    """Say that the PDF could not be made, in the typesetter's own words."""


def pdf_of(document: dict[str, Any]) -> bytes:
    """Return the tagged PDF (PDF/UA-1 and PDF/A-2a) of a document; the data go in as JSON.

    Raises NotTypeset when the typesetter fails or takes longer than a minute.
    """
    data = json.dumps(document, ensure_ascii=False).encode()
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(TYPESETTER)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotTypeset(f"no answer within {SECONDS} seconds") from late
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotTypeset(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
