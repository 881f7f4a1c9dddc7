"""Whatever is done to an export or a proof afterwards is found, and the first wrong entry is named."""

from __future__ import annotations

import copy
import random
from functools import lru_cache

import pytest

from tests.audit_trail import forge

VERIFIER = forge.verifier()
TRAIL = forge.Trail(forge.statement(index) for index in range(200))
EXPORT = TRAIL.export([60, 130, 200])
FIRST = EXPORT.index(b"\n") + 1
STARTS = [FIRST]
for _text in TRAIL.statements:
    STARTS.append(STARTS[-1] + len(_text) + 1)


@pytest.fixture
def fault(tmp_path):
    """Return `fault(bytes, *kept)` → the fault of an export, compared with files kept elsewhere."""

    def check(raw, *kept):
        path = tmp_path / "export.jsonl"
        path.write_bytes(raw)
        names = []
        for number, text in enumerate(kept):
            names.append(tmp_path / f"kept{number}.jsonl")
            names[-1].write_bytes(text)
        try:
            VERIFIER.check_trail(path, names)
        except VERIFIER.Wrong as error:
            return error
        return None

    return check


def entry_at(place):
    """Return the number of the entry to which a byte of the export belongs, None outside the statements."""
    if not STARTS[0] <= place < STARTS[-1]:
        return None
    return next(number for number in range(200) if place < STARTS[number + 1])


def check_flips(fault, places, masks):
    """Flip each byte; each time the fault must be found, and name the entry when it lies in one."""
    for place in places:
        for mask in masks:
            raw = bytearray(EXPORT)
            raw[place] ^= mask
            found = fault(bytes(raw))
            assert found is not None, (place, mask)
            expected = entry_at(place)
            assert expected is None or found.entry == expected, (place, mask, found.entry, expected)


def test_flipped_bytes_are_found_and_the_entry_named(fault):
    chance = random.Random(2026)
    assert fault(EXPORT) is None
    check_flips(fault, chance.sample(range(len(EXPORT)), 500), [1 << chance.randrange(8)])
    edges = [place for start in STARTS[:20] for place in (start - 2, start - 1, start)]
    check_flips(fault, edges, [1, 0x20, 0x80])
    check_flips(fault, range(FIRST), [1])


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_every_flipped_byte_is_found_and_the_entry_named(fault, monkeypatch):
    """What the lines that were left alone amount to is remembered from one flip to the next."""
    for name in ("check_statement", "signature_is_valid", "leaf_of"):
        monkeypatch.setattr(VERIFIER, name, lru_cache(2000)(getattr(VERIFIER, name)))
    check_flips(fault, range(len(EXPORT)), [1])


def lines_of(raw):
    return raw.splitlines(keepends=True)


def test_an_entry_taken_out_is_named(fault):
    chance = random.Random(1)
    for number in chance.sample(range(200), 40):
        lines = lines_of(EXPORT)
        del lines[1 + number]
        assert fault(b"".join(lines)).entry == number


def test_an_entry_put_in_is_named(fault):
    chance = random.Random(2)
    for number in chance.sample(range(200), 40):
        lines = lines_of(EXPORT)
        lines.insert(1 + number, forge.statement(number, act="forged") + b"\n")
        found = fault(b"".join(lines))
        assert found.entry in {number, number + 1}, found


def test_two_entries_swapped_are_named(fault):
    chance = random.Random(3)
    for _ in range(40):
        one, two = sorted(chance.sample(range(200), 2))
        lines = lines_of(EXPORT)
        lines[1 + one], lines[1 + two] = lines[1 + two], lines[1 + one]
        assert fault(b"".join(lines)).entry == one


def test_an_entry_replaced_by_another_well_formed_one_is_named(fault):
    chance = random.Random(4)
    for number in chance.sample(range(200), 40):
        lines = lines_of(EXPORT)
        lines[1 + number] = forge.statement(number, by="P-0001") + b"\n"
        assert fault(b"".join(lines)).entry == number


