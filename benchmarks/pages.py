"""Measure pages at scale 1, 10 and 100: server time, query count, growth (bar G1, G2, G3).

Each scale is a demonstration network of its own, loaded once into var/bench and kept (delete the folder to load
again). Pages are asked in process, signed in, after two warm-up requests. The reference is the health page, which
asks the database once: it says how fast the machine is at this moment. DIAPASON_BENCH_SCALES=1,10 measures less.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "var" / "bench"
SCALES = [int(scale) for scale in os.environ.get("DIAPASON_BENCH_SCALES", "1,10,100").split(",")]
TIMES = 60


def variables(scale: int) -> dict[str, str]:
    """Return the environment of one network."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "diapason.settings.demo",
        "DIAPASON_DATA": str(STORE / f"x{scale}"),
        "DIAPASON_TODAY": "2026-11-23",
        "PYTHONPATH": str(ROOT),
    }


def load(scale: int) -> None:
    """Load the network of that scale unless it is there."""
    done = STORE / f"x{scale}" / "loaded.json"
    if done.exists():
        print(f"   scale {scale}: loaded earlier in {json.loads(done.read_text())['seconds']} s")
        return
    django = [sys.executable, "-m", "django"]
    subprocess.run([*django, "migrate", "--verbosity", "0"], env=variables(scale), check=True)
    began = time.monotonic()
    command = [*django, "load_demo", "--scale", str(scale)]
    subprocess.run(command, env=variables(scale), check=True, stdout=subprocess.DEVNULL)
    seconds = round(time.monotonic() - began, 1)
    subprocess.run(
        [*django, "collectstatic", "--noinput", "--verbosity", "0"], env=variables(scale), check=True
    )
    size = (STORE / f"x{scale}" / "database" / "diapason.sqlite3").stat().st_size / 1e6
    done.write_text(json.dumps({"seconds": seconds}))
    print(
        f"   scale {scale}: loaded in {seconds} s, {size:.0f} MB (aim: 10 s at scale 1, 180 s at scale 100)"
    )


def measure() -> None:
    """Print, as JSON, what each page takes in the network of this process."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from diapason.context.people.models import Account, RoleAssignment
    from diapason.context.studies.models import Study

    settings.ALLOWED_HOSTS = ["testserver"]

    def client_of(role: str) -> Client:
        holder = RoleAssignment.objects.filter(role=role).order_by("pk").first()
        client = Client()
        client.force_login(Account.objects.get(person=holder.person_id))
        return client

    coordinator, manager = client_of("network_coordinator"), client_of("quality_manager")
    holder = RoleAssignment.objects.filter(role="quality_manager").order_by("pk").first()
    assert holder is not None
    reader = Account.objects.get(person=holder.person_id)
    study = Study.objects.visible_to(reader).order_by("pk").first()
    assert study is not None
    portfolio = reverse("studies:studies")
    pages = {
        "health (reference)": (coordinator, reverse("portal_health")),
        "network home": (coordinator, reverse("portal_network")),
        "my day": (manager, reverse("portal_day")),
        "portfolio, 50 rows": (manager, portfolio),
        "portfolio, 2 filters": (manager, f"{portfolio}?status=recruiting&phase=3"),
        "study": (manager, reverse("studies:study", args=[study.key])),
        "figures": (coordinator, reverse("indicators:figures")),
        "organization": (manager, reverse("network:organization", args=["BRE"])),
    }
    found = {
        "studies": Study.objects.count(),
        "sponsored": Study.objects.exclude(sponsor=None).count(),
        "pages": {},
    }
    for name, (client, url) in pages.items():
        for _ in range(2):
            answer = client.get(url)
            assert answer.status_code == 200, f"{url} answers {answer.status_code}"
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        count = len(queries)
        longest = max((len(query["sql"]) for query in queries.captured_queries), default=0)
        times = []
        for _ in range(TIMES):
            began = time.perf_counter()
            client.get(url)
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        found["pages"][name] = (statistics.median(times), times[int(TIMES * 0.95)], count, longest)
    print(json.dumps(found))


def main() -> None:
    """Load each network, measure it in a process of its own, print the table."""
    results = {}
    for scale in SCALES:
        load(scale)
        command = [sys.executable, str(Path(__file__)), "measure"]
        done = subprocess.run(command, env=variables(scale), check=True, capture_output=True, text=True)
        results[scale] = json.loads(done.stdout.splitlines()[-1])
        print(
            f"   scale {scale}: {results[scale]['sponsored']} sponsored of {results[scale]['studies']} studies"
        )
    header = "".join(f"{f'×{scale}: p50 / p95 ms':>26}{'queries':>9}" for scale in SCALES)
    print(f"\n   {'page':<24}{header}{'growth':>10}{'longest SQL':>13}")
    for name in results[SCALES[0]]["pages"]:
        row = f"   {name:<24}"
        for scale in SCALES:
            median, high, queries, _ = results[scale]["pages"][name]
            row += f"{f'{median:.1f} / {high:.1f}':>26}{queries:>9}"
        first, last = results[SCALES[0]]["pages"][name], results[SCALES[-1]]["pages"][name]
        print(f"{row}{last[0] / first[0]:>9.2f}×{last[3]:>12} B")


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
