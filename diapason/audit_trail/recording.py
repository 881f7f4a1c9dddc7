"""Know which tables are recorded, their columns, and how a stored value is written in a statement."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

import orjson
from django.apps import apps
from django.db import models

from diapason.audit_trail.unrecorded import unrecorded

Writer = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """Hold one column: its name, its writer, whether it is personal data or a text of one organization."""

    name: str
    write: Writer
    personal: bool
    binary: bool
    confidential: bool = False


@dataclass(frozen=True)
class Table:
    """Hold one recorded table: its columns in order, and its primary key column."""

    name: str
    key: str
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """Return the names of the columns of which a statement holds commitments only."""
        return tuple(column.name for column in self.columns if column.personal or column.confidential)

    @cached_property
    def confidential(self) -> frozenset[str]:
        """Return the names of the columns that hold texts of one organization."""
        return frozenset(column.name for column in self.columns if column.confidential)

    @cached_property
    def writers(self) -> tuple[tuple[str, Writer], ...]:
        """Return the columns whose stored value is not yet what a statement holds, each with its writer."""
        return tuple((column.name, column.write) for column in self.columns if column.write is not _unchanged)


def moment(value: datetime | str) -> str:
    """Return a moment as ISO text in UTC with microseconds and "Z"; naive text is UTC."""
    parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
    parsed = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    return parsed.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """Return the same value without floats: a float becomes its shortest text."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _unchanged(value: Any) -> Any:
    return value


def _json(value: Any) -> Any:
    return plain(json.loads(value)) if isinstance(value, str) else plain(value)


def _decimal(places: int) -> Writer:
    return lambda value: f"{Decimal(str(value)):.{places}f}"


def _uuid(value: Any) -> str:
    text = str(value).replace("-", "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _writer(field: models.Field[Any, Any]) -> Writer:
    target: Any = field
    while getattr(target, "remote_field", None) is not None and hasattr(target, "target_field"):
        target = target.target_field
    if isinstance(target, models.BooleanField):
        return bool
    if isinstance(target, models.DateTimeField):
        return moment
    if isinstance(target, models.DecimalField):
        return _decimal(target.decimal_places or 0)
    if isinstance(target, models.FloatField):
        return lambda value: repr(float(value))
    if isinstance(target, models.JSONField):
        return _json
    if isinstance(target, models.UUIDField):
        return _uuid
    return _unchanged


def recorded_models() -> list[type[models.Model]]:
    """Return each model of ours whose table is recorded, many-to-many tables included, by table name."""
    excluded = unrecorded()
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("diapason.") and model._meta.managed and not model._meta.proxy
    ]
    return sorted((m for m in ours if m._meta.db_table not in excluded), key=lambda m: m._meta.db_table)


def _declared(model: type[models.Model], kind: str) -> frozenset[str]:
    """Return the fields that a model declares; a name that no field bears is a mistake that would leak silently."""
    names = frozenset(getattr(model, kind, ()))
    unknown = names - {field.name for field in model._meta.local_concrete_fields}
    if unknown:
        raise ValueError(f"{model.__name__}.{kind} names no column: {', '.join(sorted(unknown))}")
    return names


@cache
def tables() -> dict[str, Table]:
    """Return table name → recorded table."""
    found = {}
    for model in recorded_models():
        personal, confidential = _declared(model, "PERSONAL"), _declared(model, "CONFIDENTIAL")
        columns = tuple(
            Column(
                str(field.column),
                _writer(field),
                field.name in personal,
                isinstance(field, models.BinaryField),
                field.name in confidential,
            )
            for field in model._meta.local_concrete_fields
        )
        key = str(model._meta.pk.column)
        found[model._meta.db_table] = Table(model._meta.db_table, key, columns)
    return found


def decoded(table: Table, text: str | None) -> dict[str, Any] | None:
    """Return column → value of a row as a trigger wrote it (an array in column order, or an object)."""
    if text is None:
        return None
    # SQLite writes arrays of 64-bit integers and texts; only PostgreSQL's objects can hold integers beyond those.
    row = dict(zip(table.names, orjson.loads(text), strict=True)) if text[0] == "[" else json.loads(text)
    for name, write in table.writers:
        if row[name] is not None:
            row[name] = write(row[name])
    return row
