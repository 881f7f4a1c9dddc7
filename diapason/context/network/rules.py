"""Check identifiers of organizations and persons, and sort French names."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from diapason.kernel.words import message

DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_SIGNS = re.compile(r"[^a-z0-9]+")
MINIMUM_AGGREGATE = 5
"""How many organizations an aggregate needs before it is shown (visibility charter, practice §6)."""


class BadIdentifier(ValueError):
    """Say what is wrong with an identifier: a message id and its parameters."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(reason % parameters)
        self.reason = reason
        self.parameters = parameters


def tidied(text: str) -> str:
    """Return the text in capitals, without spaces, with plain hyphens."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(DASHES)).upper()


def luhn_is_valid(digits: str) -> bool:
    """Tell whether the digits carry a right Luhn check digit (ISO/IEC 7812-1)."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _numbered(text: str, name: str, length: int) -> str:
    value = tidied(text)
    if not re.fullmatch(rf"\d{{{length}}}", value, re.ASCII):
        raise BadIdentifier(message("A %(name)s number has %(length)s digits."), name=name, length=length)
    if not luhn_is_valid(value):
        raise BadIdentifier(message("The check digit of this %(name)s number is wrong."), name=name)
    return value


def check_siren(text: str) -> str:
    """Return the SIREN number, 9 digits; raises BadIdentifier."""
    return _numbered(text, "SIREN", 9)


def check_siret(text: str) -> str:
    """Return the SIRET number, 14 digits; raises BadIdentifier."""
    return _numbered(text, "SIRET", 14)


def check_rpps(text: str) -> str:
    """Return the RPPS number, 11 digits; raises BadIdentifier."""
    return _numbered(text, "RPPS", 11)


def check_finess(text: str) -> str:
    """Return the FINESS number: 9 characters, the first two a department (2A and 2B too); raises BadIdentifier.

    The check digit is Luhn's over the nine digits; of 2A and 2B only the shape is checked, since how
    their letter counts was not found in a public source.
    """
    value = tidied(text)
    if not re.fullmatch(r"(\d{2}|2[AB])\d{7}", value, re.ASCII):
        raise BadIdentifier(
            message("A FINESS number has nine characters: the department, then seven digits.")
        )
    if value.isdigit() and not luhn_is_valid(value):
        raise BadIdentifier(message("The check digit of this %(name)s number is wrong."), name="FINESS")
    return value


def check_orcid(text: str) -> str:
    """Return the ORCID identifier, four groups of four (ISO 7064 mod 11-2); raises BadIdentifier."""
    value = tidied(text).removeprefix("HTTPS://ORCID.ORG/")
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", value, re.ASCII):
        raise BadIdentifier(message("An ORCID identifier looks like 0000-0002-1825-0097."))
    total = 0
    for digit in value.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    if value[-1] != ("X" if expected == 10 else str(expected)):
        raise BadIdentifier(message("The check digit of this %(name)s number is wrong."), name="ORCID")
    return value


class _Folding(dict[int, str]):
    """Give the plain letters of a character: without accents, ligatures opened; each worked out once."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(code))
        self[code] = "".join(letter for letter in folded if not unicodedata.combining(letter))
        return self[code]


_FOLDING = _Folding({ord(letter): "oe" for letter in "œŒ"} | {ord(letter): "ae" for letter in "æÆ"})


@lru_cache(maxsize=2048)
def sort_key(text: str) -> str:
    """Return the text as a French reader sorts it: small letters, no accents, ligatures opened."""
    plain = text if text.isascii() else text.translate(_FOLDING)
    return _SIGNS.sub(" ", plain.lower()).strip()
