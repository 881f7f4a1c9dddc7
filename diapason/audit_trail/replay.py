"""Replay the stated changes and compare what they amount to with today's rows."""

import json
from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from django.db import connection

from diapason.audit_trail.canonical import canonical_text, commitment
from diapason.audit_trail.models import Opening
from diapason.audit_trail.openings import is_hidden
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
        self.salts: dict[str, str] = {}
        self.behind: dict[str, bytes] = {}
        self._open()

    def _open(self) -> None:
        """Read what stands behind the commitments; note what does not give its commitment."""
        rows = Opening.objects.values_list("entry_number", "commitment", "salt", "value")
        for number, stated, salt, value in rows.iterator(chunk_size=CHUNK):
            self.salts[stated], self.behind[stated] = salt, _digest(value)
            if not _opens(stated, salt, value):
                reason = message("what is kept behind a commitment is not what was stated")
                self.wrong.append((reason, {}, number))

    def apply(self, number: int, changes: list[dict[str, Any]]) -> None:
        """Take the changes of one entry; note those that do not start from what was stated before."""
        for change in changes:
            name, key = change["table"], change["key"]
            rows = self.rows.setdefault(name, {})
            row = rows.get(key)
            expected = change["op"] != "insert"
            if (row is not None) is not expected or (
                row is not None and not self._starts_from(row, change["old"])
            ):
                self.wrong.append((message("the old value of %(record)s is not the one stated before"),
                                   {"record": f"{name} {key}"}, number))  # fmt: skip
            if change["op"] == "delete":
                rows.pop(key, None)
            else:
                rows[key] = {**(row or {}), **change["new"]}
            self.last[name, key] = number

    def _starts_from(self, row: dict[str, Any], old: dict[str, Any]) -> bool:
        """Tell whether the values of `old` are those of the row, as far as they have not been shredded."""
        return all(self._is_same(row[name], value) for name, value in old.items() if name in row)

    def _is_same(self, before: Any, old: Any) -> bool:
        if not is_hidden(before) and not is_hidden(old):
            return bool(before == old)
        one, two = self._behind(before), self._behind(old)
        return one == two or one is None or two is None  # each time salted anew: only what is behind tells

    def _behind(self, value: Any) -> bytes | None:
        """Return the digest of a value, of what stands behind it when it is a commitment; None once shredded."""
        return self.behind.get(value["commitment"]) if is_hidden(value) else _digest(canonical_text(value))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _opens(stated: str, salt: str, value: str) -> bool:
    try:
        return commitment(bytes.fromhex(salt), json.loads(value)) == stated
    except ValueError:
        return False


def compare(state: State, progress: Progress) -> tuple[int, list[Found]]:
    """Return how many records there are today, and what is wrong with them."""
    found, total, known = list(state.wrong), 0, tables()
    salts = state.salts
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
        if column.name not in stated:
            continue
        if column.confidential and _is_shredded(stated[column.name], salts):
            return message("what would show whether %(record)s is what the trail says was taken away")
        if not _agrees(stated[column.name], row[column.name], salts):
            return message("%(record)s is not what the trail says")
    return ""


def _is_shredded(stated: Any, salts: dict[str, str]) -> bool:
    """Tell whether nothing opens a commitment any more; a text that still stands in its row is never shredded."""
    return is_hidden(stated) and stated["commitment"] not in salts


def _agrees(stated: Any, now: Any, salts: dict[str, str]) -> bool:
    if not is_hidden(stated):
        return bool(stated == now)
    salt = salts.get(stated["commitment"])
    if salt is None:
        return True  # shredded on purpose: nothing is left to compare with
    return commitment(bytes.fromhex(salt), now) == stated["commitment"]
