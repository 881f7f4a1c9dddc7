"""An outsider checks a downloaded proof offline with the stand-alone verifier, and sees one flipped byte fail."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import run


def verify(verifier: Path, file: Path) -> subprocess.CompletedProcess[str]:
    """Run the downloaded verifier alone: no site packages, an empty folder."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(verifier), "proof", str(file)],
        capture_output=True,
        text=True,
        check=False,
        cwd=file.parent,
    )


def test_an_outsider_verifies_a_proof(visitor: Callable[..., Any], tmp_path: Path) -> None:
    who = visitor("network_coordinator")
    page = who.open("/trail/")
    who.check_page()
    page.locator("main").get_by_role("link", name="entrée").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Preuve").first.click()
    proof = tmp_path / "proof.json"
    waiting.value.save_as(proof)
    verifier = tmp_path / "diapason_verify.py"
    verifier.write_bytes((run.ROOT / "verifier" / "diapason_verify.py").read_bytes())
    good = verify(verifier, proof)
    assert good.returncode == 0, good.stdout + good.stderr
    raw = bytearray(proof.read_bytes())
    raw[len(raw) // 2] ^= 1
    proof.write_bytes(raw)
    bad = verify(verifier, proof)
    assert bad.returncode != 0
    assert bad.stdout
