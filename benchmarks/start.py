"""Measure the start: tables from nothing, size of an empty database, first page, memory of web and worker."""

import statistics
import tempfile
import time
import urllib.request
from pathlib import Path

import run
from tests.journeys.windows import free_port

STARTS = 5
PAGES = 200


def timed(action: object) -> float:
    """Return how many seconds a call takes."""
    began = time.perf_counter()
    action()  # type: ignore[operator]
    return time.perf_counter() - began


def megabytes(folder: Path) -> float:
    """Return what the database files of an instance weigh."""
    return sum(path.stat().st_size for path in (folder / "database").iterdir()) / 2**20


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += family(int(path.parent.name))
    return found


def memory(pid: int) -> float:
    """Return the proportional memory of a process and its children in MB, shared pages counted once."""
    total = 0
    for each in family(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def until_it_rests(pid: int) -> None:
    """Wait until a process has started: until it works less than a twentieth of a second in one."""
    before, worked = -1.0, 0.0
    while worked - before > 0.05:
        time.sleep(1)
        before, worked = worked, int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def first_page(instance: run.Instance) -> tuple[float, dict[str, float]]:
    """Start web and worker, return the seconds to the first answer and their memory after some pages."""
    port = free_port()
    began = time.perf_counter()
    children = instance.serve(port)
    try:
        seconds = time.perf_counter() - began
        for _ in range(PAGES):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                answer.read()
        until_it_rests(children["worker"].pid)
        return seconds, {name: memory(child.pid) for name, child in children.items()}
    finally:
        run.stop(children)


def row(what: str, value: str, goal: str) -> None:
    """Print one line of the table."""
    print(f"  {what:<46} {value:>12}   {goal}")


def main() -> None:
    """Measure on a fresh instance."""
    with tempfile.TemporaryDirectory(prefix="diapason-bench-") as folder:
        empty = run.Instance(data=Path(folder) / "empty")
        empty.data.mkdir()
        migrate = timed(lambda: empty.manage("migrate", "--verbosity", "0", check=True))
        size = megabytes(empty.data)
        instance = run.Instance(data=Path(folder) / "data")
        load = timed(instance.prepare)
        again = timed(instance.prepare)
        starts, shares = zip(*(first_page(instance) for _ in range(STARTS)), strict=True)
        print()
        row("what", "measured", "goal")
        row("tables from nothing", f"{migrate:.1f} s", "≤ 20 s")
        row("empty database", f"{size:.1f} MB", "≤ 5 MB")
        row("demonstration from nothing, scale 1", f"{load:.1f} s", "tables + ≤ 10 s")
        row("prepared again (second start)", f"{again:.1f} s", "")
        row(f"first page after start, median of {STARTS}", f"{statistics.median(starts):.2f} s", "≤ 1.5 s")
        row("  slowest", f"{max(starts):.2f} s", "")
        total = [sum(each.values()) for each in shares]
        for name in shares[0]:
            row(f"memory of {name} after {PAGES} pages (PSS)", f"{shares[-1][name]:.0f} MB", "")
        row("memory together, median", f"{statistics.median(total):.0f} MB", "≤ 400 MB")


if __name__ == "__main__":
    main()
