"""Measure the pages that show many events, and the look-alikes, with 1,000 and with 100,000 events.

Each is the demonstration at scale 1, filled once with invented events and kept in var/bench. Pages are asked in
process, signed in, as a quality manager sees them and as the network's coordination does. The reference is
the health page in the same run. DIAPASON_BENCH_EVENTS=1000 measures less.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks._networks import folder, load, manage, variables
from benchmarks.pages import table, timed

SIZES = [int(size) for size in os.environ.get("DIAPASON_BENCH_EVENTS", "1000,100000").split(",")]
TIMES = 30


def filled(size: int) -> str:
    """Make the network with so many events, unless it is there; return its name."""
    name = f"x1-events-{size}"
    if not (folder(name) / "loaded.json").exists():
        shutil.rmtree(folder(name), ignore_errors=True)
        shutil.copytree(folder("x1"), folder(name), ignore=shutil.ignore_patterns("logs", "loaded.json"))
        began = time.monotonic()
        script = [sys.executable, str(Path(__file__).with_name("_events.py")), str(size)]
        subprocess.run(script, env=variables(name), check=True)
        (folder(name) / "loaded.json").write_text(json.dumps({"seconds": time.monotonic() - began}))
    manage(name, "migrate", "--verbosity", "0")
    return name


def pages() -> dict[str, tuple[Any, str]]:
    """Return what is measured: name → signed-in client and address."""
    from django.test import Client
    from django.urls import reverse

    from diapason.context.people.models import Account, RoleAssignment

    def client_of(role: str) -> Client:
        holder = RoleAssignment.objects.filter(role=role).order_by("pk").first()
        assert holder is not None
        client = Client()
        client.force_login(Account.objects.get(person=holder.person_id))
        return client

    manager, coordinator = client_of("quality_manager"), client_of("network_coordinator")
    base = reverse("quality_events:events")
    found = {
        "health (reference)": (coordinator, reverse("portal_health")),
        "list, 50 rows": (manager, base),
        "list, 2 filters": (manager, f"{base}?category=consent&severity=major"),
        "list, late": (manager, f"{base}?open=late"),
    }
    for name in ("board", "figures", "pareto", "clauses", "checks"):
        found[name] = (manager, reverse(f"quality_events:{name}"))
    for name in ("figures", "pareto", "clauses", "shared_causes"):
        found[f"{name}, network"] = (coordinator, reverse(f"quality_events:{name}"))
    return found


def lookalikes() -> dict[str, float]:
    """Return what the search for look-alikes of one event takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from diapason.improvement.quality_events.models import QualityEvent
    from diapason.improvement.quality_events.queries.lookalikes import lookalikes_of

    event = QualityEvent.objects.filter(category="consent").order_by("-reported_on").first()
    assert event is not None
    with CaptureQueriesContext(connection) as asked:
        lookalikes_of(event)
    times, work = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        lookalikes_of(event)
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
    times.sort()
    return {
        "median": statistics.median(times),
        "high": times[int(TIMES * 0.95)],
        "work": statistics.median(work),
        "queries": len(asked),
        "longest": max(len(query["sql"]) for query in asked.captured_queries),
    }


def measure() -> None:
    """Print, as JSON, what each page takes in the network of this process."""
    from django.conf import settings

    import diapason.portal.wsgi  # noqa: F401  (loaded as the web process loads it, its garbage collection included)
    from diapason.improvement.quality_events.models import QualityEvent

    settings.ALLOWED_HOSTS = ["testserver"]
    taken = {name: timed(client, url) for name, (client, url) in pages().items()}
    taken["look-alikes (search only)"] = lookalikes()
    print(json.dumps({"events": QualityEvent.objects.count(), "pages": taken}))


def main() -> None:
    """Fill each network, measure it in a process of its own, print the table."""
    load(1)
    results, names = {}, [filled(size) for size in SIZES]
    for name in names:
        command = [sys.executable, str(Path(__file__)), "measure"]
        done = subprocess.run(command, env=variables(name), check=True, capture_output=True, text=True)
        found = results[name] = json.loads(done.stdout.splitlines()[-1])
        print(f"   {name}: {found['events']:,} events", flush=True)
    table(results, names)


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
