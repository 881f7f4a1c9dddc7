"""Insert many rows of one table by one statement: the ORM's bulk_create without its cost per value and per row.

The triggers see these rows like any other; constraints hold. For batches of hundreds of rows only.

On SQLite the rows travel as one JSON text and are stored by a single statement. One statement a row is slower the
longer the act is: within a savepoint SQLite walks all pages that were set aside so far at the end of each statement
that a trigger may abort, so that a batch cost ten times as much in a large database as in a small one.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

import orjson
from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
PLAIN = (int, str, bool, type(None))
BARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
NOT_IN_JSON = (models.BinaryField, models.FloatField)
"""Columns that would not come out of a JSON text bit for bit as they went in."""
NUL = rb"\u0000"


def insert(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    """Insert unsaved rows of `model` and give them their keys; called within an act."""
    made = list(rows)
    if not made:
        return made
    key: Any = model._meta.pk
    if isinstance(key, models.AutoField):
        for row, number in zip(made, _free_keys(model, len(made)), strict=True):
            row.pk = number
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    getters = [_getter(field) for field in fields]
    values = [tuple([get(row) for get in getters]) for row in made]
    _store(model, fields, values)
    for row in made:
        row._state.adding, row._state.db = False, connection.alias
    return made


def _store(model: type[models.Model], fields: Sequence[Any], values: Sequence[tuple[Any, ...]]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    text = _as_json(fields, values) if connection.vendor == "sqlite" else None
    with connection.cursor() as cursor:
        if text is None:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608 - names of ours
        else:
            taken = ", ".join(f"value->>{position}" for position in range(len(fields)))
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {taken} FROM json_each(%s)", [text])  # noqa: S608 - ours


def _as_json(fields: Sequence[Any], values: Sequence[tuple[Any, ...]]) -> str | None:
    """Return the values as a JSON text, or None when one of them could not be read back unchanged."""
    if any(isinstance(field, NOT_IN_JSON) for field in fields):
        return None
    try:
        text = orjson.dumps(values)
    except orjson.JSONEncodeError:
        return None
    return None if NUL in text else text.decode()


def _free_keys(model: type[models.Model], count: int) -> Sequence[int]:
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return range(last + 1, last + count + 1)


def _getter(field: Any) -> Callable[[models.Model], Any]:
    """Return what reads a row's value for the statement: the bare attribute where SQLite takes it as it is."""
    if connection.vendor == "sqlite" and isinstance(field, BARE) and not field.is_relation:
        return attrgetter(field.attname)
    return partial(_value, field)


def _value(field: Any, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None and field.is_relation and field.is_cached(row):
        related = field.get_cached_value(row)
        value = related.pk if related is not None else None
        setattr(row, field.attname, value)
    if type(value) in PLAIN and not isinstance(
        field, models.JSONField | models.DecimalField | models.DateField
    ):
        return value
    if type(value) is date and type(field) is models.DateField:
        return value.isoformat() if connection.vendor == "sqlite" else value
    return None if value is None else field.get_db_prep_save(value, connection)
