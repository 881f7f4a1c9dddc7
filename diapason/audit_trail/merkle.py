"""The tree of RFC 6962/9162 over the trail: pure functions over stored nodes (ISO 9001 §7.5.3).

A node is a *complete* subtree: `(level, position)` covers the `2**level` leaves from `position * 2**level`
on. Complete nodes never change once they exist, so they are appended like the entries themselves; all else
(roots of odd sizes, proofs) is folded out of at most log2(size) of them. `node_at(level, position)` returns
the 32 bytes of a complete node and is the only thing these functions know about storage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

NodeAt = Callable[[int, int], bytes]
NewNode = tuple[int, int, bytes]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(statement: bytes) -> bytes:
    """Return the 32-byte leaf of a statement (RFC 9162 §2.1.1: SHA-256 over 0x00 and the data)."""
    return hashlib.sha256(b"\x00" + statement).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte parent of two nodes (RFC 9162 §2.1.1: SHA-256 over 0x01 and both children)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def appended(size: int, leaf: bytes, node_at: NodeAt) -> list[NewNode]:
    """Return the complete nodes that one more leaf brings to a tree of `size` leaves, lowest first."""
    return appended_all(size, [leaf], node_at)


def appended_all(size: int, leaves: Iterable[bytes], node_at: NodeAt) -> list[NewNode]:
    """Return the complete nodes that several leaves bring to a tree of `size` leaves, as they arise.

    Reads at most log2(size) stored nodes for the whole batch: those it makes itself are remembered.
    """
    fresh: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves, start=size):
        level, position, digest = 0, index, leaf
        fresh[level, position] = digest
        while position % 2:
            left = fresh.get((level, position - 1))
            digest = node_hash(left if left is not None else node_at(level, position - 1), digest)
            level, position = level + 1, position // 2
            fresh[level, position] = digest
    return [(level, position, digest) for (level, position), digest in fresh.items()]


def peaks(size: int) -> list[tuple[int, int]]:
    """Return the (level, position) of the complete subtrees of a tree of `size` leaves, left to right."""
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def root(size: int, node_at: NodeAt) -> bytes:
    """Return the 32-byte root of the first `size` leaves (RFC 9162 §2.1.1)."""
    return _span(0, size, node_at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node_at: NodeAt) -> list[bytes]:
    """Return the path that proves leaf `index` in a tree of `size`, from the leaf up (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_span(middle, end, node_at))
            end = middle
        else:
            path.append(_span(start, middle, node_at))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node_at: NodeAt) -> list[bytes]:
    """Return the path that proves that `old` leaves are the beginning of `new` (RFC 9162 §2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new}")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_span(middle, end, node_at))
            end = middle
        else:
            path.append(_span(start, middle, node_at))
            start, whole = middle, False
    if not whole:
        path.append(_span(start, end, node_at))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], under: bytes) -> bool:
    """Return whether `path` proves `leaf` at `index` under the root of `size` leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, digest = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position % 2 or position == last:
            digest = node_hash(sibling, digest)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and digest == under


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Return whether `path` proves that `old` leaves are the beginning of `new` (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not nodes:
        return False
    position, last = old - 1, new - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    old_digest = new_digest = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            return False
        if position % 2 or position == last:
            old_digest, new_digest = node_hash(sibling, old_digest), node_hash(sibling, new_digest)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            new_digest = node_hash(new_digest, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old_digest == old_root and new_digest == new_root


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def _span(start: int, end: int, node_at: NodeAt) -> bytes:
    """Return the hash of the leaves from `start` to `end`, where `start` is aligned as the tree splits it."""
    digests, place = [], start
    for level, _ in peaks(end - start):
        digests.append(node_at(level, place >> level))
        place += 1 << level
    digest = digests.pop()
    while digests:
        digest = node_hash(digests.pop(), digest)
    return digest
