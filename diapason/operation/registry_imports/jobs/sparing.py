"""Keep a long job small and quick: what was alive before it is not walked again, and little is kept of the database."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

KEPT: Final = {"cache_size": -24576, "mmap_size": 0}
"""Pages of the database kept by an import (24 MB, none mapped): it reads each of them but once."""


@contextmanager
def sparing() -> Iterator[None]:
    """Run a long job in bounded memory, however large the database has become."""
    before = _kept(KEPT) if connection.vendor == "sqlite" else {}
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        _kept(before)


def _kept(wanted: dict[str, int]) -> dict[str, int]:
    """Set how much of the database this connection keeps in memory; return what it was."""
    before = {}
    with connection.cursor() as cursor:
        for name, size in wanted.items():
            cursor.execute(f"PRAGMA {name}")
            before[name] = int(cursor.fetchone()[0])
            cursor.execute(f"PRAGMA {name}={size}")
    return before
