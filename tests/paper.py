"""Read what a PDF says, as a program that knows no layout reads it."""

import io

import pypdf


def words_of(pdf: bytes) -> str:
    """Return the words of a PDF, on one line."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
