"""Run every check that is not a test: `python3 run.py check [--fast]`."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ADDRESS = re.compile(r"https?://|^--(?:index-url|extra-index-url|find-links)", re.M)


@dataclass(frozen=True)
class Check:
    """Name a check; `action` returns what is wrong, "" when nothing is."""

    name: str
    action: Callable[[], str]
    is_fast: bool = True


def program(*command: str, settings: str = "diapason.settings.test") -> Callable[[], str]:
    """Return a check that is a program: right when it ends with 0."""

    def run() -> str:
        with tempfile.TemporaryDirectory(prefix="diapason-check-") as data:
            variables = os.environ | {
                "DJANGO_SETTINGS_MODULE": settings,
                "DIAPASON_TEST_DATA": data,
                "DIAPASON_DATA": data,
                "DIAPASON_HOSTS": "diapason.example",
                "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            }
            done = subprocess.run(
                command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
            )
        return (
            (done.stdout + done.stderr).strip() or f"exit code {done.returncode}" if done.returncode else ""
        )

    return run


def djade() -> str:
    """Say which templates are not in djade's shape."""
    templates = sorted(str(path) for path in ROOT.glob("diapason/**/templates/**/*.html"))
    return program("djade", "--check", "--target-version", "5.2", *templates)() if templates else ""


def tracked_locks() -> list[Path]:
    """Return the files in which exact versions are written down."""
    return [*sorted(ROOT.glob("requirements/*.txt")), ROOT / "tests" / "journeys" / "package-lock.json"]


def lock_files() -> str:
    """Say which lock file records the address of a registry, or is older than what it is made from."""
    wrong = []
    for path in tracked_locks():
        found = ADDRESS.search(path.read_text(encoding="utf-8"))
        if found:
            wrong.append(f"{path.relative_to(ROOT)} records an address: {found.group(0)}")
    return "\n".join(wrong)


DJANGO = (sys.executable, "-W", "ignore", "-m", "django")
CHECKS = [
    Check("ruff", program("ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Check("ruff format", program("ruff", "format", "--check", "--quiet", ".")),
    Check("import-linter", program("lint-imports", "--no-logo", "--cache-dir", ".cache/import-linter")),
    Check("djade", djade),
    Check(
        "bandit",
        program(
            "bandit",
            "--quiet",
            "--severity-level",
            "medium",
            "-c",
            "pyproject.toml",
            "-r",
            "diapason",
            "catalogue",
        ),
    ),
    Check("deptry", program("deptry", ".")),
    Check("lock files", lock_files),
    Check("mypy", program("mypy"), is_fast=False),
    Check(
        "check --deploy",
        program(
            *DJANGO, "check", "--deploy", "--fail-level", "WARNING", settings="diapason.settings.production"
        ),
        is_fast=False,
    ),
    Check("migrations", program(*DJANGO, "makemigrations", "--check", "--dry-run"), is_fast=False),
]


def answer(check: Check) -> tuple[str, float]:
    """Run one check; return what is wrong, and how many seconds it took."""
    began = time.monotonic()
    return check.action(), time.monotonic() - began


def run_all(fast: bool = False) -> list[str]:
    """Run the checks two at a time, the longest first; print each in its order, return the names that failed."""
    chosen = [check for check in CHECKS if check.is_fast or not fast]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        begun = {
            check.name: pool.submit(answer, check) for check in sorted(chosen, key=lambda one: one.is_fast)
        }
        for check in chosen:
            wrong, seconds = begun[check.name].result()
            print(f"{'✗' if wrong else '✓'} {check.name} {seconds:.1f} s", flush=True)
            if wrong:
                failed.append(check.name)
                print("\n".join("    " + line for line in wrong.splitlines()), flush=True)
    return failed


if __name__ == "__main__":
    failures = run_all(fast="--fast" in sys.argv[1:])
    print(f"{len(failures)} failed: {', '.join(failures)}" if failures else "All checks pass.")
    sys.exit(bool(failures))
