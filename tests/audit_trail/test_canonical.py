"""A value has one canonical text, and a text that is not canonical is no statement."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.audit_trail.canonical import (
    NotCanonical,
    canonical_bytes,
    canonical_text,
    commitment,
    committed,
    parsed,
)
from tests.audit_trail import forge

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]))
PLAIN = st.none() | st.booleans() | st.integers(-(2**80), 2**80) | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20)


@given(VALUES)
def test_writing_and_reading_give_back_the_value(value):
    raw = canonical_bytes(value)
    assert parsed(raw) == value
    assert raw == forge.canonical(value)
    assert forge.verifier().parse(raw) == value, "the stand-alone verifier has the same rule"


def test_keys_are_sorted_and_nothing_is_escaped_without_need():
    assert (
        canonical_text({"é": [1, None, True], "a": "«\u00a0x\u00a0»\n"})
        == '{"a":"«\u00a0x\u00a0»\\n","é":[1,null,true]}'
    )


@pytest.mark.parametrize("value", [1.0, float("nan"), {1: "a"}, {"a": {2.5}}, object(), b"x", [1, [2, 0.5]]])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical_text(value)


def test_a_lone_surrogate_is_refused():
    with pytest.raises(NotCanonical):
        canonical_bytes({"a": "\ud800"})


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'"\\u00e9"',
        b"\xff",
        b"",
        b"[" * 100_000,
    ],
)
def test_a_second_form_is_refused(raw):
    with pytest.raises(NotCanonical):
        parsed(raw)


def test_a_commitment_is_the_hash_of_salt_and_canonical_value():
    hidden, salt, text = committed("Maëlle")
    expected = hashlib.sha256(salt + b"\x00" + json.dumps("Maëlle", ensure_ascii=False).encode()).hexdigest()
    assert (hidden, text) == (expected, '"Maëlle"')
    assert len(salt) == 32
    assert committed("Maëlle")[0] != hidden, "equal values do not show"
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"short", "x")


def test_the_form_written_fast_is_that_of_the_standard_library() -> None:
    """Every character but the surrogates, keys in every order, integers on both sides of 64 bits."""
    writer = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    signs = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x110000))]
    for start in range(0, len(signs), 50_000):
        text = "".join(signs[start : start + 50_000])
        assert canonical_text(text) == writer.encode(text)
    keyed = {sign: position for position, sign in enumerate(reversed(signs[::97]))}
    for value in (keyed, [2**63, -(2**63), 2**64, -(2**64)], {"a": [None, True, {"\U0001f600": "\uffff"}]}):
        assert canonical_text(value) == writer.encode(value)


@pytest.mark.parametrize(
    "value", [1.5, [1.5], {"a": [{"b": float("nan")}]}, {1: "a"}, {"a": {None: 1}}, date(2026, 1, 1)]
)
def test_what_the_fast_writer_would_take_is_still_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_text(value)
