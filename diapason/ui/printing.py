"""Have a document typeset in a short-lived process of its own, so that the web stays small.

A template is a file of typst in the folder `typesetting` of its chapter; it begins with `#import "/paper.typ": *`,
which holds the look of every paper (`ui/typesetting/paper.typ`), and reads its data from `d`.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from diapason.ui.languages import language_code

TYPESETTER: Final = Path(__file__).resolve().parent / "typesetting" / "__main__.py"
SECONDS: Final = 60


class NotTypeset(Exception):
    """Say that the PDF could not be made, in the typesetter's own words."""


def pdf_of(template: Path, document: dict[str, Any]) -> bytes:
    """Return the tagged PDF (PDF/UA-1 and PDF/A-2a) of a document; the data go in as JSON.

    Raises NotTypeset when the typesetter fails or takes longer than a minute.
    """
    data = json.dumps(document | {"paper": paper()}, ensure_ascii=False).encode()
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(TYPESETTER), str(template)],
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


def paper() -> dict[str, str]:
    """Return what stands on every page: language, the word "page", the banner of a demonstration."""
    return {
        "lang": language_code(),
        "page_said": _("Page"),
        "fictional": _("Fictional data: a demonstration network") if settings.DIAPASON["fictional"] else "",
    }


def absolute(path: str) -> str:
    """Return the whole address of a page, as paper needs it."""
    return f"{settings.DIAPASON['address']}{path}"


def answer(pdf: bytes, name: str) -> HttpResponse:
    """Return the answer that shows a PDF, to be saved under that name."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
