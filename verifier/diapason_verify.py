#!/usr/bin/env python3
"""Vérifie hors ligne la piste d’audit de Diapason.  /  Verifies a Diapason audit trail offline.

Ce fichier se suffit à lui-même (Python 3.9 ou plus, rien à installer) et ne contacte aucun réseau.
This file stands alone (Python 3.9 or later, nothing to install) and contacts no network.

    python3 diapason_verify.py trail EXPORT [--head KEPT ...] [--key FINGERPRINT] [--language fr|en]
    python3 diapason_verify.py proof PROOF  [--head KEPT ...] [--key FINGERPRINT] [--language fr|en]

To read in this order: 1. each statement has exactly one valid byte string, so that its hash means one thing only;
2. the SHA-256 Merkle tree of RFC 9162, whose root depends on each byte of each entry; 3. Ed25519 of RFC 8032,
which ties the root to the instance's key; 4. what must hold of an export and of a proof, in this order.
An export is text, one canonical JSON value a line: header, statements, their hashes (they only serve to *name* a
wrong entry), signed heads. KEPT is an older export or a heads file that somebody kept elsewhere: only that can
show that the end was cut off, or that everything was rewritten and signed again.
Exit code: 0 everything holds, 1 something is wrong, 2 a file cannot be read.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import re
import sys
from functools import lru_cache

HEX64, HEX128 = re.compile("[0-9a-f]{64}").fullmatch, re.compile("[0-9a-f]{128}").fullmatch
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z").fullmatch
STATEMENT = set("v index instance act at recorded_at by role on_behalf caused_by facts changes".split())
TEXTS = ("act", "by", "role", "on_behalf", "at", "recorded_at")
FACT, CHANGE = {"name", "subject", "organization", "values"}, {"table", "key", "op", "old", "new"}
OPERATIONS = {("insert", False, True), ("update", True, True), ("delete", True, False)}
HEAD = {"v", "instance", "size", "root", "signed_at", "key_id"}
PROOF = {"diapason", "v", "instance", "public_keys", "statement", "inclusion", "head", "consistency", "openings"}
BATCH = 1000  # hashes a line, and statements checked at a time


class Wrong(Exception):
    """What is wrong, as "French ‖ English", and the number of the first wrong entry where it is known."""

    def __init__(self, text, entry=None):
        super().__init__(text, entry)
        self.text, self.entry = text, entry


def need(condition, text, entry=None):
    if not condition:
        raise Wrong(text, entry)


# -------------------------------------------------------------------------------------- 1. one valid byte string
def no_float(_):
    raise ValueError("float")


_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode
_read = json.JSONDecoder(parse_float=no_float, parse_constant=no_float).decode


def canonical(value):
    return _write(value).encode()


def parse(raw):
    """The value of a line; writing it again must give the same bytes, so there is no second way to say it."""
    try:
        value = _read(raw.decode())
        if canonical(value) == raw:
            return value
    except (ValueError, RecursionError):
        pass
    raise Wrong("texte abîmé ou mal écrit ‖ damaged text, or not in its one valid form")


def is_shape(value, keys):
    return isinstance(value, dict) and value.keys() == keys


def is_text(value, pattern):
    return isinstance(value, str) and pattern(value) is not None


def is_change(change):
    if not is_shape(change, CHANGE) or not isinstance(change["table"], str):
        return False
    old, new = change["old"], change["new"]
    return (change["op"], isinstance(old, dict), isinstance(new, dict)) in OPERATIONS and (old or new) is not None


def check_statement(raw, index, instance):
    """Raises Wrong unless these bytes are statement number `index` of this instance; returns it."""
    value = parse(raw)
    need(is_shape(value, STATEMENT) and value["v"] == 1, "clés inattendues ‖ unexpected keys")
    said, cause = value["index"], value["caused_by"]
    need(type(said) is int and said == index, f"entrée {said!r} à la place {index} : retirée, ajoutée ou déplacée ‖ "
         f"entry {said!r} at place {index}: removed, added or moved")
    need(value["instance"] == instance, "autre instance ‖ another instance")
    need(all([isinstance(value[name], str) for name in TEXTS]) and MOMENT(value["at"])
         and MOMENT(value["recorded_at"]) and (cause is None or type(cause) is int and 0 <= cause < index)
         and isinstance(value["facts"], list) and isinstance(value["changes"], list)
         and all([is_shape(fact, FACT) and isinstance(fact["name"], str) for fact in value["facts"]])
         and all([is_change(change) for change in value["changes"]]), "contenu mal formé ‖ malformed content")
    return value


# ------------------------------------------------------------------------------------ 2. Merkle tree of RFC 9162
def leaf_of(raw):
    return hashlib.sha256(b"\x00" + raw).digest()


def join(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots_at(sizes, leaves):
    """Size → root (hex) for the sizes that these leaves reach, 32 bytes each; peaks = roots of complete subtrees."""
    roots, peaks, done = {}, [], 0
    for size in sorted(size for size in set(sizes) if size * 32 <= len(leaves)):
        for index in range(done, size):
            digest = leaves[index * 32:index * 32 + 32]
            while index & 1:
                digest, index = hashlib.sha256(b"\x01" + peaks.pop() + digest).digest(), index >> 1
            peaks.append(digest)
        done, digest = size, peaks[-1] if peaks else hashlib.sha256().digest()
        for peak in peaks[-2::-1]:
            digest = join(peak, digest)
        roots[size] = digest.hex()
    return roots


def climb(start, index, size, path, old=None):
    """(root of the old tree, root of `size` leaves) reached over a path: RFC 9162 §2.1.3.2, or with `old`
    §2.1.4.2, where the path starts at the last complete subtree of the old tree; None if it does not fit."""
    position, last, new = index, size - 1, start
    while old is not None and position & 1:
        position, last = position >> 1, last >> 1
    for sibling in path:
        if last == 0:
            return None
        if position & 1 or position == last:
            new, old = join(sibling, new), old and join(sibling, old)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = join(new, sibling)
        position, last = position >> 1, last >> 1
    return None if last else (old, new)


def is_beginning(old, new, path, old_root, new_root):
    """Whether `path` proves that the tree of `old` leaves is the beginning of that of `new` leaves."""
    if old == new:
        return not path and old_root == new_root
    nodes = path if old & (old - 1) else [old_root, *path]
    return 0 < old < new and nodes != [] and \
        climb(nodes[0], old - 1, new, nodes[1:], nodes[0]) == (old_root, new_root)


# ---------------------------------------------------------------------------------- 3. Ed25519 of RFC 8032, strict
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
NEUTRAL = (0, 1, 1, 0)


def add(one, two):
    """Adds two points of the curve, in extended coordinates (X, Y, Z, T)."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_of(raw):
    """Returns the point that 32 bytes encode; None unless the encoding is the canonical one."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def bytes_of(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


@lru_cache(maxsize=64)
def multiples(point):
    """Returns 64 rows of 16: row i holds 0…15 times 16**i times the point (a key checks many heads)."""
    rows = []
    for _ in range(64):
        row = [NEUTRAL]
        for _ in range(15):
            row.append(add(row[-1], point))
        rows.append(row)
        point = add(row[-1], point)
    return rows


def times(scalar, point):
    total = NEUTRAL
    for row in multiples(point):
        total = add(total, row[scalar & 15])
        scalar >>= 4
    return total


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signature_is_valid(key, message, signature):
    """Returns whether 64 bytes sign the message (RFC 8032 §5.1.7, cofactorless): S below L, the key a canonical
    point not of small order; R is compared as bytes, so that it too is canonical."""
    point, s = point_of(key), int.from_bytes(signature[32:], "little")
    if point is None or s >= L or len(signature) != 64:
        return False
    eighth = add(point, point)
    eighth = add(eighth, eighth)
    if bytes_of(add(eighth, eighth)) == bytes_of(NEUTRAL):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, t = times(k, point)
    return bytes_of(add(times(s, BASE), (-x % P, y, z, -t % P))) == signature[:32]


# ------------------------------------------------------------------------------------------- 4. what must hold
def check_keys(keys, instance, pinned):
    """key_id → public key; each key after the first is introduced by a signature of the one before."""
    known, previous = {}, None
    need(isinstance(keys, list) and keys, "aucune clé publique ‖ no public key")
    for entry in keys:
        need(is_shape(entry, {"key", "signature"}) and is_text(entry["key"], HEX64), "clé mal formée ‖ malformed key")
        key, signature = bytes.fromhex(entry["key"]), entry["signature"]
        key_id = hashlib.sha256(key).hexdigest()
        if previous is None:
            need(signature is None and pinned in (None, key_id),
                 f"la première clé n’est pas celle attendue : {key_id} ‖ the first key is not as expected: {key_id}")
        else:
            text = canonical({"v": 1, "instance": instance, "previous_key_id": previous, "next_key": entry["key"]})
            need(key_id not in known and is_text(signature, HEX128)
                 and signature_is_valid(known[previous], text, bytes.fromhex(signature)),
                 f"clé {key_id} non introduite par la précédente ‖ key {key_id} not introduced by the one before")
        known[key_id], previous = key, key_id
    return known


def check_head(signed, keys, instance):
    """Raises Wrong unless {"head", "signature"} is a head that a known key signed for this instance; returns it."""
    need(is_shape(signed, {"head", "signature"}) and is_shape(signed["head"], HEAD)
         and is_text(signed["signature"], HEX128), "tête signée mal formée ‖ malformed signed head")
    head = signed["head"]
    need(head["v"] == 1 and type(head["size"]) is int and head["size"] >= 0 and is_text(head["root"], HEX64)
         and is_text(head["signed_at"], MOMENT), "tête signée mal formée ‖ malformed signed head")
    need(head["instance"] == instance and isinstance(head["key_id"], str) and head["key_id"] in keys
         and signature_is_valid(keys[head["key_id"]], canonical(head), bytes.fromhex(signed["signature"])),
         f"tête du {head['signed_at']} : signature fausse ‖ head of {head['signed_at']}: wrong signature")
    return head


def check_batch(first, instance, lines, strict):
    """The leaves of these statements, one after the other, and the first fault among them: (text, entry) or None."""
    fault = None
    for index, raw in enumerate(lines, start=first):
        try:
            if strict and fault is None:
                check_statement(raw, index, instance)
        except Wrong as error:
            fault = error.text, index
    return b"".join([leaf_of(raw) for raw in lines]), fault


class Export:
    """An export read once, line by line: what it says, and its first fault in the order of the file."""

    def __init__(self, path, kinds, pinned=None, strict=True):
        self.computed, self.stated, self.heads, self.fault, self.strict = bytearray(), bytearray(), [], None, strict
        with open(path, "rb") as file:
            header = parse(file.readline()[:-1])
            need(is_shape(header, {"diapason", "v", "instance", "public_keys"}) and header["diapason"] in kinds
                 and header["v"] == 1 and isinstance(header["instance"], str), "en-tête inattendu ‖ unexpected header")
            self.instance = header["instance"]
            self.keys = check_keys(header["public_keys"], self.instance, pinned)
            if strict and os.fstat(file.fileno()).st_size > 10_000_000:
                with concurrent.futures.ProcessPoolExecutor() as pool:
                    line = self.read_statements(file, pool)
            else:
                line = self.read_statements(file, None)
            while line:
                try:
                    self.read_rest(line)
                except Wrong as error:
                    self.fault = self.fault or error
                line = file.readline()

    def read_statements(self, file, pool):
        """Reads to the first line that is no statement, and returns that line."""
        waiting, lines, first, line = collections.deque(), [], 0, file.readline()
        while line and not line.startswith((b'{"leaves":', b'{"head":')):
            if not line.endswith(b"\n"):
                self.fault = Wrong("fichier tronqué ‖ truncated file")
            lines.append(line[:-1])
            line = file.readline()
            if len(lines) == BATCH:
                job = first, self.instance, lines, self.strict
                waiting.append(pool.submit(check_batch, *job).result if pool else lambda job=job: check_batch(*job))
                first, lines = first + BATCH, []
                if len(waiting) > 8:
                    self.keep(waiting.popleft()())
        for result in waiting:
            self.keep(result())
        self.keep(check_batch(first, self.instance, lines, self.strict))
        return line

    def keep(self, result):
        self.computed += result[0]
        if result[1] and (self.fault is None or self.fault.entry is None):
            self.fault = Wrong(*result[1])

    def read_rest(self, line):
        value = parse(line[:-1] if line.endswith(b"\n") else b"")
        if is_shape(value, {"leaves"}):
            values = value["leaves"]
            need(not self.heads and len(self.stated) % (BATCH * 32) == 0 and isinstance(values, list)
                 and 0 < len(values) <= BATCH and all([is_text(value, HEX64) for value in values]),
                 "empreintes mal formées ‖ malformed hashes")
            self.stated += bytes.fromhex("".join(values))
        else:
            head = check_head(value, self.keys, self.instance)
            need(not self.heads or self.heads[-1]["size"] < head["size"], "têtes en désordre ‖ heads out of order")
            self.heads.append(head)


def first_difference(one, two):
    """The number of the first leaf at which two rows of leaves differ; the end of the shorter one counts."""
    length = min(len(one), len(two))
    return next((at // 32 for at in range(0, length, 32) if one[at:at + 32] != two[at:at + 32]), length // 32)


def compare(leaves, stated, heads, whose):
    """Raises Wrong unless each head has the root of these leaves. Stated hashes name the wrong entry exactly where
    they themselves give the signed root; without them it lies after the last head that agrees."""
    ours, theirs = roots_at([head["size"] for head in heads], leaves), {}
    agreed = 0
    for head in heads:
        size, when = head["size"], head["signed_at"]
        if ours.get(size) == head["root"]:
            agreed = size
            continue
        theirs = theirs or roots_at([head["size"] for head in heads], stated)
        exact, count = theirs.get(size) == head["root"], len(leaves) // 32
        entry = first_difference(leaves, stated[:size * 32]) if exact else count if size > count else agreed
        need(entry < count, f"{whose} du {when} : {size} entrées, il n’en reste que {count} ‖ "
             f"head of {when}: {size} entries, only {count} are left", entry)
        raise Wrong(f"{whose} du {when} : l’entrée {entry}{'' if exact else f' ou une suivante avant {size}'} a changé"
                    f" ‖ head of {when}: entry {entry}{'' if exact else f' or one before {size}'} was changed", entry)


def kept_heads(path, trail_keys, instance, leaves=None):
    """The heads of a file kept elsewhere; raises Wrong if it is damaged or, given leaves, disagrees with them."""
    kept = Export(path, ("heads", "trail"), strict=False)
    need(kept.fault is None and kept.heads, f"{path} : fichier gardé abîmé ‖ {path}: the kept file is damaged")
    need(kept.instance == instance, f"{path} : autre instance ‖ {path}: another instance")
    need(next(iter(kept.keys)) == next(iter(trail_keys)),
         f"{path} : autre première clé, tout a été signé à nouveau ‖ {path}: other first key, all was signed again")
    if leaves is not None:
        compare(leaves, kept.stated or kept.computed, kept.heads, "tête gardée")
    return kept.heads


def check_trail(path, kept=(), pinned=None):
    """Raises Wrong, or returns the sentences that say what is proven of a whole export."""
    export = Export(path, ("trail",), pinned)
    computed, heads, fault = export.computed, export.heads, export.fault
    if fault and fault.entry is not None:
        raise fault
    compare(computed, export.stated, heads, "tête")
    if fault:
        raise fault
    count = len(computed) // 32
    need(heads and heads[-1]["size"] == count, "aucune tête signée ne couvre la fin ‖ no signed head covers the end",
         heads[-1]["size"] if heads else 0)
    need(export.stated == computed, "les empreintes jointes ne sont pas celles des entrées ‖ the attached hashes are "
         "not those of the entries")
    told = [f"{count} entrées intactes, complètes et dans leur ordre au {heads[-1]['signed_at']} ; {len(heads)} têtes "
            f"signées ‖ {count} entries intact, complete and in order as of {heads[-1]['signed_at']}; "
            f"{len(heads)} signed heads", f"première clé : {next(iter(export.keys))} ‖ first key: "
            f"{next(iter(export.keys))}"]
    for name in kept:
        agreed = len(kept_heads(name, export.keys, export.instance, computed))
        told.append(f"{name} : {agreed} têtes gardées ailleurs ; depuis, rien n’a été coupé ni réécrit ‖ "
                    f"{name}: {agreed} heads kept elsewhere; nothing was cut off or rewritten since")
    return told if kept else [*told, "sans tête gardée ailleurs, une fin coupée ou une réécriture entière ne se verrait "
                              "pas ‖ without a head kept elsewhere, a cut end or an entire rewriting would not show"]


def hashes(values):
    need(isinstance(values, list) and all(is_text(value, HEX64) for value in values), "chemin mal formé ‖ bad path")
    return [bytes.fromhex(value) for value in values]


def check_opening(opening, statement):
    """Raises Wrong unless this salt and value give a commitment that stands in the statement."""
    need(is_shape(opening, {"commitment", "salt", "value"}) and is_text(opening["salt"], HEX64), "ouverture ‖ opening")
    digest = hashlib.sha256(bytes.fromhex(opening["salt"]) + b"\x00" + canonical(opening["value"])).hexdigest()
    need(digest == opening["commitment"] and canonical({"commitment": digest}) in statement,
         "une donnée personnelle jointe est fausse ‖ an attached personal value is wrong")


def check_proof(path, kept=(), pinned=None):
    """Raises Wrong, or returns the sentences that say what the proof of one entry proves."""
    with open(path, "rb") as file:
        raw = file.read()
    proof = parse(raw[:-1] if raw.endswith(b"\n") else b"")
    need(is_shape(proof, PROOF) and proof["diapason"] == "proof" and proof["v"] == 1 and is_shape(
        proof["statement"], STATEMENT) and isinstance(proof["openings"], list), "preuve mal formée ‖ malformed proof")
    instance, statement = proof["instance"], canonical(proof["statement"])
    keys = check_keys(proof["public_keys"], instance, pinned)
    head = check_head(proof["head"], keys, instance)
    size, root, index = head["size"], bytes.fromhex(head["root"]), proof["statement"]["index"]
    need(type(index) is int and 0 <= index < size, "numéro impossible ‖ impossible number")
    check_statement(statement, index, instance)
    need(climb(leaf_of(statement), index, size, hashes(proof["inclusion"])) == (None, root),
         f"l’entrée {index} n’est pas dans la piste signée ‖ entry {index} is not in the signed trail", index)
    for opening in proof["openings"]:
        check_opening(opening, statement)
    what, when = f"{proof['statement']['act']!r}, {proof['statement']['by']!r}", proof["statement"]["recorded_at"]
    told = [f"l’entrée {index} ({what}, {when}) est mot pour mot dans la piste de {size} entrées signée le "
            f"{head['signed_at']} ‖ entry {index} ({what}, {when}) is word for word in the trail of {size} entries "
            f"signed on {head['signed_at']}", f"première clé : {next(iter(keys))} ‖ first key: {next(iter(keys))}"]
    known = {size: head["root"]}
    if proof["consistency"] is not None:
        need(is_shape(proof["consistency"], {"older", "path"}), "preuve mal formée ‖ malformed proof")
        older, path = check_head(proof["consistency"]["older"], keys, instance), hashes(proof["consistency"]["path"])
        need(is_beginning(older["size"], size, path, bytes.fromhex(older["root"]), root),
             f"la piste du {older['signed_at']} n’en est pas le début ‖ that of {older['signed_at']} is no beginning")
        known[older["size"]] = older["root"]
        told.append(f"la piste de {older['size']} entrées du {older['signed_at']} en est le début ‖ the trail of "
                    f"{older['size']} entries of {older['signed_at']} is its beginning")
    for name in kept:
        shared = [one for one in kept_heads(name, keys, instance) if one["size"] in known]
        need(shared, f"{name} : aucune tête de même taille à comparer ‖ {name}: no head of the same size to compare")
        need(all(one["root"] == known[one["size"]] for one in shared), f"{name} : piste réécrite ‖ {name}: rewritten")
        told.append(f"{name} : {len(shared)} têtes gardées d’accord ‖ {name}: {len(shared)} kept heads agree")
    return told


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("trail", "proof"))
    parser.add_argument("file")
    parser.add_argument("--head", action="append", default=[], metavar="KEPT", help="heads file or older export")
    parser.add_argument("--key", metavar="FINGERPRINT", help="what the first key must be")
    parser.add_argument("--language", choices=("fr", "en", "both"), default="both")
    options = parser.parse_args(arguments)

    def tell(text, file=None):
        parts = text.split(" ‖ ", 1)
        print(*{"fr": parts[:1], "en": parts[1:], "both": parts}[options.language], sep="\n", file=file)

    try:
        told = {"trail": check_trail, "proof": check_proof}[options.what](options.file, options.head, options.key)
    except OSError as error:
        tell(f"ILLISIBLE : {error} ‖ UNREADABLE: {error}", sys.stderr)
        return 2
    except Wrong as error:
        french, english = error.text.split(" ‖ ", 1)
        named = "" if error.entry is None else f" ({error.entry})"
        tell(f"FAUX{named} : {french}. ‖ WRONG{named}: {english}.", sys.stderr)
        return 1
    for text in ("VÉRIFIÉ ‖ VERIFIED", *told):
        tell(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
