"""Make trails, exports and proofs by hand, apart from the application: what the verifier is tried on."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from diapason.audit_trail import merkle

ROOT = Path(__file__).resolve().parents[2]
INSTANCE = "0f6d3a52-7f4e-4c8a-9a55-3c1f2b7e9d10"


def verifier() -> ModuleType:
    """Return the stand-alone verifier, loaded once from its file."""
    if "diapason_verify" in sys.modules:
        return sys.modules["diapason_verify"]
    spec = importlib.util.spec_from_file_location("diapason_verify", ROOT / "verifier" / "diapason_verify.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["diapason_verify"] = module  # its second process looks it up by name
    spec.loader.exec_module(module)
    return module


def canonical(value) -> bytes:
    """Return the canonical JSON text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def key(number: int = 0) -> Ed25519PrivateKey:
    """Return a key that is always the same."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"key {number}".encode()).digest())


def public(private: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key."""
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(private: Ed25519PrivateKey) -> str:
    """Return the fingerprint of a key."""
    return hashlib.sha256(public(private)).hexdigest()


SALT = hashlib.sha256(b"salt").digest()
COMMITMENT = hashlib.sha256(SALT + b"\x00" + canonical("Maëlle Quercelin")).hexdigest()


def statement(index: int, **changes) -> bytes:
    """Return the text of one entry."""
    value = {
        "v": 1, "index": index, "instance": INSTANCE, "act": "readiness.assess_clause",
        "at": "2026-11-23T10:00:00.000000Z", "recorded_at": f"2026-11-23T10:00:00.{index:06d}Z",
        "by": "P-0042", "role": "quality_manager", "on_behalf": "", "caused_by": index - 1 if index % 7 == 3 else None,
        "facts": [{"name": "ClauseAssessed", "subject": f"assessment:ALP-{index}", "organization": "ALP",
                   "values": {"maturity": index % 5, "note": "écart à combler", "who": {"commitment": COMMITMENT}}}],
        "changes": [{"table": "readiness_assessment", "key": str(index), "op": "update",
                     "old": {"maturity": 1}, "new": {"maturity": index % 5}}],
    }  # fmt: skip
    return canonical(value | changes)


def introduced(previous: Ed25519PrivateKey, following: Ed25519PrivateKey) -> dict:
    """Return the entry of a key that the previous one introduces."""
    text = canonical(
        {"v": 1, "instance": INSTANCE, "previous": key_id(previous), "next": public(following).hex()}
    )
    return {"key": public(following).hex(), "signature": previous.sign(text).hex()}


class Trail:
    """Hold a trail in memory, its tree and its keys."""

    def __init__(self, statements, keys=(0,)):
        self.statements = list(statements)
        self.keys = [key(number) for number in keys]
        self.leaves = [merkle.leaf_hash(text) for text in self.statements]
        self.nodes = {}
        for level, position, digest in merkle.appended_all(0, self.leaves, self.node_at):
            self.nodes[level, position] = digest

    def node_at(self, level, position):
        """Return a node."""
        return self.nodes[level, position]

    def public_keys(self):
        """Return the chain of public keys."""
        pairs = zip(self.keys, self.keys[1:], strict=False)
        return [
            {"key": public(self.keys[0]).hex(), "signature": None},
            *(introduced(*pair) for pair in pairs),
        ]

    def head(self, size, /, by=-1, **changes):
        """Return the signed head of the first entries."""
        private = self.keys[by]
        head = {
            "v": 1, "instance": INSTANCE, "size": size, "root": merkle.root(size, self.node_at).hex(),
            "signed_at": f"2026-11-23T11:00:{size % 60:02d}.000000Z", "key_id": key_id(private),
        } | changes  # fmt: skip
        return {"head": head, "signature": private.sign(canonical(head)).hex()}

    def header(self, kind):
        """Return the first line of a file."""
        return {"diapason": kind, "v": 1, "instance": INSTANCE, "public_keys": self.public_keys()}

    def leaf_lines(self):
        """Return the lines that hold the leaf hashes."""
        texts = [leaf.hex() for leaf in self.leaves]
        return [canonical({"leaves": texts[at : at + 1000]}) for at in range(0, len(texts), 1000)]

    def export(self, sizes=None, heads=None):
        """Return the canonical export."""
        heads = heads if heads is not None else [self.head(size) for size in sizes or [len(self.statements)]]
        lines = [
            canonical(self.header("trail")),
            *self.statements,
            *self.leaf_lines(),
            *map(canonical, heads),
        ]
        return b"".join(line + b"\n" for line in lines)

    def heads_file(self, sizes, leaves=False):
        """Return what an organization keeps: signed heads, on wish with the leaf hashes that name a wrong entry."""
        middle = self.leaf_lines() if leaves else []
        lines = [canonical(self.header("heads")), *middle, *(canonical(self.head(size)) for size in sizes)]
        return b"".join(line + b"\n" for line in lines)

    def proof(self, index, size=None, older=None, openings=()):
        """Return the proof of one entry, as a value."""
        size = size or len(self.statements)
        consistency = None
        if older:
            path = merkle.consistency_proof(older, size, self.node_at)
            consistency = {"older": self.head(older), "path": [node.hex() for node in path]}
        return self.header("proof") | {
            "statement": json.loads(self.statements[index]),
            "inclusion": [node.hex() for node in merkle.inclusion_proof(index, size, self.node_at)],
            "head": self.head(size), "consistency": consistency, "openings": list(openings),
        }  # fmt: skip


OPENING = {"commitment": COMMITMENT, "salt": SALT.hex(), "value": "Maëlle Quercelin"}
