"""Run every check and every test: `python3 run.py test [--full] [-k EXPRESSION]`.

Phases: the checks; all tests on SQLite, two at a time; those marked `database` on PostgreSQL (with --full all
of them); the journeys in a real browser, by file in two browsers, each on an instance of its own. Ends with one
line, "N passed, N failed".
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests import checks, postgres

ROOT = Path(__file__).resolve().parents[1]
NOTHING_SELECTED = 5  # pytest's exit code when no test matches


@dataclass
class Tally:
    """Count what ran, and keep how long each test took."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: int = 0
    slow: list[tuple[float, str]] = field(default_factory=list)

    def read(self, report: Path, phase: str) -> None:
        """Add the tests of one report in JUnit's form; without a report the whole phase has failed."""
        if not report.exists():
            self.failed.append(f"{phase}: pytest wrote no report")
            return
        # Written by our own pytest a moment ago.
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314
            name = f"{case.get('classname', '').replace('.', '/')}::{case.get('name')}"
            self.slow.append((float(case.get("time", 0)), f"{name} [{phase}]"))
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed.append(f"{name} [{phase}]")
            elif case.find("skipped") is not None:
                self.skipped += 1
            else:
                self.passed += 1


def expression(*parts: str) -> list[str]:
    """Return pytest's -m option for markers that must all hold."""
    return ["-m", " and ".join(part for part in parts if part)]


def run_phase(phase: str, arguments: list[str], tally: Tally, variables: dict[str, str]) -> None:
    """Run pytest once and add what it reports."""
    print(f"\n── {phase} " + "─" * max(0, 100 - len(phase)), flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="diapason-tests-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        data = Path(folder) / "data"
        data.mkdir()
        environment = os.environ | {"DIAPASON_TEST_DATA": str(data)} | variables
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        before = len(tally.failed)
        tally.read(report, phase)
    if code not in {0, NOTHING_SELECTED} and len(tally.failed) == before:
        tally.failed.append(f"{phase}: pytest ended with {code}")
    print(f"   {phase}: {time.monotonic() - began:.0f} s", flush=True)


@contextlib.contextmanager
def demonstration() -> Iterator[str]:
    """Load the demonstration for the journeys while everything else begins; give the folder where it will be."""
    with tempfile.TemporaryDirectory(prefix="diapason-demonstration-", ignore_cleanup_errors=True) as folder:
        command = [sys.executable, "-m", "tests.journeys.windows", folder]
        # What it says does not matter: where it fails, the journeys load it again and say why.
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        loading = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **silent)
        try:
            yield folder
        finally:
            if loading.poll() is None:
                os.killpg(loading.pid, signal.SIGTERM)
            loading.wait()


def run_tests(full: bool, chosen: list[str], tally: Tally, folder: str = "") -> None:
    """Run the phases of the tests; the journeys' demonstration is in that folder, "" when they load it."""
    shared = os.environ.get("DIAPASON_SHARED") or str(ROOT.parent / "shared")
    variables = {"DIAPASON_SHARED": shared, "DIAPASON_FULL": "1" if full else ""}
    samples = "" if full else "not full and not load"
    two = ["-n", "2", "--dist", "loadfile"]
    without = ["--ignore", "tests/journeys"]
    run_phase("SQLite", [*two, *without, *expression("not journey", samples), *chosen], tally, variables)
    try:
        with postgres.server() as address:
            there = variables | {"DIAPASON_TEST_POSTGRES_ADDRESS": address}
            # What is long and asks no database has been asked already.
            part = "not journey and (database or not full)" if full else "database and not journey"
            run_phase("PostgreSQL", [*two, *without, *expression(part, samples), *chosen], tally, there)
    except (RuntimeError, OSError) as error:
        tally.failed.append(f"PostgreSQL: {error}")
    # In the order in which they were collected: the longest is the first.
    journeys = ["tests/journeys", *two, "--no-loadscope-reorder"]
    loaded = variables | ({"DIAPASON_TEST_DEMONSTRATION": folder} if folder else {})
    run_phase("Journeys", [*journeys, *expression("journey", samples), *chosen], tally, loaded)


def report(tally: Tally, seconds: float) -> None:
    """Print the slowest tests, the failures, and the closing line."""
    print("\nThe 20 slowest:")
    for took, name in sorted(tally.slow, reverse=True)[:20]:
        print(f"  {took:7.2f} s  {name}")
    if tally.failed:
        print("\nFailed:")
        print("\n".join(f"  {name}" for name in tally.failed))
    skipped = f", {tally.skipped} skipped" if tally.skipped else ""
    print(f"\nEverything took {seconds:.0f} s.")
    print(f"{tally.passed} passed, {len(tally.failed)} failed{skipped}", flush=True)


def stopped(number: int, frame: object) -> None:
    """Take a request to end as Ctrl-C is taken, so that nothing started here is left behind."""
    raise KeyboardInterrupt


def main() -> int:
    """Run what the command line asks; the exit code is 0 only when everything passed."""
    signal.signal(signal.SIGTERM, stopped)
    parser = argparse.ArgumentParser(prog="run.py test")
    parser.add_argument("--full", action="store_true", help="everything on both databases, all samples whole")
    parser.add_argument(
        "-k", metavar="EXPRESSION", default="", help="only tests whose names match; no checks"
    )
    options = parser.parse_args()
    began = time.monotonic()
    tally = Tally()
    if options.k:
        run_tests(options.full, ["-k", options.k], tally)
    else:
        with demonstration() as folder:
            broken = checks.run_all()
            tally.failed += [f"check: {name}" for name in broken]
            tally.passed += len(checks.CHECKS) - len(broken)
            run_tests(options.full, [], tally, folder)
    report(tally, time.monotonic() - began)
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
