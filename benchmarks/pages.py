"""Measure pages at scale 1, 10 and 100: server time, query count, growth (bar G1, G2, G3).

Each scale is a demonstration network of its own, loaded once into var/bench and kept (delete the folder to load
again); one more has the studies of the largest with three million investigator sites. Pages are asked in process,
signed in, after two warm-up requests. The reference is the health page, which asks the database once: it says how
fast the machine is at this moment. The processor time beside the clock holds on a busy machine too.
DIAPASON_BENCH_SCALES=1,10 measures less.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks._networks import SCALES, crowded, load, variables

TIMES = 60


def pages() -> dict[str, tuple[Any, str]]:
    """Return what is measured: name → signed-in client and address."""
    from django.test import Client
    from django.urls import reverse

    from diapason.context.people.models import Account, RoleAssignment
    from diapason.context.studies.models import Study

    def account_of(role: str) -> Account:
        holder = RoleAssignment.objects.filter(role=role).order_by("pk").first()
        assert holder is not None
        return Account.objects.get(person=holder.person_id)

    coordinator, manager, reader = Client(), Client(), account_of("quality_manager")
    coordinator.force_login(account_of("network_coordinator"))
    manager.force_login(reader)
    study = Study.objects.visible_to(reader).order_by("pk").first()
    assert study is not None
    portfolio = reverse("studies:studies")
    return {
        "health (reference)": (coordinator, reverse("portal_health")),
        "network home": (coordinator, reverse("portal_network")),
        "my day": (manager, reverse("portal_day")),
        "portfolio, 50 rows": (manager, portfolio),
        "portfolio, 2 filters": (manager, f"{portfolio}?status=in_follow_up&phase=NA"),
        "study": (manager, reverse("studies:study", args=[study.key])),
        "figures": (coordinator, reverse("indicators:figures")),
        "organization": (manager, reverse("network:organization", args=["BRE"])),
    }


def timed(client: Any, url: str) -> dict[str, float]:
    """Return what a page takes: milliseconds by the clock and of the processor, statements, the longest one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(2):
        answer = client.get(url)
        assert answer.status_code == 200, f"{url} answers {answer.status_code}"
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    count = len(queries)
    longest = max((len(query["sql"]) for query in queries.captured_queries), default=0)
    times, work = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        client.get(url)
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
    times.sort()
    return {
        "median": statistics.median(times),
        "high": times[int(TIMES * 0.95)],
        "work": statistics.median(work),
        "queries": count,
        "longest": longest,
    }


def measure() -> None:
    """Print, as JSON, what each page takes in the network of this process."""
    from django.conf import settings

    import diapason.portal.wsgi  # noqa: F401  (loaded as the web process loads it, its garbage collection included)
    from diapason.context.studies.models import InvestigatorSite, Study

    settings.ALLOWED_HOSTS = ["testserver"]
    found = {
        "studies": Study.objects.count(),
        "sponsored": Study.objects.exclude(sponsor=None).count(),
        "sites": InvestigatorSite.objects.count(),
        "pages": {name: timed(client, url) for name, (client, url) in pages().items()},
    }
    print(json.dumps(found))


def main() -> None:
    """Load each network, measure it in a process of its own, print the table."""
    names = [load(scale) for scale in SCALES]
    if SCALES[-1] >= 100:
        names.append(crowded(SCALES[-1]))
    results = {}
    for name in names:
        command = [sys.executable, str(Path(__file__)), "measure"]
        done = subprocess.run(command, env=variables(name), check=True, capture_output=True, text=True)
        found = results[name] = json.loads(done.stdout.splitlines()[-1])
        counts = "{sponsored:,} sponsored of {studies:,} studies, {sites:,} investigator sites".format(
            **found
        )
        print(f"   {name}: {counts}", flush=True)
    table(results, names)


def table(results: dict[str, Any], names: list[str]) -> None:
    """Print one line a page; growth is that of the processor time, over the smallest network."""
    header = "".join(f"{f'{name}: p50 / p95, cpu ms':>30}{'queries':>9}{'growth':>9}" for name in names)
    print(f"\n   {'page':<22}{header}{'longest SQL':>13}")
    for page, first in results[names[0]]["pages"].items():
        row = f"   {page:<22}"
        for name in names:
            one = results[name]["pages"][page]
            cell = f"{one['median']:.1f} / {one['high']:.1f}, {one['work']:.1f}"
            row += f"{cell:>30}{one['queries']:>9}{one['work'] / first['work']:>8.2f}×"
        print(f"{row}{one['longest']:>11} B")


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
