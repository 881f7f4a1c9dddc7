"""Write what an outsider can verify offline: the canonical export, the signed heads, the proof of one entry.

The format is that of `verifier/diapason_verify.py` (docs/adr: the tree and the verifier's format).
"""

import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from diapason.audit_trail import keys, merkle
from diapason.audit_trail.canonical import canonical_bytes
from diapason.audit_trail.entries import instance_identifier
from diapason.audit_trail.models import Entry, Head, Opening
from diapason.audit_trail.nodes import with_stored_nodes

LEAVES_A_LINE = 1000
CHUNK = 2000


class NotCovered(RuntimeError):
    """Say that no signed head covers an entry yet."""


def header(kind: str) -> dict[str, Any]:
    """Return the first line of a file of that kind ("trail", "heads", "proof")."""
    return {"diapason": kind, "v": 1, "instance": instance_identifier(), "public_keys": keys.public_chain()}


def signed(head: Head) -> dict[str, Any]:
    """Return a head with its signature, as exports state it."""
    return {"head": json.loads(head.statement), "signature": head.signature}


def trail_lines() -> Iterator[bytes]:
    """Yield the canonical export: header, each statement as it was hashed, the leaves, the heads.

    Ends at the last signed head. Read it in one snapshot, after `sign_head("export")`.
    """
    last = Head.objects.order_by("-size").first()
    size = last.size if last else 0
    yield canonical_bytes(header("trail")) + b"\n"
    entries = Entry.objects.filter(number__lt=size).order_by("number").values_list("statement", flat=True)
    for statement in entries.iterator(chunk_size=CHUNK):
        yield statement.encode() + b"\n"
    yield from leaf_lines(size)
    yield from _head_lines()


def heads_lines(*, leaves: bool = False) -> Iterator[bytes]:
    """Yield the file that a witness keeps: the signed heads, on wish with the leaves that name a wrong entry."""
    yield canonical_bytes(header("heads")) + b"\n"
    if leaves:
        last = Head.objects.order_by("-size").first()
        yield from leaf_lines(last.size if last else 0)
    yield from _head_lines()


def leaf_lines(size: int) -> Iterator[bytes]:
    """Yield the leaf hashes of the first entries, a thousand a line."""
    leaves = Entry.objects.filter(number__lt=size).order_by("number").values_list("leaf", flat=True)
    source = iter(leaves.iterator(chunk_size=CHUNK))
    for line in iter(lambda: list(islice(source, LEAVES_A_LINE)), []):
        yield canonical_bytes({"leaves": line}) + b"\n"


def _head_lines() -> Iterator[bytes]:
    for head in Head.objects.order_by("size").iterator(chunk_size=CHUNK):
        yield canonical_bytes(signed(head)) + b"\n"


def proof_of(entry: Entry, *, older: Head | None = None, opened: bool = False) -> bytes:
    """Return the proof that an entry stands in the signed trail, one canonical line.

    With `older` it also proves that the trail of that head is the beginning of this one; with `opened` it holds
    the personal values of the entry that have not been shredded. Raises NotCovered.
    """
    head = Head.objects.filter(size__gt=entry.number).order_by("-size").first()
    if head is None:
        raise NotCovered(f"entry {entry.number} is covered by no signed head")
    consistency = None
    if older is not None and 0 < older.size < head.size:
        path = with_stored_nodes(partial(merkle.consistency_proof, older.size, head.size))
        consistency = {"older": signed(older), "path": [node.hex() for node in path]}
    inclusion = with_stored_nodes(partial(merkle.inclusion_proof, entry.number, head.size))
    proof = header("proof") | {
        "statement": json.loads(entry.statement),
        "inclusion": [node.hex() for node in inclusion],
        "head": signed(head),
        "consistency": consistency,
        "openings": _openings(entry) if opened else [],
    }
    return canonical_bytes(proof) + b"\n"


def _openings(entry: Entry) -> list[dict[str, Any]]:
    rows = Opening.objects.filter(entry_number=entry.number).order_by("commitment")
    return [{"commitment": row.commitment, "salt": row.salt, "value": json.loads(row.value)} for row in rows]
