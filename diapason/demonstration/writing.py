"""Let the embedded database gather the many commits of a loading; every act stays whole, and at the end all is safe."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

GATHERED = {"synchronous": "NORMAL", "wal_autocheckpoint": "16000", "cache_size": "-262144"}
"""A commit waits for no disk, pages changed again and again go into the file once, more of it stays in memory."""


@contextmanager
def gathered() -> Iterator[None]:
    """Gather what is written inside; on leaving, bring it all to the disk and go back to the usual care."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        usual = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in GATHERED}
    _set(GATHERED)
    try:
        yield
    finally:
        _set(usual)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set(pragmas: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
