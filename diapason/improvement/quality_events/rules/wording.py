"""Make a title out of what was written, and a receipt code that nobody can guess."""

import re
import secrets
from hashlib import sha256
from typing import Final

LONGEST_TITLE: Final = 90
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The 32 signs of Crockford's base 32: no I, L, O or U to be misread."""
CODE_LENGTH: Final = 12
"""Sixty bits: guessing is hopeless even without a limit of tries."""


def title_of(description: str) -> str:
    """Return the first sentence of a description, cut at a word when it is long."""
    first = re.split(r"(?<=[.!?…])\s|\n", description.strip(), maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= LONGEST_TITLE:
        return first or description.strip()[:LONGEST_TITLE]
    return first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def new_code() -> str:
    """Return a new receipt code, like "7Q4M-2XKD-90TZ"."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def is_code(code: str) -> bool:
    """Tell whether it is written as our receipt codes are."""
    return re.fullmatch(rf"(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code) is not None


def digest_of(code: str) -> str:
    """Return the digest under which a receipt code is kept; lower case, blanks and look-alikes are forgiven."""
    plain = re.sub(r"[\s\-]", "", code.upper()).replace("O", "0").replace("I", "1").replace("L", "1")
    return sha256(f"receipt:{plain}".encode()).hexdigest()
