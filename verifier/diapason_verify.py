#!/usr/bin/env python3
# fmt: off
# ruff: noqa: C419, T201
"""Vérifie hors ligne la piste d’audit de Diapason.  /  Verifies a Diapason audit trail offline.

Un seul fichier, Python 3.9 ou plus, aucun réseau.  /  One file, Python 3.9 or later, no network.

    python3 diapason_verify.py (trail EXPORT | proof PROOF) [--head KEPT ...] [--language fr|en]

Read it in this order: 1. each statement has exactly one valid byte string, so its hash means one thing only;
2. the SHA-256 Merkle tree of RFC 9162, whose root depends on each byte of each entry; 3. Ed25519 of RFC 8032,
which ties the root to the key of the instance; 4. what must hold of an export and of a proof.
An export is text, one canonical JSON value a line: header, statements (of an entry that its reader may not read
only the hash), their hashes (which only serve to name a wrong entry), signed heads, values behind commitments.
KEPT is an older export or a heads file that somebody kept elsewhere: only that shows a cut end, or that all was
rewritten and signed again. Exit code: 0 holds, 1 wrong, 2 unreadable file.
"""

import argparse
import concurrent.futures
import hashlib
import json
import re
import sys
from functools import lru_cache
from itertools import count, groupby, islice
from pathlib import Path

HEX64, HEX128 = re.compile("[0-9a-f]{64}").fullmatch, re.compile("[0-9a-f]{128}").fullmatch
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z").fullmatch
TEXTS = ("act", "by", "role", "on_behalf", "at", "recorded_at")
STATEMENT = {"v", "index", "instance", "caused_by", "facts", "changes", *TEXTS}
FACT, CHANGE = {"name", "subject", "organization", "values"}, {"table", "key", "op", "old", "new"}
OPERATIONS = {("insert", type(None), dict), ("update", dict, dict), ("delete", dict, type(None))}
HEAD = {"v", "instance", "size", "root", "signed_at", "key_id"}
HEADER, OPENING = {"diapason", "v", "instance", "public_keys"}, {"commitment", "salt", "value"}
CLOSED, COMMITMENT = re.compile(rb'{"leaf":"([0-9a-f]{64})"}\n'), re.compile(rb'{"commitment":"([0-9a-f]{64})"}')
PROOF = {*HEADER, "statement", "inclusion", "head", "consistency", "openings"}
REST = b'{"leaves":', b'{"head":', b'{"commitment":'
BATCH = 1000  # hashes a line, and statements checked at a time

class Wrong(Exception):
    """What is wrong, as "French ‖ English", and the number of the first wrong entry where it is known."""
    text, entry = property(lambda self: self.args[0]), property(lambda self: self.args[1])
def need(condition, text, entry=None):
    if not condition:
        raise Wrong(text, entry)

# ------------------------------------------------------------------------------- 1. one valid byte string
write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
read = json.JSONDecoder(parse_float=int, parse_constant=int).decode  # int("1.5") fails: there are no floats

def canonical(value):
    return write(value).encode()
def parse(raw):
    """The value of a text; writing it again must give the same bytes: there is no second way to say it."""
    try:
        value = read(raw.decode())
        if canonical(value) == raw:
            return value
    except (ValueError, RecursionError):
        pass
    raise Wrong("texte abîmé ou mal écrit ‖ damaged text, or not in its one valid form", None)
def is_shape(value, keys):
    return isinstance(value, dict) and value.keys() == keys and ("v" not in keys or repr(value["v"]) == "1")
def is_text(value, pattern):
    return isinstance(value, str) and pattern(value) is not None
def is_change(value):
    return is_shape(value, CHANGE) and isinstance(value["table"], str) and isinstance(value["op"], str) and (
        value["op"], type(value["old"]), type(value["new"])) in OPERATIONS

