"""The tree gives the roots of the published vectors and agrees with the RFC's own recursive definition."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.audit_trail import merkle

# Inputs and roots of the Certificate Transparency reference implementation: the usual vectors of RFC 6962.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FIRST_IN_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
SIX_IN_EIGHT = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


class Tree:
    """A tree in memory that counts what the functions read."""

    def __init__(self, statements=(), batch=1):
        self.nodes, self.size, self.reads = {}, 0, 0
        hashes = [merkle.leaf_hash(statement) for statement in statements]
        for start in range(0, len(hashes), batch):
            self.append(hashes[start : start + batch])

    def node_at(self, level, position):
        self.reads += 1
        return self.nodes[level, position]

    def append(self, leaves):
        for level, position, digest in merkle.appended_all(self.size, leaves, self.node_at):
            assert (level, position) not in self.nodes, "a complete node never changes"
            self.nodes[level, position] = digest
        self.size += len(leaves)


def naive_root(statements):
    """RFC 9162 §2.1.1, word for word."""
    if not statements:
        return hashlib.sha256().digest()
    if len(statements) == 1:
        return hashlib.sha256(b"\x00" + statements[0]).digest()
    split = 1
    while split * 2 < len(statements):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(statements[:split]) + naive_root(statements[split:])).digest()


def naive_path(index, statements):
    """RFC 9162 §2.1.3.1, word for word."""
    if len(statements) == 1:
        return []
    split = 1
    while split * 2 < len(statements):
        split *= 2
    if index < split:
        return [*naive_path(index, statements[:split]), naive_root(statements[split:])]
    return [*naive_path(index - split, statements[split:]), naive_root(statements[:split])]


def naive_subproof(old, statements, whole):
    """RFC 9162 §2.1.4.1, word for word."""
    if old == len(statements):
        return [] if whole else [naive_root(statements)]
    split = 1
    while split * 2 < len(statements):
        split *= 2
    if old <= split:
        return [*naive_subproof(old, statements[:split], whole), naive_root(statements[split:])]
    return [*naive_subproof(old - split, statements[split:], False), naive_root(statements[:split])]


def statements_of(size):
    return [f"statement {index}".encode() for index in range(size)]


def test_roots_of_the_published_vectors():
    tree = Tree(LEAVES)
    assert [merkle.root(size, tree.node_at).hex() for size in range(1, 9)] == ROOTS
    assert merkle.root(0, tree.node_at).hex() == hashlib.sha256().hexdigest()


def test_proofs_of_the_published_vectors():
    tree = Tree(LEAVES)
    assert [node.hex() for node in merkle.inclusion_proof(0, 8, tree.node_at)] == FIRST_IN_EIGHT
    assert [node.hex() for node in merkle.consistency_proof(6, 8, tree.node_at)] == SIX_IN_EIGHT


@given(size=st.integers(0, 90), batch=st.integers(1, 17))
def test_agrees_with_the_recursive_definition(size, batch):
    statements = statements_of(size)
    tree = Tree(statements, batch)
    for part in range(size + 1):
        assert merkle.root(part, tree.node_at) == naive_root(statements[:part])


def test_every_proof_up_to_33_leaves_is_the_one_of_the_rfc_and_verifies():
    statements = statements_of(33)
    tree = Tree(statements)
    for size in range(1, 34):
        root = merkle.root(size, tree.node_at)
        for index in range(size):
            path = merkle.inclusion_proof(index, size, tree.node_at)
            assert path == naive_path(index, statements[:size])
            assert merkle.verify_inclusion(merkle.leaf_hash(statements[index]), index, size, path, root)
        for old in range(1, size + 1):
            path = merkle.consistency_proof(old, size, tree.node_at)
            assert path == naive_subproof(old, statements[:size], True)
            assert merkle.verify_consistency(old, size, path, merkle.root(old, tree.node_at), root)


@given(data=st.data(), size=st.integers(2, 200))
def test_a_wrong_inclusion_proof_is_refused(data, size):
    statements = statements_of(size)
    tree = Tree(statements, batch=50)
    root, index = merkle.root(size, tree.node_at), data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_proof(index, size, tree.node_at)
    leaf = merkle.leaf_hash(statements[index])
    wrong = data.draw(st.sampled_from(["flip", "short", "long", "index", "size", "leaf", "root", "order"]))
    if wrong == "flip":
        place = data.draw(st.integers(0, len(path) - 1))
        path[place] = bytes([path[place][0] ^ 1]) + path[place][1:]
    elif wrong == "short":
        path = path[:-1]
    elif wrong == "long":
        path = [*path, path[-1]]
    elif wrong == "index":
        index = (index + data.draw(st.integers(1, size - 1))) % size
    elif wrong == "leaf":
        leaf = merkle.leaf_hash(b"another")
    elif wrong == "root":
        root = merkle.root(size - 1, tree.node_at)
    elif wrong == "size":
        size = index
    elif wrong == "order" and len(path) > 1:
        path = path[::-1]
    else:
        path = []
    assert not merkle.verify_inclusion(leaf, index, size, path, root)


@given(data=st.data(), new=st.integers(2, 200))
def test_a_wrong_consistency_proof_is_refused(data, new):
    tree = Tree(statements_of(new), batch=50)
    old = data.draw(st.integers(1, new - 1))
    roots = merkle.root(old, tree.node_at), merkle.root(new, tree.node_at)
    path = merkle.consistency_proof(old, new, tree.node_at)
    assert merkle.verify_consistency(old, new, path, *roots)
    assert not merkle.verify_consistency(old, new, path[:-1], *roots)
    assert not merkle.verify_consistency(old, new, [*path, path[-1]], *roots)
    assert not merkle.verify_consistency(old, new, path, roots[1], roots[1])
    assert not merkle.verify_consistency(old, new, path, roots[0], merkle.leaf_hash(b"another"))
    assert not merkle.verify_consistency(0, new, path, *roots)
    assert not merkle.verify_consistency(new, old, path, *roots)
    place = data.draw(st.integers(0, len(path) - 1))
    path[place] = bytes([path[place][0] ^ 1]) + path[place][1:]
    assert not merkle.verify_consistency(old, new, path, *roots)


def test_a_batch_reads_no_more_than_the_height_of_the_tree():
    tree = Tree(statements_of(1023), batch=100)
    tree.reads = 0
    tree.append([merkle.leaf_hash(b"x")] * 1000)
    assert tree.reads <= 10


def test_one_leaf_reads_two_nodes_on_the_average_at_most():
    tree = Tree()
    for _ in range(1024):
        tree.append([merkle.leaf_hash(b"x")])
    assert tree.reads == 1023
    tree.reads = 0
    merkle.inclusion_proof(511, 1024, tree.node_at)
    merkle.root(1023, tree.node_at)
    assert tree.reads == 10 + 10


def test_no_proof_of_what_is_not_there():
    tree = Tree(LEAVES)
    with pytest.raises(ValueError):
        merkle.inclusion_proof(8, 8, tree.node_at)
    with pytest.raises(ValueError):
        merkle.consistency_proof(9, 8, tree.node_at)
    with pytest.raises(ValueError):
        merkle.consistency_proof(0, 8, tree.node_at)
