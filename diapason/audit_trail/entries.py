"""Turn the end of an act into one entry: merge its changes, write its statement, append it to the tree."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection

from diapason.audit_trail import bulk, merkle
from diapason.audit_trail.canonical import canonical_text, committed
from diapason.audit_trail.models import Entry, EntrySubject, Instance, Node, Opening
from diapason.audit_trail.open_act import OpenAct
from diapason.audit_trail.recording import Table, decoded, moment, plain, tables
from diapason.kernel.clock import wall_clock
from diapason.kernel.facts import Fact

Row = tuple[int, str, str, str, str | None, str | None]
Commit = Callable[[Any], dict[str, str]]
NOTHING: tuple[Any, ...] = (None, "", [], {})
"""Values that say nothing: there is nothing to hide behind a commitment."""


class ActWithoutFact(RuntimeError):
    """Say that rows changed in an act that stated no fact."""


def instance_identifier() -> str:
    """Return the identifier of this installation, made on first use."""
    identifier = getattr(connection, "diapason_instance", None)
    if identifier is None:
        instance = Instance.objects.first() or Instance.objects.create()
        identifier = str(instance.identifier)
        if not connection.in_atomic_block:
            connection.diapason_instance = identifier  # type: ignore[attr-defined]
    return identifier


def pending_rows() -> list[Row]:
    """Return the collected changes in their order, and empty the place where they wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM audit_trail_pending RETURNING id, table_name, record, operation, old, new"
        )
        return sorted(cursor.fetchall())


def merged(rows: list[Row]) -> list[dict[str, Any]]:
    """Return one change per record out of its successive rows; what came to nothing is left out."""
    changes: dict[tuple[str, str], dict[str, Any]] = {}
    known = tables()
    for _, name, record, operation, old, new in rows:
        place = (name, str(record))
        change = changes.get(place)
        if change is None:
            changes[place] = {"table": name, "key": str(record), "old": old, "new": new, "from": operation}
        else:
            change["new"] = new
    return [done for change in changes.values() if (done := _net(known[change["table"]], change))]


def _net(table: Table, change: dict[str, Any]) -> dict[str, Any] | None:
    old, new = decoded(table, change["old"]), decoded(table, change["new"])
    if old is None and new is None:
        return None
    operation = "insert" if old is None else "delete" if new is None else "update"
    if old is not None and new is not None:
        differing = [name for name in old if old[name] != new[name]]
        if not differing:
            return None
        old, new = {name: old[name] for name in differing}, {name: new[name] for name in differing}
    return {"table": table.name, "key": change["key"], "op": operation, "old": old, "new": new}


def commitments(openings: list[Opening], number: int) -> Commit:
    """Return the function that replaces a value by a salted commitment and keeps its opening."""

    def commit(value: Any) -> dict[str, str]:
        commitment, salt, text = committed(value)
        openings.append(Opening(None, number, commitment, salt.hex(), text))
        return {"commitment": commitment}

    return commit


def _hide(changes: list[dict[str, Any]], commit: Commit) -> None:
    known = tables()
    for change in changes:
        hidden = known[change["table"]].hidden
        for row in (change["old"], change["new"]) if hidden else ():
            for name in hidden if row else ():
                if row.get(name) not in NOTHING:
                    row[name] = commit(row[name])


def stated(value: Any) -> Any:
    """Return a fact's value in the plain form of a statement."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [stated(item) for item in value]
    if isinstance(value, dict):
        return {str(key): stated(item) for key, item in value.items()}
    return plain(value) if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _fact(fact: Fact, commit: Commit) -> dict[str, Any]:
    values = {name: stated(value) for name, value in fact.values().items()}
    for name in fact.PERSONAL | fact.CONFIDENTIAL:
        if values.get(name) not in NOTHING:
            values[name] = commit(values[name])
    return {
        "name": type(fact).__name__,
        "subject": fact.subject,
        "organization": fact.organization,
        "values": values,
    }


def stored_node(level: int, position: int) -> bytes:
    """Return the 32 bytes of a complete node; those of level 0 are the entries' leaves."""
    if level == 0:
        text = Entry.objects.values_list("leaf", flat=True).get(number=position)
    else:
        text = Node.objects.values_list("hash", flat=True).get(level=level, position=position)
    return bytes.fromhex(text)


def tree_size() -> int:
    """Return the number of entries."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def close(opened: OpenAct) -> int | None:
    """Append the entry of an act that ends; return its number, or None when nothing happened.

    Raises ActWithoutFact when rows changed and no fact says why.
    """
    changes = merged(pending_rows())
    if not opened.facts:
        if changes:
            touched = sorted({change["table"] for change in changes})
            raise ActWithoutFact(f"{opened.name} changed {', '.join(touched)} and recorded no fact")
        return None
    number, recorded_at = tree_size(), wall_clock()
    openings: list[Opening] = []
    commit = commitments(openings, number)
    _hide(changes, commit)
    statement = canonical_text(
        {
            "v": 1,
            "index": number,
            "instance": instance_identifier(),
            "act": opened.name,
            "at": opened.at,
            "recorded_at": moment(recorded_at),
            "by": opened.by.trail_name,
            "role": opened.by.trail_roles,
            "on_behalf": getattr(opened.by, "on_behalf", ""),
            "caused_by": opened.caused_by,
            "facts": [_fact(fact, commit) for fact in opened.facts],
            "changes": changes,
        }
    )
    _append(opened, number, recorded_at, statement)
    bulk.insert(Opening, openings)
    return number


def _append(opened: OpenAct, number: int, recorded_at: datetime, statement: str) -> None:
    leaf = merkle.leaf_hash(statement.encode())
    fresh = merkle.appended(number, leaf, stored_node)
    Entry(
        number=number,
        act=opened.name,
        at=datetime.fromisoformat(opened.at.replace("Z", "+00:00")),
        recorded_at=recorded_at,
        by=opened.by.trail_name,
        on_behalf=getattr(opened.by, "on_behalf", ""),
        caused_by=opened.caused_by,
        organization=opened.facts[0].organization,
        statement=statement,
        leaf=leaf.hex(),
    ).save(force_insert=True)
    bulk.insert(
        Node,
        [
            Node(level=level, position=position, hash=digest.hex())
            for level, position, digest in fresh
            if level
        ],
    )
    subject = partial(EntrySubject, entry_number=number)
    bulk.insert(
        EntrySubject,
        [
            subject(
                position=position,
                fact=type(fact).__name__,
                subject=fact.subject,
                organization=fact.organization,
            )
            for position, fact in enumerate(opened.facts)
        ],
    )
