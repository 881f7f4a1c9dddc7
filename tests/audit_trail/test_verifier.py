"""The stand-alone verifier accepts what is right, and nothing else."""

from __future__ import annotations

import ast
import random
import subprocess
import sys

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from diapason.audit_trail import merkle
from tests.audit_trail import forge

VERIFIER = forge.verifier()
TRAIL = forge.Trail(forge.statement(index) for index in range(200))


@pytest.fixture
def written(tmp_path):
    """Return `written(bytes, name)` → the path of a file that holds them."""

    def write(raw, name="file.jsonl"):
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return write


def wrong(check, *arguments):
    """Return the fault that a check raises."""
    with pytest.raises(VERIFIER.Wrong) as caught:
        check(*arguments)
    return caught.value


@pytest.mark.parametrize("size", [0, 1, 2, 3, 200])
def test_a_good_export_is_accepted(written, size):
    trail = forge.Trail(TRAIL.statements[:size])
    told = VERIFIER.check_trail(written(trail.export()))
    assert told[0].startswith(f"{size} entrées intactes")
    assert forge.key_id(forge.key()) in told[1]


def test_an_export_of_several_lines_of_hashes_and_of_two_processes_is_accepted(written, monkeypatch):
    trail = forge.Trail(forge.statement(index) for index in range(2500))
    assert VERIFIER.check_trail(written(trail.export([1000, 2500])))
    long = forge.Trail(forge.statement(index, act="a" * 4000) for index in range(2600))
    assert VERIFIER.check_trail(written(long.export()))
    bad = bytearray(long.export())
    at = bad.index(b'"index":2400,') + 9
    bad[at] ^= 1
    assert wrong(VERIFIER.check_trail, written(bad)).entry == 2400


def test_heads_kept_elsewhere_agree(written):
    kept = written(TRAIL.heads_file([50, 120]), "kept")
    older = written(forge.Trail(TRAIL.statements[:90]).export(), "older")
    told = VERIFIER.check_trail(written(TRAIL.export([120, 200])), [kept, older])
    assert "2 têtes gardées" in told[2]
    assert "1 têtes gardées" in told[3]


def test_a_rotated_key_is_followed(written):
    trail = forge.Trail(TRAIL.statements, keys=(0, 1, 2))
    heads = [trail.head(50, by=0), trail.head(100, by=1), trail.head(200, by=2)]
    assert VERIFIER.check_trail(written(trail.export(heads=heads)))
    late = [*heads[:2], trail.head(200, by=0)]
    found = wrong(VERIFIER.check_trail, written(trail.export(heads=late)))
    assert "désordre" in found.text, "a former key signs no more"
    chain = [*forge.Trail([], keys=(0, 1)).public_keys(), forge.introduced(forge.key(0), forge.key(2))]
    trail.public_keys = lambda: chain
    assert "intruse" in wrong(VERIFIER.check_trail, written(trail.export(heads=heads))).text