def test_a_file_cut_off_anywhere_is_found(fault):
    chance = random.Random(5)
    for place in [*chance.sample(range(len(EXPORT)), 150), 0, len(EXPORT) - 1]:
        assert fault(EXPORT[:place]) is not None


def test_anything_appended_is_found(fault):
    for more in (b"\n", b" ", b"{}\n", lines_of(EXPORT)[-1], lines_of(EXPORT)[5]):
        assert fault(EXPORT + more) is not None


def test_a_head_or_hashes_taken_out_are_found(fault):
    lines = lines_of(EXPORT)
    assert fault(b"".join(lines[:-1])).entry == 130
    assert fault(b"".join([*lines[:201], *lines[202:]])) is not None


@pytest.mark.parametrize("size", [0, 1, 59, 130, 199])
def test_a_shortened_trail_is_found_by_a_head_kept_elsewhere(fault, size):
    """The thief holds the key: the short export is right in itself. A hospital kept the head of 200 entries."""
    short = forge.Trail(TRAIL.statements[:size]).export()
    assert fault(short) is None
    found = fault(short, TRAIL.heads_file([60, 200]))
    assert found.entry == size


def test_a_rollback_after_which_other_things_happened_is_found(fault):
    again = forge.Trail(
        [*TRAIL.statements[:150], *(forge.statement(n, by="P-0007") for n in range(150, 220))]
    )
    assert fault(again.export()) is None
    assert fault(again.export(), TRAIL.heads_file([60, 200], leaves=True)).entry == 150
    found = fault(again.export(), TRAIL.heads_file([60, 130, 200]))
    assert found.entry == 130
    assert "ou une autre avant 200" in found.text


@pytest.mark.parametrize("number", [0, 1, 57, 129, 130, 199])
def test_a_rewritten_trail_signed_again_is_found_by_what_was_kept(fault, number):
    statements = list(TRAIL.statements)
    statements[number] = forge.statement(number, by="P-0001")
    rewritten = forge.Trail(statements)
    assert fault(rewritten.export([60, 130, 200])) is None
    assert fault(rewritten.export([60, 130, 200]), TRAIL.heads_file([200], leaves=True)).entry == number
    assert fault(rewritten.export(), TRAIL.export([60, 130, 200])).entry == number
    bare = fault(rewritten.export(), TRAIL.heads_file([60, 130, 200]))
    assert bare.entry == (0 if number < 60 else 60 if number < 130 else 130)


def test_a_trail_signed_by_another_key_is_found_by_what_was_kept(fault):
    other = forge.Trail(TRAIL.statements, keys=(5,))
    assert fault(other.export()) is None
    assert "autre clé" in fault(other.export(), TRAIL.heads_file([200])).text


def test_a_damaged_kept_file_is_not_taken_for_a_damaged_trail(fault):
    kept = bytearray(TRAIL.heads_file([200]))
    kept[-20] ^= 1
    assert "fichier gardé abîmé" in fault(EXPORT, bytes(kept)).text


PROOF = TRAIL.proof(57, older=130, openings=[forge.OPENING])
PROOF_TEXT = forge.canonical(PROOF) + b"\n"
OTHERS = [TRAIL.proof(index, older=older) for index, older in ((56, 130), (57, 60), (58, 199), (199, 1))]
SHORTER = TRAIL.proof(57, size=130, older=60)


