"""Measure the trail: cost of an act, export, verification beside bare SHA-256, proofs.

    python run.py bench trail              (100,000 entries)
    python benchmarks/trail.py 1000000     (as many as named)

Nothing is kept: files and database live in a temporary folder, with full durability.
"""

import hashlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return seconds and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def row(what: str, value: str, note: str = "") -> None:
    """Print one line of the table."""
    print(f"   {what:<52} {value:>16}  {note}")


def forged_export(path: Path, entries: int, heads: int) -> list[bytes]:
    """Write an export of so many entries, made without the application; return the statements."""
    from tests.audit_trail import forge

    trail = forge.Trail(forge.statement(index) for index in range(entries))
    sizes = [max(1, entries * number // heads) for number in range(1, heads + 1)]
    path.write_bytes(trail.export(sorted(set(sizes))))
    return trail.statements


def bare_hashes(statements: list[bytes]) -> list[bytes]:
    """Return the leaves and nothing else: the floor of any verification."""
    return [hashlib.sha256(b"\x00" + text).digest() for text in statements]


def outside(folder: Path, entries: int) -> None:
    """Measure the stand-alone verifier in a process of its own, beside bare hashing."""
    for heads in (1, 200):
        path = folder / "export.jsonl"
        statements = forged_export(path, entries, heads)
        bare, _ = timed(partial(bare_hashes, statements))
        command = [
            sys.executable,
            "-I",
            "-S",
            str(ROOT / "verifier" / "diapason_verify.py"),
            "trail",
            str(path),
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        times = [
            timed(partial(subprocess.run, command, check=True, capture_output=True))[0] for _ in range(3)
        ]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = statistics.median(times)
        processor = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 3
        note = (
            f"{processor:.2f} s of processor, {path.stat().st_size / 1e6:,.0f} MB, bare SHA-256 {bare:.2f} s"
        )
        row(f"verify {entries:,} entries, {heads} heads (median of 3)", f"{seconds:.2f} s", note)


def acts(number: int) -> Iterator[float]:
    """Yield the seconds of each of so many acts that each change one record."""
    from diapason.audit_trail.acts import act, automaton, record
    from diapason.context.network.facts import OrganizationCorrected
    from diapason.context.network.models import Organization

    @act
    def correct(*, organization: Organization, name: str, by: Any) -> None:
        organization.name = name
        organization.version += 1
        organization.save(update_fields=["name"])
        record(OrganizationCorrected(subject=organization.subject, organization="ALP", reason="bench"), by=by)

    @act
    def begin(*, by: Any) -> Organization:
        made = Organization.objects.create(code="ALP", name="A", short_name="A", kind="centre")
        record(OrganizationCorrected(subject=made.subject, organization="ALP", reason="bench"), by=by)
        return made

    by = automaton("bench")
    organization = begin(by=by)
    for count in range(number):
        seconds, _ = timed(
            lambda count=count: correct(organization=organization, name=f"Name {count}", by=by)
        )
        yield seconds


def inside(number: int) -> None:
    """Measure acts, heads, proofs and verification in the application, on a database with full durability."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", run_syncdb=True, verbosity=0)
    from django.db import connection

    from diapason.audit_trail import heads, proofs, verify
    from diapason.audit_trail.models import Entry

    times = sorted(acts(number))
    row(f"one act, one record changed ({number:,} acts), p50", f"{times[number // 2] * 1000:.2f} ms")
    row("… p95", f"{times[number * 95 // 100] * 1000:.2f} ms")
    with CaptureQueriesContext(connection) as queries:
        next(iter(acts_again()))
    row("… statements sent to the database", str(len(queries)))
    seconds, _ = timed(lambda: heads.sign_head("bench"))
    row("sign a head", f"{seconds * 1000:.1f} ms")
    seconds, lines = timed(lambda: sum(map(len, proofs.trail_lines())))
    row("canonical export", f"{seconds:.2f} s", f"{lines / 1e6:.1f} MB")
    seconds, _ = timed(lambda: [proofs.proof_of(entry) for entry in Entry.objects.all()[:200]])
    row("proof of one entry", f"{seconds / 200 * 1000:.2f} ms")
    seconds, result = timed(verify.verify)
    assert not result.faults, result.faults[0]
    row(
        f"verify_trail, {result.entries:,} entries",
        f"{seconds:.2f} s",
        f"{result.entries / seconds:,.0f} entries/s",
    )


def acts_again() -> Iterator[float]:
    """Yield the seconds of one more act."""
    from diapason.audit_trail.acts import act, automaton, record
    from diapason.context.network.facts import OrganizationCorrected
    from diapason.context.network.models import Organization

    @act
    def correct(*, by: Any) -> None:
        Organization.objects.filter(code="ALP").update(name="Once more")
        record(OrganizationCorrected(subject="organization:ALP", organization="ALP", reason="bench"), by=by)

    yield timed(lambda: correct(by=automaton("bench")))[0]


def main() -> None:
    """Print the table."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="diapason-bench-") as folder:
        os.environ["DIAPASON_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "diapason.settings.demo"
        outside(Path(folder), entries)
        inside(min(3000, entries))


if __name__ == "__main__":
    main()
