"""Write what an outsider can verify offline: the canonical export, the signed heads, the proof of one entry.

The format is that of `verifier/diapason_verify.py` (docs/adr: the tree and the verifier's format).
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Literal

from django.db.models import QuerySet

from diapason.audit_trail import keys, merkle, openings
from diapason.audit_trail.canonical import canonical_bytes
from diapason.audit_trail.entries import instance_identifier
from diapason.audit_trail.models import Entry, Head, Opening
from diapason.audit_trail.nodes import with_stored_nodes

LEAVES_A_LINE = 1000
CHUNK = 2000
COMMITMENT = '{"commitment":"'


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

    Ends at the last signed head. Read it in one snapshot, after `sign_head("export")`. Personal data and the texts of
    the organizations stand in it as commitments.
    """
    size = _signed_size()
    yield canonical_bytes(header("trail")) + b"\n"
    entries = Entry.objects.filter(number__lt=size).order_by("number").values_list("statement", flat=True)
    for statement in entries.iterator(chunk_size=CHUNK):
        yield statement.encode() + b"\n"
    yield from leaf_lines(size)
    yield from _head_lines()


def trail_lines_for(
    entries: "QuerySet[Entry]", is_own: Callable[[dict[str, Any]], bool] = lambda _: False
) -> Iterator[bytes]:
    """Yield the export of a reader: these entries word for word, of every other one its hash only.

    What the organizations committed to is opened, after the heads, where `is_own(statement)`; personal data never.
    """
    size = _signed_size()
    stated = entries.filter(number__lt=size).order_by("number").values_list("number", "statement")
    yield canonical_bytes(header("trail")) + b"\n"
    source = stated.iterator(chunk_size=CHUNK)
    at, statement = next(source, (None, ""))
    leaves = Entry.objects.filter(number__lt=size).order_by("number").values_list("number", "leaf")
    for number, leaf in leaves.iterator(chunk_size=CHUNK):
        if number == at:
            yield statement.encode() + b"\n"
            at, statement = next(source, (None, ""))
        else:
            yield canonical_bytes({"leaf": leaf}) + b"\n"
    yield from leaf_lines(size)
    yield from _head_lines()
    for number, statement in stated.iterator(chunk_size=CHUNK):
        if COMMITMENT in statement and is_own(said := json.loads(statement)):
            for opening in _openings(number, said, personal=False):
                yield canonical_bytes(opening) + b"\n"


def _signed_size() -> int:
    last = Head.objects.order_by("-size").first()
    return last.size if last else 0


def heads_lines(*, leaves: bool = False) -> Iterator[bytes]:
    """Yield the file that a witness keeps: the signed heads, on wish with the leaves that name a wrong entry."""
    yield canonical_bytes(header("heads")) + b"\n"
    if leaves:
        yield from leaf_lines(_signed_size())
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


def proof_of(entry: Entry, *, older: Head | None = None, opened: Literal["", "texts", "all"] = "") -> bytes:
    """Return the proof that an entry stands in the signed trail, one canonical line.

    With `older` it also proves that the trail of that head is the beginning of this one; `opened` says which values
    behind commitments it holds, as far as they were not shredded: the texts of the organization, and with "all" also
    personal data. Raises NotCovered.
    """
    head = Head.objects.filter(size__gt=entry.number).order_by("-size").first()
    if head is None:
        raise NotCovered(f"entry {entry.number} is covered by no signed head")
    consistency = None
    if older is not None and 0 < older.size < head.size:
        path = with_stored_nodes(partial(merkle.consistency_proof, older.size, head.size))
        consistency = {"older": signed(older), "path": [node.hex() for node in path]}
    inclusion = with_stored_nodes(partial(merkle.inclusion_proof, entry.number, head.size))
    statement = json.loads(entry.statement)
    proof = header("proof") | {
        "statement": statement,
        "inclusion": [node.hex() for node in inclusion],
        "head": signed(head),
        "consistency": consistency,
        "openings": list(_openings(entry.number, statement, personal=opened == "all")) if opened else [],
    }
    return canonical_bytes(proof) + b"\n"


def _openings(number: int, statement: dict[str, Any], *, personal: bool) -> Iterator[dict[str, Any]]:
    """Yield what opens the commitments of an entry: the texts of organizations, with `personal` everything."""
    texts = set(openings.confidential_in(statement))
    for row in Opening.objects.filter(entry_number=number).order_by("commitment"):
        if personal or row.commitment in texts:
            yield {"commitment": row.commitment, "salt": row.salt, "value": json.loads(row.value)}
