"""An outsider checks downloads offline with the one-file verifier, and sees a flipped byte and a cut end fail."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import run


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the downloaded verifier alone in a folder: nothing installed, nothing inherited, no network needed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "diapason_verify.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"},
    )


def download(page: Any, press: Any, folder: Path) -> Path:
    """Press something and keep the file that comes, under the name that it brings."""
    with page.expect_download() as waiting:
        press.click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_an_outsider_verifies_a_proof(visitor: Callable[..., Any], tmp_path: Path) -> None:
    who = visitor("internal_auditor")
    page = who.open("/trail/verification/")
    verifier = download(page, page.get_by_role("link", name="Télécharger le vérificateur"), tmp_path)
    assert verifier.read_bytes() == (run.ROOT / "verifier" / "diapason_verify.py").read_bytes()
    page = who.open("/trail/")
    who.check_page()
    page.locator("main tbody a[href^='/trail/']").first.click()
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    proof = download(page, page.get_by_role("button", name="Preuve vérifiable"), tmp_path)
    good = verify(tmp_path, "proof", proof.name)
    assert good.returncode == 0, good.stdout + good.stderr
    assert good.stdout.startswith("VÉRIFIÉ")
    assert f"l’entrée {number} " in good.stdout
    whole = proof.read_bytes()
    for place in (len(whole) // 5, len(whole) // 2, len(whole) - 20):
        proof.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        bad = verify(tmp_path, "proof", proof.name)
        assert bad.returncode == 1, (place, bad.stdout, bad.stderr)
        assert bad.stdout.startswith("FAUX")


def test_a_cut_trail_fails_against_a_head_kept_elsewhere(visitor: Callable[..., Any], tmp_path: Path) -> None:
    who = visitor("network_coordinator")
    page = who.open("/trail/verification/")
    download(page, page.get_by_role("link", name="Télécharger le vérificateur"), tmp_path)
    export = page.get_by_role("button", name="Télécharger la piste d’audit")
    cut = download(page, export, tmp_path).rename(tmp_path / "cut.jsonl")
    decide_something(who)
    page = who.open("/trail/verification/")
    whole = download(page, page.get_by_role("button", name="Télécharger la piste d’audit"), tmp_path)
    page = who.open("/trail/heads/")
    kept = download(page, page.get_by_role("link", name="Télécharger les têtes signées"), tmp_path)
    good = verify(tmp_path, "trail", whole.name, "--head", kept.name)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "rien de coupé ni de réécrit" in good.stdout
    alone = verify(tmp_path, "trail", cut.name)
    assert alone.returncode == 0
    assert "une fin coupée ne se verrait pas" in alone.stdout
    found = verify(tmp_path, "trail", cut.name, "--head", kept.name)
    assert found.returncode == 1
    assert "il n’en reste que" in found.stdout
    rewritten = whole.read_bytes().replace(b"\n", b"\x00", 1)
    whole.write_bytes(rewritten)
    assert verify(tmp_path, "trail", whole.name).returncode == 1


def decide_something(who: Any) -> None:
    """Leave one more entry in the trail."""
    page = who.open("/charter/")
    page.locator("select[name=object_kind]").select_option("programme")
    page.locator("select[name=audience]").select_option("funder")
    page.locator("select[name=form]").select_option("none")
    page.locator("[name=decision]").fill("COPIL du 18 novembre 2026, point 2")
    page.get_by_role("button", name="Saisir la décision").click()
    page.wait_for_load_state()
