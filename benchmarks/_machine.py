"""How fast this machine is just now: a reference measured beside every table, so that figures of two days compare."""

import hashlib
import json
import statistics
import time

RECORD = {
    "act": "improvement.report",
    "at": "2026-01-01T00:00:00.000000Z",
    "by": "person:12",
    "changes": [{"key": "1", "op": "insert", "table": "quality_events_event"}],
    "index": 5,
    "instance": "reference",
    "note": "a text as long as what people write in three fields of a report, neither more nor less",
    "role": "quality_manager",
    "v": 1,
}
LINKS = 20_000
GOALS_MACHINE = 237  # thousand links a second where the goals were set


def links_per_second() -> float:
    """Return how many canonical JSON records of 300 bytes are written and hash-linked in a second (median of 5)."""
    rates = []
    for _ in range(5):
        began, digest = time.perf_counter(), b""
        for _ in range(LINKS):
            text = json.dumps(RECORD, sort_keys=True, separators=(",", ":"))
            digest = hashlib.sha256(digest + text.encode()).digest()
        rates.append(LINKS / (time.perf_counter() - began))
    return statistics.median(rates)


def sentence() -> str:
    """Return the reference as one line of a table."""
    rate = links_per_second() / 1000
    share = rate / GOALS_MACHINE
    return (
        f"   this machine now: {rate:.0f} k canonical records hashed and linked a second; the goals were set "
        f"at {GOALS_MACHINE} k ({share:.2f} of that speed)"
    )