def places_of(value, path=()):
    """Return the paths of every list, dict and plain value inside a value."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        found += places_of(item, (*path, name))
    return found


def taken(value, path):
    for name in path:
        value = value[name]
    return value


def mutated_bytes(chance):
    """Return the proof with bytes flipped, inserted, deleted, doubled or moved."""
    raw = bytearray(PROOF_TEXT)
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        place = chance.randrange(len(raw))
        way = chance.randrange(5)
        if way == 0:
            raw[place] ^= 1 << chance.randrange(8)
        elif way == 1:
            raw.insert(place, chance.choice(b'0123456789abcdefABCDEF",:{}[] \n'))
        elif way == 2:
            del raw[place : place + chance.randrange(1, 40)]
        elif way == 3:
            raw[place:place] = raw[place : place + chance.randrange(1, 70)]
        else:
            other = chance.randrange(len(raw))
            raw[place], raw[other] = raw[other], raw[place]
    return bytes(raw)


def mutated_value(chance):  # noqa: C901  one branch a way to forge
    """Return the proof with one part changed, dropped, doubled or taken from another proof, well written again."""
    value = copy.deepcopy(PROOF)
    path = chance.choice(places_of(value))
    part, where, name = taken(value, path), taken(value, path[:-1]), path[-1]
    way = chance.randrange(6)
    if way == 0:
        donor = chance.choice([*OTHERS, SHORTER])
        try:
            where[name] = copy.deepcopy(taken(donor, path))
        except (KeyError, IndexError, TypeError):
            del where[name]
    elif way == 1:
        del where[name]
    elif way == 2 and isinstance(where, list):
        where.insert(name, copy.deepcopy(part))
    elif way == 3:
        where[name] = chance.choice([None, True, 0, 1, -1, "", [], {}, "0" * 64, 2**70])
    elif isinstance(part, str) and part:
        at = chance.randrange(len(part))
        where[name] = part[:at] + chance.choice("0123456789abcdefABCDEFé") + part[at + 1 :]
    elif isinstance(part, bool) or part is None:
        where[name] = 1
    elif isinstance(part, int):
        where[name] = part + chance.choice([-1, 1, 2**32])
    elif isinstance(part, list):
        where[name] = part[::-1] if len(part) > 1 else [*part, *part]
    elif isinstance(part, dict):
        part["more"] = 1
    else:
        where[name] = "0"
    return forge.canonical(value) + b"\n"


def still_true(raw):
    """Tell whether what is not needed was only left out, or taken whole from a true proof: that is no forgery."""
    if raw == PROOF_TEXT:
        return True
    true = [PROOF, *OTHERS, SHORTER]
    allowed = [
        PROOF | {"consistency": consistency, "openings": openings}
        for consistency in (None, *(proof["consistency"] for proof in true if proof["head"] == PROOF["head"]))
        for openings in ([], PROOF["openings"])
    ]
    return raw in [forge.canonical(value) + b"\n" for value in allowed]


def check_mutations(tmp_path, number, seed):
    """Make mutated proofs; none may be accepted. Returns how many were tried."""
    chance, path, tried = random.Random(seed), tmp_path / "proof.json", 0
    path.write_bytes(PROOF_TEXT)
    assert VERIFIER.check_proof(path)
    while tried < number:
        raw = mutated_bytes(chance) if tried % 3 == 0 else mutated_value(chance)
        if still_true(raw):
            continue
        tried += 1
        path.write_bytes(raw)
        try:
            VERIFIER.check_proof(path)
        except VERIFIER.Wrong:
            continue
        pytest.fail(f"accepted: {raw!r}")
    return tried


def test_mutated_proofs_are_refused(tmp_path):
    assert check_mutations(tmp_path, 1500, seed=11) == 1500


@pytest.mark.full
def test_ten_thousand_mutated_proofs_are_refused(tmp_path):
    assert check_mutations(tmp_path, 10_000, seed=12) == 10_000


@pytest.mark.full
def test_every_flipped_byte_of_a_proof_is_refused(tmp_path):
    path = tmp_path / "proof.json"
    for place in range(len(PROOF_TEXT)):
        for bit in range(8):
            raw = bytearray(PROOF_TEXT)
            raw[place] ^= 1 << bit
            path.write_bytes(raw)
            with pytest.raises(VERIFIER.Wrong):
                VERIFIER.check_proof(path)
