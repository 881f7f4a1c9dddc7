"""Let those who write to the embedded database wait in a queue, each woken when its turn comes.

SQLite has one writer at a time and lets the others look again after longer and longer sleeps: under many writers the
database lies idle while all of them sleep. A lock on a file beside the database wakes the next one at once, across
threads and processes; the system takes it from a process that dies. PostgreSQL needs none of this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from threading import local

from django.db import connection

_mine = local()


def _queue() -> Path | None:
    """Return the file to lock, None when there is nothing to wait for: another engine, or one's turn already.

    What runs once a transaction is committed may write again before its thread gives up the turn.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or getattr(_mine, "turn", False):
        return None
    name = str(connection.settings_dict["NAME"])
    return None if "memory" in Path(name).name else Path(f"{name}-writers")


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for one's turn to open a write transaction, and give it up afterwards."""
    path = _queue()
    if path is None:
        yield
        return
    with path.open("a") as held:  # a description of its own: threads wait for each other like processes
        flock(held, LOCK_EX)
        _mine.turn = True
        try:
            yield
        finally:
            _mine.turn = False