def test_every_proof_of_small_trails_is_accepted(written):
    for size in range(1, 18):
        trail = forge.Trail(TRAIL.statements[:size])
        for index in range(size):
            proof = trail.proof(index, older=max(1, size // 2) if index % 2 else None)
            told = VERIFIER.check_proof(written(forge.canonical(proof) + b"\n"))
            assert told[0].startswith(f"l’entrée {index} ")


def test_consistency_agrees_with_the_application_for_all_pairs():
    root = {size: merkle.root(size, TRAIL.node_at) for size in range(1, 41)}
    for new in range(1, 41):
        for old in range(1, new + 1):
            path = merkle.consistency_proof(old, new, TRAIL.node_at)
            assert VERIFIER.is_beginning(old, new, path, root[old], root[new])
            assert not VERIFIER.is_beginning(old, new, [*path, root[1]], root[old], root[new])
            assert old == new or not VERIFIER.is_beginning(old, new, path, root[new], root[new])


def test_a_personal_value_is_proven_by_its_opening(written):
    proof = TRAIL.proof(17, older=9, openings=[forge.OPENING])
    assert VERIFIER.check_proof(written(forge.canonical(proof) + b"\n"))
    proof["openings"][0] = forge.OPENING | {"value": "Malik Tillemay"}
    assert (
        "valeur jointe est fausse"
        in wrong(VERIFIER.check_proof, written(forge.canonical(proof) + b"\n")).text
    )
    proof["openings"] = [forge.OPENING, forge.OPENING]
    assert "désordre" in wrong(VERIFIER.check_proof, written(forge.canonical(proof) + b"\n")).text


def test_a_proof_is_compared_with_heads_kept_elsewhere(written):
    proof = written(forge.canonical(TRAIL.proof(17, older=100)) + b"\n", "proof")
    assert VERIFIER.check_proof(proof, [written(TRAIL.heads_file([100]), "kept")])
    other = forge.Trail([forge.statement(0, act="x"), *TRAIL.statements[1:]])
    fault = wrong(VERIFIER.check_proof, proof, [written(other.heads_file([100]), "kept")])
    assert "réécrite" in fault.text
    assert "même taille" in wrong(VERIFIER.check_proof, proof, [written(TRAIL.heads_file([7]), "kept")]).text


SECOND_FORMS = [
    lambda text: text.replace(b'"v":1', b'"v": 1'),
    lambda text: text.replace(b'"v":1', b'"v":1.0'),
    lambda text: text.replace(b'"v":1', b'"v":true'),
    lambda text: text.replace(b'"v":1', b'"v":1,"v":1'),
    lambda text: text.replace(b'"v":1}', b'"v":1,"w":1}'),
    lambda text: text.replace("é".encode(), b"\\u00e9"),
    lambda text: text.replace(b"assess_clause", b"assess\\u005fclause"),
    lambda text: text.replace(b'"index":5', b'"index":05'),
    lambda text: text.replace(b'"index":5', b'"index":5e0'),
    lambda text: text.replace(b'"maturity":0', b'"maturity":-0'),
    lambda text: text.replace(b'"maturity":0', b'"maturity":NaN'),
    lambda text: text.replace(b'"maturity":0', b'"maturity":Infinity'),
    lambda text: text.replace(b'"maturity":0', b'"maturity":' + b"9" * 5000),
    lambda text: text.replace(b'"maturity":0', b'"maturity":"\\ud800"'),
    lambda text: text.replace(b'"maturity":0', b'"maturity":' + b"[" * 100_000 + b"]" * 100_000),
    lambda text: text.replace("é".encode(), b"\xe9"),
    lambda text: text.replace(b'"act"', b'"acu"'),
    lambda text: text.replace(b'"op":"update"', b'"op":"insert"'),
    lambda text: text.replace(b'"op":"update"', b'"op":["update"]'),
    lambda text: text.replace(b".000000Z", b".000Z"),
    lambda text: text.replace(b'"caused_by":null', b'"caused_by":7'),
    lambda text: b" " + text,
    lambda text: text + b" ",
    lambda text: text + b"\r",
    lambda text: b"\xef\xbb\xbf" + text,
    lambda text: b"[" + text + b"]",
    lambda text: b"",
    lambda text: b"null",
]


@pytest.mark.parametrize("change", range(len(SECOND_FORMS)))
def test_a_statement_has_one_form_only_even_if_somebody_signed_another(written, change):
    """The signature and the tree are right here: it is the text itself that is refused."""
    text = SECOND_FORMS[change](TRAIL.statements[5])
    assert text != TRAIL.statements[5]
    trail = forge.Trail([*TRAIL.statements[:5], text, *TRAIL.statements[6:20]])
    assert wrong(VERIFIER.check_trail, written(trail.export())).entry == 5


def test_a_head_of_another_instance_or_key_is_refused(written):
    for changes in (
        {"instance": "another"},
        {"key_id": "0" * 64},
        {"root": "0" * 63 + "G"},
        {"size": -1},
        {"v": 2},
    ):
        heads = [TRAIL.head(200, **changes)]
        assert wrong(VERIFIER.check_trail, written(TRAIL.export(heads=heads)))
    stranger = forge.Trail(TRAIL.statements, keys=(9,))
    assert wrong(VERIFIER.check_trail, written(TRAIL.export(heads=[stranger.head(200)])))


def test_signatures_agree_with_the_library_over_a_thousand_tries():
    chance = random.Random(7)
    for number in range(1000):
        private = forge.key(number % 10)
        text = chance.randbytes(chance.randrange(80))
        signature = bytearray(private.sign(text))
        public = bytearray(forge.public(private))
        if number % 2:
            where = chance.choice([signature, public])
            where[chance.randrange(len(where))] ^= 1 << chance.randrange(8)
        try:
            Ed25519PublicKey.from_public_bytes(bytes(public)).verify(bytes(signature), text)
            good = True
        except InvalidSignature:
            good = False
        assert VERIFIER.signature_is_valid(bytes(public), text, bytes(signature)) is good


def test_the_vector_of_rfc_8032():
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert VERIFIER.signature_is_valid(key, b"", signature)
    assert not VERIFIER.signature_is_valid(key, b"x", signature)


def test_a_second_form_of_a_signature_is_refused():
    private = forge.key()
    signature = private.sign(b"text")
    raised = (int.from_bytes(signature[32:], "little") + VERIFIER.L).to_bytes(32, "little")
    assert VERIFIER.signature_is_valid(forge.public(private), b"text", signature)
    assert not VERIFIER.signature_is_valid(forge.public(private), b"text", signature[:32] + raised)


SMALL_ORDER = [
    (0).to_bytes(32, "little"),
    (1).to_bytes(32, "little"),
    (2**255 - 20).to_bytes(32, "little"),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
]
NOT_CANONICAL = [
    (2**255 - 19).to_bytes(32, "little"),
    (2**255 - 18).to_bytes(32, "little"),
    (2**255 - 1).to_bytes(32, "little"),
    (1 | 1 << 255).to_bytes(32, "little"),
]


@pytest.mark.parametrize("key", SMALL_ORDER + NOT_CANONICAL)
def test_a_key_of_small_order_or_of_a_second_encoding_is_refused(key):
    """With such a key the signature (neutral point, 0) would hold for any text."""
    neutral = (1).to_bytes(32, "little")
    for text in (b"a", b"b", b"c", b"d", b"e", b"f", b"g", b"h"):
        assert not VERIFIER.signature_is_valid(key, text, neutral + bytes(32))


def run(*arguments):
    """Return the finished run of the file, as an outsider starts it: isolated, without our packages."""
    command = [
        sys.executable,
        "-I",
        "-S",
        str(forge.ROOT / "verifier" / "diapason_verify.py"),
        *map(str, arguments),
    ]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_as_an_outsider_runs_it(written):
    good = run("trail", written(TRAIL.export()), "--head", written(TRAIL.heads_file([50]), "kept"))
    assert good.returncode == 0, good.stderr
    assert "VÉRIFIÉ" in good.stdout
    assert "VERIFIED" in good.stdout
    flipped = bytearray(TRAIL.export())
    flipped[flipped.index(b"ALP-57")] ^= 1
    bad = run("trail", written(flipped), "--language", "en")
    assert bad.returncode == 1
    assert "WRONG, entry 57" in bad.stdout
    assert "FAUX" not in bad.stdout
    proof = run("proof", written(forge.canonical(TRAIL.proof(3)) + b"\n"), "--language", "fr")
    assert proof.returncode == 0
    assert "mot pour mot" in proof.stdout
    assert run("trail", "/nowhere/at/all").returncode == 2


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[]\n",
        b"\x00" * 100,
        b'{"diapason":"trail"}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\n",
    ],
)
def test_a_file_that_is_no_export_is_one_sentence(written, raw, capsys):
    for what in ("trail", "proof"):
        assert VERIFIER.main([what, str(written(raw)), "--language", "en"]) == 1
        assert capsys.readouterr().out.startswith("WRONG: ")


def test_it_stands_alone_and_can_be_read():
    text = (forge.ROOT / "verifier" / "diapason_verify.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    tree = ast.parse(text)
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)
    assert not names & {"socket", "urllib", "http", "subprocess", "ctypes"}
