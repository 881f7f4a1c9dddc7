"""Measure the import of registry downloads: fresh, unchanged, memory, growth, beside a bare parse of the same files.

    python run.py bench import_registry            (all shared downloads found in DIAPASON_SHARED)
    python benchmarks/import_registry.py FILE…     (these files)

Prints one table; rates by the clock and by processor time (the latter holds on a busy machine), ratios of processor
times. Nothing is kept: the database lives in a temporary folder, with full durability.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DIAPASON_SHARED", ROOT.parent / "shared")) / "data"
FILES = ("ctgov-xml-classic/oncology.zip", "ctgov-xml-classic/lymphoma.zip", "ctgov-xml-classic/other.zip",
         "ctgov-api-v2/studies.zip")  # fmt: skip


def bare_parse(path: Path) -> tuple[int, float]:
    """Return how many members the archive has and the processor seconds of unpacking and parsing alone."""
    import orjson
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    started = time.process_time()
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        for entry in entries:
            raw = archive.read(entry)
            orjson.loads(raw) if entry.filename.endswith(".json") else etree.fromstring(raw, parser)
    return len(entries), time.process_time() - started


def replicated(source: Path, target: Path, copies: int) -> Path:
    """Write an archive with `copies` of each record, each copy under a number of its own."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for copy in range(copies):
            for entry in old.infolist():
                number = entry.filename[3:11]
                fresh = f"{(int(number) + copy * 7_000_001) % 100_000_000:08d}"
                raw = old.read(entry).replace(f"NCT{number}".encode(), f"NCT{fresh}".encode())
                new.writestr(f"NCT{fresh}.xml", raw)
    return target


def prepare_database() -> None:
    """Make an empty database from the models, triggers included, with a small network."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "diapason.settings.test"
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")


def measure(path: Path, times: int) -> list[dict[str, float]]:
    """Import the file `times` times in this process; return seconds, counts and memory of each run."""
    from io import StringIO

    from django.core.management import call_command

    found = []
    for _ in range(times):
        out, started, worked = StringIO(), time.perf_counter(), time.process_time()
        call_command("import_registry", str(path), format="json", stdout=out)
        seconds, work = time.perf_counter() - started, time.process_time() - worked
        counts = json.loads(out.getvalue())
        counts.pop("rejections")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found.append({**counts, "seconds": seconds, "work": work, "memory": memory})
    return found


def in_process(path: Path, times: int = 2) -> list[dict[str, float]]:
    """Run `measure` in a process of its own, so that memory is that of one import."""
    folder = tempfile.mkdtemp(prefix="diapason-bench-")
    environment = {**os.environ, "DIAPASON_TEST_DATA": folder}
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--measure", str(path), str(times)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return json.loads(done.stdout.splitlines()[-1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def line(*cells: object) -> None:
    """Print one row of the table."""
    print("".join(f"{cell!s:>13}" for cell in cells))


def report(name: str, path: Path) -> float:
    """Print the row of one file; return its fresh rate by processor time."""
    members, bare = bare_parse(path)
    fresh, again = in_process(path)
    number = fresh["read"]
    line(
        name[:12],
        members,
        f"{members / bare:.0f}/s",
        f"{number / fresh['seconds']:.0f}/s",
        f"{number / fresh['work']:.0f}/s",
        f"{number / again['seconds']:.0f}/s",
        f"{number / again['work']:.0f}/s",
        f"{fresh['work'] / bare:.1f}×",
        f"{again['work'] / bare:.1f}×",
        f"{again['memory']:.0f} MB",
        f"{int(fresh['created'])}/{int(again['unchanged'])}",
    )
    return number / fresh["work"]


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--measure"]:
        prepare_database()
        print(json.dumps(measure(Path(sys.argv[2]), int(sys.argv[3]))))
        return
    files = [Path(name) for name in sys.argv[1:]] or [
        SHARED / name for name in FILES if (SHARED / name).exists()
    ]
    if not files:
        raise SystemExit(f"no registry downloads in {SHARED}")
    line("file", "records", "bare parse", "fresh", "fresh cpu", "unchanged", "unch. cpu", "fresh/bare", "unch./bare",
         "memory", "new/same")  # fmt: skip
    for path in files:
        report(path.stem, path)
    source = next((path for path in files if path.stem == "lymphoma"), files[0])
    with tempfile.TemporaryDirectory(prefix="diapason-bench-") as folder:
        rates = []
        for copies in (1, 10):
            path = replicated(source, Path(folder) / f"{source.stem}-{copies}.zip", copies)
            rates.append(report(f"× {copies}", path))
    print(f"\nrate at ten times the records: {rates[1] / rates[0]:.2f} of the rate at once (1 = linear)")
    print("goals: fresh ≥ 300/s, unchanged ≥ 1000/s, memory ≤ 200 MB")


if __name__ == "__main__":
    main()
