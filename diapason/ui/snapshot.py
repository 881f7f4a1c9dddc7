"""Open a transaction that sees one snapshot of the database and cannot write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction


@contextmanager
def read_only(using: str = "default") -> Iterator[None]:
    """Run the block in a snapshot in which a write is an error of the database, then put everything back."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with _sqlite(connection, using):
            yield
    elif connection.vendor == "postgresql":
        with _postgresql(connection, using):
            yield
    else:
        with transaction.atomic(using=using):
            yield


@contextmanager
def _sqlite(connection: Any, using: str) -> Iterator[None]:
    """Hold `query_only`, inside a DEFERRED transaction of our own unless one is open already (tests)."""
    connection.ensure_connection()
    raw = connection.connection
    was_on = bool(raw.execute("PRAGMA query_only").fetchone()[0])
    raw.execute("PRAGMA query_only=ON")
    mode = connection.transaction_mode
    try:
        if connection.in_atomic_block:
            yield
        else:
            connection.transaction_mode = "DEFERRED"
            with transaction.atomic(using=using):
                yield
    finally:
        connection.transaction_mode = mode
        if connection.connection is not None and not was_on:
            connection.connection.execute("PRAGMA query_only=OFF")


@contextmanager
def _postgresql(connection: Any, using: str) -> Iterator[None]:
    """Hold READ ONLY; in a savepoint it ends with it, and the isolation cannot change any more."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            level = "ISOLATION LEVEL REPEATABLE READ, " if outermost else ""
            cursor.execute(f"SET TRANSACTION {level}READ ONLY")
        yield
