"""Measure the real server under connections without think time: lists (bar G1b) and acts with their entry (G4).

The server is the one of `run.py demo`: two web processes, the job worker beside them, the database with full
durability. Each connection is kept alive and signed in as the quality manager of another establishment. Writing
goes to a copy of the network; afterwards the rows and the entries of the trail are counted against the answers.
Beside the rate stands what the server's processes worked for one answer: it holds on a busy machine too, and the
cores divided by it are the rate that the machine could give.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import run
from benchmarks._networks import SCALES, TODAY, copied, folder, load, variables
from benchmarks._wire import Answer, Connection, Load, asked, drive
from benchmarks.start import family
from tests.journeys.windows import free_port

CONNECTIONS = 16
SECONDS = float(os.environ.get("DIAPASON_BENCH_SECONDS", "15"))
LIST = "/studies/?status=in_follow_up&phase=NA"
YEARS = range(2016, 2000, -1)
"""Years of which nobody has counted inclusions by organization: each request makes a record."""


def visitors() -> None:
    """Print, as JSON, who can sign in: cookie, establishment and studies of its own (in a process of the network)."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from diapason.context.people.models import Account, RoleAssignment
    from diapason.context.studies.models import Study

    settings.ALLOWED_HOSTS = ["testserver"]
    found = []
    held = RoleAssignment.objects.filter(role="quality_manager", organization__isnull=False).order_by("pk")
    for holder in held[:CONNECTIONS]:
        client = Client()
        client.force_login(Account.objects.get(person=holder.person_id))
        assert client.get(LIST).status_code == 200
        studies = Study.objects.filter(sponsor=holder.organization_id).order_by("pk")
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        keys = list(studies.values_list("key", flat=True)[:400])
        found.append({"cookie": cookie, "organization": holder.organization_id, "studies": keys})
    print(json.dumps(found))


def counted() -> None:
    """Print how many counts of inclusions and entries of the trail the network of this process holds."""
    import django

    django.setup()
    from diapason.audit_trail.models import Entry
    from diapason.operation.enrolment.models import EnrolmentCount

    print(json.dumps([EnrolmentCount.objects.count(), Entry.objects.count()]))


def inside(name: str, task: str) -> Any:
    """Run `visitors` or `counted` in a process of that network."""
    command = [sys.executable, __file__, task]
    done = subprocess.run(command, env=variables(name), check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@dataclass(frozen=True)
class Server:
    """Be the running web server of a network."""

    port: int
    process: int

    def work(self) -> float:
        """Return the processor seconds that its processes have spent."""
        ticks = 0
        for each in family(self.process):
            fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def under(
        self, streams: list[Iterator[bytes]], seconds: float, good: Callable[[Answer], bool]
    ) -> tuple[Load, float]:
        """Return what a load showed, and the milliseconds of processor behind one answer."""
        before = self.work()
        load = drive(self.port, streams, seconds, good)
        return load, (self.work() - before) * 1000 / max(1, len(load.times) + len(load.errors))


@contextmanager
def served(name: str) -> Iterator[Server]:
    """Serve a network as the demonstration does."""
    instance, port = run.Instance(today=TODAY, data=folder(name)), free_port()
    children = instance.serve(port)
    try:
        run.wait_until_it_answers(port, children, instance.log)
        yield Server(port, children["web"].pid)
    finally:
        run.stop(children)


def reads(server: Server, people: list[dict[str, Any]], path: str) -> tuple[Load, float]:
    """Ask for one page over all connections, after a second to warm up."""
    streams = [cycle([asked(path, person["cookie"])]) for person in people]
    drive(server.port, streams, 1, is_page)
    return server.under(streams, SECONDS, is_page)


def is_page(answer: Answer) -> bool:
    """Say whether it is the page asked for."""
    return answer.status == 200 and len(answer.body) > 0


def is_accepted(answer: Answer) -> bool:
    """Say whether the form was taken: the server sends the reader on to the study."""
    return answer.status == 302 and b"/studies/" in answer.head


def forms(port: int, person: dict[str, Any]) -> Iterator[bytes]:
    """Give the requests that each enter a month's inclusions of a study, never twice the same."""
    first = asked(f"/enrolment/{person['studies'][0]}/", person["cookie"])
    answer = Connection(port).ask(first)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body)
    cookie = re.search(rb"diapason_csrf=[^;]+", answer.head)
    assert token, answer.body[:500]
    assert cookie, answer.head
    cookies = f"{person['cookie']}; {cookie.group().decode()}"
    for year, month, key in product(YEARS, range(1, 13), person["studies"]):
        values = {
            "organization": person["organization"],
            "year": year,
            "source": "bench",
            f"month_{month}": 3,
        }
        form = urlencode({"csrfmiddlewaretoken": token.group(1).decode(), **values}).encode()
        yield asked(f"/enrolment/{key}/record/", cookies, form)


