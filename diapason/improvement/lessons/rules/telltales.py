"""Find and take out the words of a text that tell whose it is: names of places, studies, persons, numbers of records."""

import re
from collections.abc import Iterable
from typing import Final

SHORTEST: Final = 3
"""Shorter names are too often parts of ordinary words to be looked for."""
RECORD: Final = re.compile(r"\b(?:EV|AC|REX|CE|CR)-[A-Z0-9]{2,}-\d{4}-\d{4}\b")
"""Numbers of our own records carry the code of a house."""
GAP: Final = "…"


def found(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand in the text as whole words, longest first, each once; case matters not."""
    wanted = sorted({name.strip() for name in names if len(name.strip()) >= SHORTEST}, key=lambda one: (-len(one), one))
    hits = [name for name in wanted if _pattern(name).search(text)]
    return [*hits, *sorted(set(RECORD.findall(text)))]


def taken_out(text: str, names: Iterable[str]) -> str:
    """Return the text with each of the names, and each number of a record, replaced by "…"."""
    for name in found(text, names):
        text = _pattern(name).sub(GAP, text)
    return text


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds the name as whole words, whatever the blanks between and the letters' size."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
