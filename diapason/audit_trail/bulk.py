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
    insert_plain(model, made)
    for row in made:
        row._state.adding, row._state.db = False, connection.alias
    return made


def insert_plain(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Insert rows of `model` given as plain objects with the attributes of its columns; called within an act.

    An object that knows nothing of Django is made at a tenth of the cost of a model's instance.
    """
    if not rows:
        return
    key: Any = model._meta.pk
    if isinstance(key, models.AutoField):
        for row, number in zip(rows, _free_keys(model, len(rows)), strict=True):
            setattr(row, key.attname, number)
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    _store(model, fields, _values(fields, rows))


def store(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows whose keys nobody asks for, of a table that is not recorded; called within a transaction."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    if rows:
        _one_by_one(model, fields, _values(fields, rows))


def _values(fields: Sequence[Any], rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows as the statement takes them, read column by column."""
    return list(zip(*[map(_getter(field), rows) for field in fields], strict=True))


def _store(model: type[models.Model], fields: Sequence[Any], values: Sequence[tuple[Any, ...]]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    text = _as_json(fields, values) if connection.vendor == "sqlite" else None
    if text is None:
        _one_by_one(model, fields, values)
        return
    taken = ", ".join(f"value->>{position}" for position in range(len(fields)))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {taken} FROM json_each(%s)", [text])  # noqa: S608 - ours


def _one_by_one(model: type[models.Model], fields: Sequence[Any], values: Sequence[tuple[Any, ...]]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608 - names of ours


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


def _getter(field: Any) -> Callable[[Any], Any]:
    """Return what reads a row's value for the statement: the bare attribute where SQLite takes it as it is."""
    if connection.vendor != "sqlite":
        return partial(_value, field)
    if isinstance(field, BARE) and not field.is_relation:
        return attrgetter(field.attname)
    read = attrgetter(field.attname)
    if type(field) is models.DateField:
        return lambda row: day.isoformat() if type(day := read(row)) is date else _value(field, row)
    if field.is_relation:
        return lambda row: key if type(key := read(row)) is int else _value(field, row)
    return partial(_value, field)


def _value(field: Any, row: Any) -> Any:
    value = getattr(row, field.attname)
    if value is None and field.is_relation and isinstance(row, models.Model) and field.is_cached(row):
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
