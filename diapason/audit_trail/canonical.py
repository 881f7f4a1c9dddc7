"""Write one value as exactly one byte string, so that a hash over it means one thing only.

Canonical JSON: UTF-8, keys sorted by code point, separators "," and ":", nothing escaped that need not be, no
floats, no lone surrogates. `verifier/diapason_verify.py` applies the same rule with code of its own.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any, Final

import orjson

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_PLAIN: Final = frozenset({str, int, bool, type(None)})


class NotCanonical(ValueError):
    """Stop at a value or text that has no canonical form, or is not in it."""


def canonical_text(value: Any) -> str:
    """Return the canonical JSON text of None, bool, int, str, and lists and str-keyed dicts of them."""
    _check(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except (
        orjson.JSONEncodeError
    ):  # an integer beyond 64 bits, a lone surrogate: the same form, written slowly
        return _ENCODER.encode(value)


def canonical_bytes(value: Any) -> bytes:
    """Return the canonical JSON text as UTF-8; raises NotCanonical for a lone surrogate."""
    try:
        return canonical_text(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate has no UTF-8 form") from error


def parsed(raw: bytes) -> Any:
    """Return the value of a canonical text; raises NotCanonical unless writing it again gives the same bytes."""
    try:
        value = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if canonical_bytes(value) != raw:
        raise NotCanonical("the text is not in its canonical form")
    return value


def commitment(salt: bytes, value: Any) -> str:
    """Return the hex SHA-256 that stands for a value: of salt (32 bytes), 0x00 and its canonical text."""
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    return hashlib.sha256(salt + b"\x00" + canonical_bytes(value)).hexdigest()


def committed(value: Any) -> tuple[str, bytes, str]:
    """Return the commitment that stands for a value, the fresh salt that opens it, and the value’s canonical text."""
    salt, text = secrets.token_bytes(32), canonical_text(value)
    try:
        return hashlib.sha256(salt + b"\x00" + text.encode()).hexdigest(), salt, text
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate has no UTF-8 form") from error


def _check(value: Any) -> None:
    """Raise NotCanonical unless there are only texts, integers, truth values, lists and text-keyed dicts inside."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for key in item:
                if not isinstance(key, str):
                    raise NotCanonical(f"a key must be text, not {key!r}")
            item = item.values()
        elif not isinstance(item, list | tuple):
            if item is None or isinstance(item, str | int):
                continue
            raise NotCanonical(f"{type(item).__name__} has no canonical form")
        if not _PLAIN.issuperset(map(type, item)):
            waiting += [inner for inner in item if type(inner) not in _PLAIN]
