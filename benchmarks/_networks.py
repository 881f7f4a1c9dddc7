"""Keep the networks that are measured: demonstrations of several sizes, made once in var/bench and used again."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "var" / "bench"
TODAY = "2026-11-23"
SCALES = [int(scale) for scale in os.environ.get("DIAPASON_BENCH_SCALES", "1,10,100").split(",")]
SITES = 3_000_000
"""Investigator sites of the crowded network, made out of that of the largest scale."""
DJANGO = [sys.executable, "-m", "django"]


def folder(name: str) -> Path:
    """Return where a network lies."""
    return STORE / name


def variables(name: str) -> dict[str, str]:
    """Return the environment of one network."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "diapason.settings.demo",
        "DIAPASON_DATA": str(folder(name)),
        "DIAPASON_TODAY": TODAY,
        "PYTHONPATH": str(ROOT),
    }


def manage(name: str, *arguments: str) -> None:
    """Run a management command in a network."""
    subprocess.run([*DJANGO, *arguments], env=variables(name), check=True, stdout=subprocess.DEVNULL)


def load(scale: int) -> str:
    """Load the network of that scale unless it is there, bring it up to date, and return its name."""
    name = f"x{scale}"
    done = folder(name) / "loaded.json"
    manage(name, "migrate", "--verbosity", "0")
    if done.exists():
        print(f"   {name}: loaded earlier in {told(json.loads(done.read_text()))}", flush=True)
    else:
        before, began = os.times(), time.monotonic()
        manage(name, "load_demo", "--scale", str(scale))
        after = os.times()
        processor = after.children_user + after.children_system
        processor -= before.children_user + before.children_system
        size = (folder(name) / "database" / "diapason.sqlite3").stat().st_size
        figures = {"seconds": time.monotonic() - began, "processor": processor, "megabytes": size / 1e6}
        done.write_text(json.dumps(figures))
        print(f"   {name}: loaded in {told(figures)} (aim: 10 s at scale 1, 180 s at scale 100)", flush=True)
    manage(name, "collectstatic", "--noinput", "--verbosity", "0")
    return name


def told(figures: dict[str, float]) -> str:
    """Return what a loading took, in words."""
    return f"{figures['seconds']:.1f} s, {figures['processor']:.1f} s of processor, {figures['megabytes']:.0f} MB"


@contextmanager
def copied(name: str) -> Iterator[str]:
    """Copy a network for a measurement that writes; the copy goes afterwards."""
    copy = f"{name}-copy"
    shutil.rmtree(folder(copy), ignore_errors=True)
    shutil.copytree(folder(name), folder(copy), ignore=shutil.ignore_patterns("logs"))
    try:
        yield copy
    finally:
        shutil.rmtree(folder(copy), ignore_errors=True)


def crowded(scale: int) -> str:
    """Make the network with three million investigator sites out of one that is loaded, unless it is there."""
    name = f"x{scale}-sites"
    if not (folder(name) / "loaded.json").exists():
        shutil.rmtree(folder(name), ignore_errors=True)
        shutil.copytree(
            folder(f"x{scale}"), folder(name), ignore=shutil.ignore_patterns("logs", "loaded.json")
        )
        manage(name, "migrate", "--verbosity", "0")
        began = time.monotonic()
        script = [sys.executable, str(Path(__file__).with_name("_sites.py")), str(SITES)]
        subprocess.run(script, env=variables(name), check=True)
        (folder(name) / "loaded.json").write_text(json.dumps({"seconds": time.monotonic() - began}))
    manage(name, "migrate", "--verbosity", "0")
    return name
