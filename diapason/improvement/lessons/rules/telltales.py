"""Find and take out the words of a text that tell whose it is: places, studies, persons, numbers of records."""

import re
from collections.abc import Iterable
from typing import Final

SHORTEST: Final = 3
"""Shorter names are too often parts of ordinary words to be looked for."""
RECORD: Final = re.compile(r"\b(?:EV|AC|REX|CE|CR)-[A-Z0-9]{2,}-\d{4}-\d{4}\b")
"""Numbers of our own records carry the code of a house."""
GAP: Final = "…"
TITLES: Final = ("M.", "Mme", "Dr", "Pr", "Monsieur", "Madame", "Docteur", "Professeur", "Mr", "Mrs", "Ms")


def names_of_person(given: str, family: str) -> list[str]:
    """Return how a person is named in a text: both orders of the full name, and the family name after a title."""
    return [f"{given} {family}", f"{family} {given}", *(f"{title} {family}" for title in TITLES)]


def found(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand in the text as whole words, longest first, each once."""
    wanted = sorted(
        {name.strip() for name in names if len(name.strip()) >= SHORTEST}, key=lambda one: (-len(one), one)
    )
    hits = [name for name in wanted if _pattern(name).search(text)]
    return [*hits, *sorted(set(RECORD.findall(text)))]


def taken_out(text: str, names: Iterable[str]) -> str:
    """Return the text with each of the names, and each number of a record, replaced by "…"."""
    for name in found(text, names):
        text = _pattern(name).sub(GAP, text)
    return text


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds the name as whole words, whatever the blanks between.

    Several words are found in letters of any size; a single one as it is written or in capitals, since towns and
    acronyms are often ordinary words too.
    """
    words = r"\s+".join(re.escape(word) for word in name.split())
    if len(name.split()) > 1:
        return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{words}|{re.escape(name.upper())})(?!\w)")
