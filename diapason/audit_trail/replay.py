"""Replay the stated changes and compare what they amount to with today's rows."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from diapason.audit_trail.canonical import commitment
from diapason.audit_trail.models import Opening
from diapason.audit_trail.recording import Table, decoded, tables
from diapason.kernel.words import message

Found = tuple[str, dict[str, Any], int | None]
Progress = Callable[[str, int, int], None]
CHUNK = 500


class State:
    """Hold the last stated values of each record, and the entry that stated them last."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}
        self.last: dict[tuple[str, str], int] = {}
        self.wrong: list[Found] = []

    def apply(self, number: int, changes: list[dict[str, Any]]) -> None:
        """Take the changes of one entry; note those that do not start from what was stated before."""
        for change in changes:
            name, key = change["table"], change["key"]
            rows = self.rows.setdefault(name, {})
            row = rows.get(key)
            expected = change["op"] != "insert"
            if (row is not None) is not expected or (
                row is not None and not _starts_from(row, change["old"])
            ):
                self.wrong.append((message("the old value of %(record)s is not the one stated before"),
                                   {"record": f"{name} {key}"}, number))  # fmt: skip
            if change["op"] == "delete":
                rows.pop(key, None)
            else:
                rows[key] = {**(row or {}), **change["new"]}
            self.last[name, key] = number


def _starts_from(row: dict[str, Any], old: dict[str, Any]) -> bool:
    """Tell whether the plain values of `old` are those of the row (commitments are salted anew each time)."""
    return all(
        row[name] == value
        for name, value in old.items()
        if name in row and not _is_hidden(value) and not _is_hidden(row[name])
    )


def _is_hidden(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"commitment"}


def compare(state: State, progress: Progress) -> tuple[int, list[Found]]:
    """Return how many records there are today, and what is wrong with them."""
    found, total, known = list(state.wrong), 0, tables()
    salts = dict(Opening.objects.values_list("commitment", "salt"))
    for done, (name, table) in enumerate(known.items(), start=1):
        stated = state.rows.get(name, {})
        for key, row in _rows(table):
            total += 1
            reason = _difference(table, stated.pop(key, None), row, salts)
            if reason:
                found.append((reason, {"record": f"{name} {key}"}, state.last.get((name, key))))
        for key in stated:
            gone = message("%(record)s is gone, and no entry says so")
            found.append((gone, {"record": f"{name} {key}"}, state.last.get((name, key))))
        progress("records", done, len(known))
    return total, found


def _rows(table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (key, values in the form of a statement) of today's rows."""
    if connection.vendor == "sqlite":
        values = ", ".join(f'hex("{c.name}")' if c.binary else f'"{c.name}"' for c in table.columns)
        shape = f"json_array({values})"
    else:
        shape = "to_jsonb(t)::text"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{table.key}", {shape} FROM "{table.name}" t')  # noqa: S608  names of our own models
        while batch := cursor.fetchmany(CHUNK):
            for key, text in batch:
                row = decoded(table, text)
                if row is not None:
                    yield str(key), row


def _difference(
    table: Table, stated: dict[str, Any] | None, row: dict[str, Any], salts: dict[str, str]
) -> str:
    """Return what is wrong with a row of today ("": nothing)."""
    if stated is None:
        return message("%(record)s exists, and no entry says so")
    for column in table.columns:
        if column.name in stated and not _agrees(stated[column.name], row[column.name], salts):
            return message("%(record)s is not what the trail says")
    return ""


def _agrees(stated: Any, now: Any, salts: dict[str, str]) -> bool:
    if not _is_hidden(stated):
        return bool(stated == now)
    salt = salts.get(stated["commitment"])
    if salt is None:
        return True  # shredded on purpose: nothing is left to compare with
    return commitment(bytes.fromhex(salt), now) == stated["commitment"]