def check_statement(raw, index, instance):
    """Raises Wrong unless these bytes are statement number `index` of this instance; returns it."""
    value = parse(raw)
    need(is_shape(value, STATEMENT), "clés inattendues ‖ unexpected keys", index)
    said, cause = value["index"], value["caused_by"]
    need(type(said) is int and said == index, f"entrée {said!r} à la place {index} : retirée, ajoutée ou "
         f"déplacée ‖ entry {said!r} at place {index}: removed, added or moved", index)
    need(value["instance"] == instance and all([isinstance(value[name], str) for name in TEXTS])
         and MOMENT(value["at"]) and MOMENT(value["recorded_at"]) and (
             cause is None or (type(cause) is int and 0 <= cause < index))
         and isinstance(value["facts"], list) and all([is_shape(fact, FACT) for fact in value["facts"]])
         and isinstance(value["changes"], list) and all([is_change(change) for change in value["changes"]]),
         "contenu mal formé ‖ malformed content", index)
    return value

# ----------------------------------------------------------------------------- 2. Merkle tree of RFC 9162
def leaf_of(raw):
    return hashlib.sha256(b"\x00" + raw).digest()
def join(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()
def roots_at(sizes, leaves):
    """Size → root (hex), for the sizes that these leaves reach; peaks are the roots of full subtrees."""
    roots, peaks, done = {}, [], 0
    for size in sorted({size for size in sizes if size * 32 <= len(leaves)}):
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
    §2.1.4.2, whose path starts at the last full subtree of the old tree; None if the path does not fit."""
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
    return 0 < old < new and nodes != [] and climb(nodes[0], old - 1, new, nodes[1:], nodes[0]) == (old_root, new_root)

# --------------------------------------------------------------------------- 3. Ed25519 of RFC 8032, strict
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, NEUTRAL = -121665 * pow(121666, -1, P) % P, (0, 1, 1, 0)

def add(one, two):
    """The sum of two points of the curve, in extended coordinates (X, Y, Z, T)."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

@lru_cache(maxsize=64)
def point_of(raw):
    """The point that 32 bytes encode; None if of small order or not its canonical encoding."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    point = x, y, 1, x * y % P
    return None if bytes_of(times(8, point)) == bytes_of(NEUTRAL) else point
def bytes_of(point):
    inverse = pow(point[2], -1, P)
    return (point[1] * inverse % P | (point[0] * inverse % P & 1) << 255).to_bytes(32, "little")
@lru_cache(maxsize=64)
def multiples(point):
    """64 rows of 16: row i holds 0…15 times 16**i times the point (one key checks many heads)."""
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
        total, scalar = add(total, row[scalar & 15]), scalar >> 4
    return total
BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
def signature_is_valid(key, message, signature):
    """Whether 64 bytes sign the message (RFC 8032 §5.1.7, cofactorless): S below L; R compared as bytes."""
    point, s = point_of(key), int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, t = times(k, point)
    return bytes_of(add(times(s, BASE), (-x % P, y, z, -t % P))) == signature[:32]

# ------------------------------------------------------------------------------------- 4. what must hold
def check_keys(keys, instance):
    """key_id → public key; each key after the first is introduced by a signature of the one before."""
    known, previous = {}, None
    need(isinstance(keys, list) and keys, "aucune clé publique ‖ no public key")
    for entry in keys:
        good = is_shape(entry, {"key", "signature"}) and is_text(entry["key"], HEX64)
        need(good and (not previous or is_text(entry["signature"], HEX128)), "clé mal formée ‖ malformed key")
        key, signature = bytes.fromhex(entry["key"]), entry["signature"]
        key_id = hashlib.sha256(key).hexdigest()
        text = canonical({"v": 1, "instance": instance, "previous": previous, "next": entry["key"]})
        good = signature is None if previous is None else key_id not in known and signature_is_valid(
            known[previous], text, bytes.fromhex(signature))
        need(good, f"clé {key_id} : intruse ‖ key {key_id}: not introduced by the one before")
        known[key_id], previous = key, key_id
    return known
def check_head(signed, keys, instance):
    """Raises Wrong unless this is a head that a known key signed for this instance; returns it."""
    good = is_shape(signed, {"head", "signature"}) and is_shape(signed["head"], HEAD)
    need(good and is_text(signed["signature"], HEX128), "tête mal formée ‖ malformed head")
    head = signed["head"]
    need(type(head["size"]) is int and head["size"] >= 0 and head["instance"] == instance and is_text(
        head["root"], HEX64) and is_text(head["signed_at"], MOMENT), "tête mal formée ‖ malformed head")
    key, signature = keys.get(str(head["key_id"])), bytes.fromhex(signed["signature"])
    need(key and signature_is_valid(key, canonical(head), signature), "signature fausse ‖ wrong signature")
    return head

def check_batch(job):
    """The leaves of these statements, one after the other, how many are hashes only, and the first fault."""
    (first, instance, lines, strict), fault = job, None
    pairs = [(line, CLOSED.fullmatch(line)) for line in lines]
    try:
        for index, (line, known) in enumerate(pairs if strict else (), start=first):
            known or check_statement(line[:-1], index, instance)
    except Wrong as error:
        fault = Wrong(error.text, index)
    leaves = [bytes.fromhex(known[1].decode()) if known else leaf_of(line[:-1]) for line, known in pairs]
    return b"".join(leaves), sum([known is not None for _, known in pairs]), fault

class Export:
    """An export or heads file read once, line by line: what it says, and its first fault."""
    def __init__(self, path, kinds, strict=True):
        self.computed, self.stated, self.heads, self.fault, self.strict = bytearray(), bytearray(), [], None, strict
        self.closed, self.opened = 0, set()
        with Path(path).open("rb") as file:
            header = parse(file.readline()[:-1])
            need(is_shape(header, HEADER) and header["diapason"] in kinds, "en-tête inattendu ‖ wrong header")
            self.instance = header["instance"]
            self.keys = check_keys(header["public_keys"], self.instance)
            large = strict and Path(path).stat().st_size > 10_000_000
            run = concurrent.futures.ProcessPoolExecutor().map if large else map
            for is_rest, lines in groupby(file, lambda line: line.startswith(REST)):
                if is_rest or self.stated or self.heads:
                    self.read_rest([] if self.fault else lines)
                else:
                    self.read_statements(lines, run)
    def read_statements(self, lines, run):
        batches = zip(count(0, BATCH), iter(lambda: list(islice(lines, BATCH)), []))
        jobs = ((first, self.instance, batch, self.strict) for first, batch in batches)
        for window in iter(lambda: list(islice(jobs, 16)), []):
            for leaves, closed, fault in run(check_batch, window):
                self.computed += leaves
                self.closed += closed
                self.fault = self.fault or fault
    def read_rest(self, lines):
        for line in lines:
            try:
                value = parse(line[:-1] if line.endswith(b"\n") else b"")
                if is_shape(value, {"leaves"}):
                    self.keep_leaves(value["leaves"])
                elif is_shape(value, OPENING):
                    need(self.heads and value["commitment"] not in self.opened, "mal placé ‖ misplaced value")
                    self.opened.add(digest_behind(value))
                else:
                    self.heads.append(check_head(value, self.keys, self.instance))
                    used = [[*self.keys].index(head["key_id"]) for head in self.heads[-2:]]
                    sizes = [head["size"] for head in self.heads[-2:]]
                    need(used == sorted(used) and sizes == sorted(set(sizes)) and not self.opened,
                         "têtes en désordre ‖ heads out of order")
            except Wrong as error:
                self.fault = self.fault or error
    def keep_leaves(self, values):
        hashed = b"".join(hashes(values))
        good = not self.heads and len(self.stated) % (BATCH * 32) == 0 and 0 < len(values) <= BATCH
        need(good, "empreintes mal placées ‖ misplaced hashes")
        self.stated += hashed
def first_difference(one, two):
    """The number of the first leaf at which two rows of leaves differ; the shorter one's end counts."""
    end = min(len(one), len(two))
    return next((at // 32 for at in range(0, end, 32) if one[at:at + 32] != two[at:at + 32]), end // 32)
def compare(leaves, stated, heads, whose):
    """Raises Wrong unless each head has the root of these leaves. Stated hashes name the wrong entry if they
    give the signed root themselves; otherwise it lies after the last head that agrees."""
    ours, left, agreed = roots_at([head["size"] for head in heads], leaves), len(leaves) // 32, 0
    for head in heads:
        size, when = head["size"], head["signed_at"]
        if ours.get(size) == head["root"]:
            agreed = size
            continue
        exact = roots_at([size], stated).get(size) == head["root"]
        entry = first_difference(leaves, stated[:size * 32]) if exact else left if size > left else agreed
        need(entry < left, f"{whose} du {when} : {size} entrées, il n’en reste que {left} ‖ "
             f"head of {when}: {size} entries, only {left} are left", entry)
        where = ("", "") if exact else (f" ou une autre avant {size}", f" or another before {size}")
        raise Wrong(f"{whose} du {when} : l’entrée {entry}{where[0]} a changé ‖ "
                    f"head of {when}: entry {entry}{where[1]} changed", entry)
def kept_heads(path, keys, instance, leaves=None):
    """The heads of a file kept elsewhere; raises Wrong if it is damaged or disagrees with these leaves."""
    kept = Export(path, ("heads", "trail"), strict=False)
    need(kept.fault is None and kept.heads, f"{path} : fichier gardé abîmé ‖ {path}: damaged kept file")
    same = kept.instance == instance and next(iter(kept.keys)) == next(iter(keys))
    need(same, f"{path} : d’une autre instance ou d’une autre clé ‖ {path}: of another instance or key")
    if leaves is not None:
        compare(leaves, kept.stated or kept.computed, kept.heads, "tête gardée")
    return kept.heads

def check_trail(path, kept=()):
    """Returns the sentences that say what is proven of a whole export, or raises Wrong."""
    export = Export(path, ("trail",))
    leaves, heads = export.computed, export.heads
    if not export.fault or export.fault.entry is None:
        compare(leaves, export.stated, heads, "tête")
    if export.fault:
        raise export.fault
    size, when = (heads[-1]["size"], heads[-1]["signed_at"]) if heads else (0, "")
    need(heads and size * 32 == len(leaves), "aucune tête ne couvre la fin ‖ no head covers the end", size)
    need(export.stated == leaves, "empreintes jointes fausses ‖ wrong attached hashes")
    with Path(path).open("rb") as file:
        check_openings(export.opened, file)
    told = [f"{size} entrées intactes, complètes et dans l’ordre au {when} ; {len(heads)} têtes signées ‖ "
            f"{size} entries intact, complete and in order as of {when}; {len(heads)} signed heads",
            "première clé : {0} ‖ first key: {0}".format(*export.keys)]
    if export.closed or export.opened:
        told.append(f"{export.closed} par leur empreinte seule, {len(export.opened)} valeurs jointes vérifiées ‖ "
                    f"{export.closed} by their hash only, {len(export.opened)} attached values verified")
    for name in kept:
        agreed = len(kept_heads(name, export.keys, export.instance, leaves))
        told.append(f"{name} : {agreed} têtes gardées ailleurs ; depuis, rien de coupé ni de réécrit ‖ "
                    f"{name}: {agreed} heads kept elsewhere; nothing cut off or rewritten since")
    return told if kept else [*told, "sans tête gardée ailleurs, une fin coupée ne se verrait pas ‖ "
                              "without a head kept elsewhere, a cut end would not show"]
def hashes(values):
    need(isinstance(values, list) and all([is_text(value, HEX64) for value in values]), "chemin ‖ bad path")
    return [bytes.fromhex(value) for value in values]
def digest_behind(opening):
    """The commitment that this salt and value give; raises Wrong unless it is the one that the opening names."""
    need(is_shape(opening, OPENING) and is_text(opening["salt"], HEX64), "mal formé ‖ malformed value")
    digest = hashlib.sha256(bytes.fromhex(opening["salt"]) + b"\0" + canonical(opening["value"])).hexdigest()
    need(digest == opening["commitment"], "une valeur jointe est fausse ‖ an attached value is wrong")
    return digest
def check_openings(commitments, lines):
    """Raises Wrong unless each of these commitments stands in a statement (no other line has this form)."""
    left = set(commitments)
    for line in lines if left else ():
        left.difference_update(found.decode() for found in COMMITMENT.findall(line))
    need(not left, "une valeur jointe n’est pas dans la piste ‖ an attached value is not in the trail")

def check_proof(path, kept=()):
    """Returns the sentences that say what the proof of one entry proves, or raises Wrong."""
    raw = Path(path).read_bytes()
    proof = parse(raw[:-1] if raw.endswith(b"\n") else b"")
    need(is_shape(proof, PROOF) and proof["diapason"] == "proof" and isinstance(proof["openings"], list)
         and is_shape(proof["statement"], STATEMENT), "preuve mal formée ‖ malformed proof")
    instance, index, statement = proof["instance"], proof["statement"]["index"], canonical(proof["statement"])
    keys = check_keys(proof["public_keys"], instance)
    head = check_head(proof["head"], keys, instance)
    size, root, when = head["size"], bytes.fromhex(head["root"]), head["signed_at"]
    need(type(index) is int and 0 <= index < size, "numéro impossible ‖ impossible number")
    what = "{act!r}, {by!r}, {recorded_at}".format(**check_statement(statement, index, instance))
    need(climb(leaf_of(statement), index, size, hashes(proof["inclusion"])) == (None, root),
         f"l’entrée {index} n’est pas dans la piste signée ‖ entry {index} is not in the signed trail", index)
    opened = [digest_behind(opening) for opening in proof["openings"]]
    check_openings(opened, [statement])
    need(opened == sorted(set(opened)), "valeurs jointes en désordre ‖ attached values out of order")
    told = [f"l’entrée {index} ({what}) est mot pour mot dans la piste de {size} entrées du {when} ‖ "
            f"entry {index} ({what}) is word for word in the trail of {size} entries signed {when}",
            "première clé : {0} ‖ first key: {0}".format(*keys)]
    known = {size: head["root"]}
    if proof["consistency"] is not None:
        need(is_shape(proof["consistency"], {"older", "path"}), "preuve mal formée ‖ malformed proof")
        older = check_head(proof["consistency"]["older"], keys, instance)
        known[older["size"]], when = older["root"], older["signed_at"]
        path = hashes(proof["consistency"]["path"])
        need(is_beginning(older["size"], size, path, bytes.fromhex(older["root"]), root),
             f"la piste du {when} n’en est pas le début ‖ the trail of {when} is not its beginning")
        told.append(f"la piste de {older['size']} entrées du {when} en est le début ‖ "
                    f"the trail of {older['size']} entries of {when} is its beginning")
    for name in kept:
        shared = [one for one in kept_heads(name, keys, instance) if one["size"] in known]
        need(shared, f"{name} : aucune tête de même taille ‖ {name}: no head of the same size")
        same = all([one["root"] == known[one["size"]] for one in shared])
        need(same, f"{name} : la piste a été réécrite ‖ {name}: the trail was rewritten")
        told.append(f"{name} : d’accord ‖ {name}: agrees")
    return told

def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("trail", "proof"))
    parser.add_argument("file")
    parser.add_argument("--head", action="append", default=[], metavar="KEPT", help="kept elsewhere")
    parser.add_argument("--language", choices=("fr", "en", "both"), default="both")
    options = parser.parse_args(arguments)
    try:
        check = check_trail if options.what == "trail" else check_proof
        told, code = ["VÉRIFIÉ ‖ VERIFIED", *check(options.file, options.head)], 0
    except OSError as error:
        told, code = [f"ILLISIBLE : {error} ‖ UNREADABLE: {error}"], 2
    except Wrong as error:
        french, english = error.text.split(" ‖ ", 1)
        first = ("", "") if error.entry is None else (f", entrée {error.entry}", f", entry {error.entry}")
        told, code = [f"FAUX{first[0]} : {french} ‖ WRONG{first[1]}: {english}"], 1
    for text in told:
        parts = text.split(" ‖ ", 1)
        print(*{"fr": parts[:1], "en": parts[1:], "both": parts}[options.language], sep="\n")
    return code

if __name__ == "__main__":
    sys.exit(main())