def written(name: str) -> dict[str, tuple[Load, float]]:
    """Write into a copy of the network, by one connection, then by all; nothing acknowledged may be missing."""
    with copied(name) as copy:
        people = inside(copy, "visitors")
        before = inside(copy, "counted")
        with served(copy) as server:
            streams = [forms(server.port, person) for person in people]
            warm = server.under(streams, 1, is_accepted)
            alone = server.under(streams[:1], SECONDS / 2, is_accepted)
            together = server.under(streams, SECONDS, is_accepted)
        after = inside(copy, "counted")
    accepted = sum(len(load.times) for load, _ in (warm, alone, together))
    rows, entries = (new - old for new, old in zip(after, before, strict=True))
    assert rows == accepted, f"{accepted} requests accepted, {rows} rows"
    assert entries >= accepted, f"{accepted} requests accepted, {entries} entries"
    return {"create, c=1": alone, f"create, c={CONNECTIONS}": together}


def measured(name: str) -> dict[str, tuple[Load, float]]:
    """Return every load of one network."""
    people = inside(name, "visitors")
    with served(name) as server:
        found = {
            f"health (reference), c={CONNECTIONS}": reads(server, people, "/health/"),
            f"list, 2 filters, c={CONNECTIONS}": reads(server, people, LIST),
        }
    return found | written(name)


GOALS = {
    f"list, 2 filters, c={CONNECTIONS}": "≥ 150/s, 0 errors (G1b)",
    "create, c=1": "p95 ≤ 25 ms (G4)",
    f"create, c={CONNECTIONS}": "≥ 150/s, 0 errors (G4)",
}


def main() -> None:
    """Measure the smallest and the largest network, print the table."""
    results = {}
    for scale in sorted({min(SCALES), max(SCALES)}):
        name = load(scale)
        began = time.process_time()
        results[name] = measured(name)
        print(
            f"   {name}: measured, {time.process_time() - began:.1f} s of processor spent asking", flush=True
        )
    table(results)


def table(results: dict[str, dict[str, tuple[Load, float]]]) -> None:
    """Print one line a load; growth is that of the server's processor time."""
    names = list(results)
    header = "".join(f"{f'{name}: rate, p50 / p95 ms, errors, cpu ms':>44}" for name in names)
    print(f"\n   {'load':<28}{header}{'growth':>9}  goal")
    for what in results[names[0]]:
        found = [results[name][what] for name in names]
        cells = "".join(
            f"{f'{load.rate:.0f}/s  {load.median:.1f} / {load.at(0.95):.1f}  {len(load.errors)}  {work:.1f}':>44}"
            for load, work in found
        )
        print(f"   {what:<28}{cells}{found[-1][1] / found[0][1]:>8.2f}×  {GOALS.get(what, '')}")
        for each, _ in found:
            for error in each.errors[:2]:
                print(f"      error: {error}")


if __name__ == "__main__":
    {"visitors": visitors, "counted": counted}.get("".join(sys.argv[1:]), main)()
