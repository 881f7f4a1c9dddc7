"""Insert many rows of one table by one prepared statement: the ORM's bulk_create without its per-value cost.

The triggers see these rows like any other; constraints hold. For batches of hundreds of rows only.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
PLAIN = (int, str, bool, type(None))
BARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


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
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    getters = [_getter(field) for field in fields]
    values = [tuple([get(row) for get in getters]) for row in made]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608 - names of ours
    for row in made:
        row._state.adding, row._state.db = False, connection.alias
    return made


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
