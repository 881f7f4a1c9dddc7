"""Ask the database several questions in one statement.

A page made of many parts would send one statement a part. Here each question stands as a named part (a CTE) of one
statement and comes back as JSON, which SQLite and PostgreSQL both write. The rows then go through Django's own reading
of a queryset: instances, joined records, tuples and prefetches come out as if each question had been asked alone.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Aggregate, Expression, Field, JSONField, QuerySet, Value

MOST_COLUMNS: Final = 100
"""How many columns a question beside others may have: what both engines take as arguments of one function."""
LONGEST: Final = 9_500
"""How many signs one statement may have; a question that is longer by itself is asked alone."""
_AROUND_ALL: Final = 40
_AROUND_EACH: Final = 150
_AROUND_VALUE: Final = 14
"""How many signs are written around the questions, around each of them, and around a value that is no number."""
_ARRAYS: Final = {
    "sqlite": ("json_group_array", "json_array"),
    "postgresql": ("jsonb_agg", "jsonb_build_array"),
}


@dataclass(frozen=True)
class HowMany:
    """Ask how many rows there are (cut the queryset to count only so far)."""

    rows: QuerySet[Any]


@dataclass(frozen=True)
class FirstOf:
    """Ask for the first so many rows and how many there are (cut the queryset to count only so far)."""

    rows: QuerySet[Any]
    first: int


class Totals:
    """Ask for aggregates over all rows (neither cut nor distinct); the answer is name → value, as of `aggregate`."""

    def __init__(self, rows: QuerySet[Any], **aggregates: Aggregate) -> None:
        has_default = any(getattr(each, "default", None) is not None for each in aggregates.values())
        if rows.query.is_sliced or rows.query.distinct or has_default:
            raise ValueError(f"{rows.model.__name__}: totals take all rows, uncut, and know no default")
        self.aggregates = aggregates
        self.rows = rows.order_by().annotate(**{_WHOLE: Value(1)}).values(_WHOLE).annotate(**aggregates)

    def said(self, found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the answer; when nothing can match, what an aggregate says of nothing."""
        if not found:
            return {name: each.empty_result_set_value for name, each in self.aggregates.items()}
        return {name: found[0][name] for name in self.aggregates}


Question = QuerySet[Any] | HowMany | FirstOf | Totals
_WHOLE: Final = "as_a_whole"
"""The one group in which totals put all rows."""


@dataclass(frozen=True)
class _Part:
    """Hold one question made ready: its queryset, its compiler, its statement with parameters."""

    rows: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    counts: bool = False
    first: int | None = None

    def about(self, values: dict[str, Any], connection: Any) -> "_Part":
        """Return the same question, not yet asked, about these values."""
        params = tuple(
            each.output_field.get_db_prep_value(values[each.name], connection)
            if isinstance(each, Given)
            else each
            for each in self.params
        )
        compiler = copy(self.compiler)
        compiler.connection = connection
        return replace(self, rows=self.rows.all(), compiler=compiler, params=params)

    @property
    def size(self) -> int:
        """Return how many signs the question takes within a statement, at most: all of them when it goes alone."""
        if not self.counts and len(self.compiler.select) > MOST_COLUMNS:
            return LONGEST
        values = sum(len(str(each)) + _AROUND_VALUE * (type(each) is not int) for each in self.params)
        return len(self.sql) + values + 2 * len(self.columns) + _AROUND_EACH

    @property
    def columns(self) -> str:
        """Return the names of the columns within the statement."""
        return _columns(1 if self.counts else len(self.compiler.select))


@cache
def _columns(many: int) -> str:
    return ", ".join(f"c{number}" for number in range(many))


def ask_together(*questions: Question) -> list[Any]:
    """Return the rows of each queryset, and each number asked for, by one statement; querysets keep their rows.

    Questions too long for one statement (LONGEST) go in as few as hold them; one of more than MOST_COLUMNS goes alone.
    Of `FirstOf` come the first rows and the number, as a pair; of `Totals` a dictionary. No column may be binary (a
    deferred one is no column). A question that cannot have an answer is not asked, nor is a queryset that has its
    rows; one given twice is asked once.
    """
    wanted = {id(each): each for each in questions if not _has_rows(each)}
    parts = {key: _part(each) for key, each in wanted.items()}
    found: dict[int, Any] = {}
    for keys in _groups({key: part.size for key, part in parts.items() if part}):
        asked = [part for key in keys if (part := parts[key])]
        found.update(zip(keys, _answers_to(asked), strict=True))
    said = {key: _answered(each, parts[key], found.get(key)) for key, each in wanted.items()}
    return [said[id(each)] if id(each) in said else list(each) for each in questions]  # type: ignore[arg-type]


def _answers_to(asked: list[_Part]) -> list[Any]:
    """Return the raw answers by one statement; one question alone goes as Django wrote it."""
    if len(asked) == 1 and asked[0].first is None:
        return [_rows(asked[0])]
    return _answers(asked, _statement(asked))


def _has_rows(question: Question) -> bool:
    return isinstance(question, QuerySet) and question._result_cache is not None


def _groups(sizes: dict[int, int]) -> list[list[int]]:
    """Return the keys of the questions, as many together as one statement holds: the longest first, where they fit."""
    groups: list[list[int]] = []
    rooms: list[int] = []
    for key, size in sorted(sizes.items(), key=lambda each: -each[1]):
        place = next((place for place, room in enumerate(rooms) if size <= room), len(groups))
        if place == len(groups):
            groups.append([])
            rooms.append(LONGEST - _AROUND_ALL)
        groups[place].append(key)
        rooms[place] -= size
    return groups


def _answered(question: Question, part: _Part | None, found: Any) -> Any:
    """Return the answer to one question out of what came for it."""
    if isinstance(question, HowMany):
        return found[0][0] if part else 0
    if isinstance(question, FirstOf):
        rows, number = found if part else ([], 0)
        if part:
            _fill(part, rows)
        return (list(part.rows) if part else []), number
    if part:
        _fill(part, found)
    if isinstance(question, Totals):
        return question.said(list(part.rows) if part else [])
    return list(question)


class Given(Expression):
    """Stand in a question for a value that comes when it is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a mark with oneself as the value."""
        return "%s", [self]


class Prepared:
    """Hold questions that every page asks: Django makes their statement once a process, which costs more than to ask.

    `make` returns the querysets, with `Given` where a value comes; each asking gets new rows.
    """

    def __init__(self, make: Callable[[], Sequence[QuerySet[Any]]]) -> None:
        self.make = make
        self._made: tuple[list[_Part], str] | None = None

    def ask(self, **values: Any) -> list[list[Any]]:
        """Return the rows of each queryset, with these values."""
        if self._made is None:
            parts = [part for part in map(_part, self.make()) if part]
            self._made = parts, _statement(parts)
        parts, statement = self._made
        connection = connections[parts[0].rows.db]
        asked = [part.about(values, connection) for part in parts]
        answers = _answers(asked, statement) if len(asked) > 1 else _answers_to(asked)
        for part, rows in zip(asked, answers, strict=True):
            _fill(part, rows)
        return [list(part.rows) for part in asked]


def _part(question: Question) -> _Part | None:
    """Return the question with its statement, None when Django knows that nothing can match."""
    counts = isinstance(question, HowMany)
    rows = question if isinstance(question, QuerySet) else question.rows
    rows = rows.values("pk") if counts else rows
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    if len(compiler.select) > MOST_COLUMNS and isinstance(question, FirstOf):
        raise ValueError(f"{rows.model.__name__}: {len(compiler.select)} columns in one question")
    sql = f"SELECT COUNT(*) FROM ({sql}) counted" if counts else sql  # noqa: S608  # nosec B608
    first = question.first if isinstance(question, FirstOf) else None
    return _Part(rows, compiler, sql, tuple(params), counts, first)


def _statement(asked: list[_Part]) -> str:
    """Return the one statement, made of Django's own."""
    vendor = connections[asked[0].rows.db].vendor
    parts = ", ".join(f"q{place}({part.columns}) AS ({part.sql})" for place, part in enumerate(asked))
    answers = ", ".join(_gathered(part, f"q{place}", *_ARRAYS[vendor]) for place, part in enumerate(asked))
    return f"WITH {parts} SELECT {answers}"  # nosec B608


def _gathered(part: _Part, name: str, gather: str, row: str) -> str:
    """Return what brings the rows of a named part as JSON; of `FirstOf` the first rows, then their number."""
    source = name if part.first is None else f"(SELECT * FROM {name} LIMIT {part.first}) firsts"  # noqa: S608  # nosec B608
    rows = f"(SELECT CAST({gather}({row}({part.columns})) AS text) FROM {source})"  # noqa: S608  # nosec B608
    return rows if part.first is None else f"{rows}, (SELECT COUNT(*) FROM {name})"  # noqa: S608  # nosec B608


def _answers(asked: list[_Part], statement: str) -> list[Any]:
    """Send the one statement with the parameters of each part; return the raw rows of each (and their number)."""
    connection = connections[asked[0].rows.db]
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for part in asked for value in part.params])
        found = iter(cursor.fetchone())
    answers: list[Any] = []
    for part in asked:
        rows = _read(part, next(found), connection.vendor)
        answers.append(rows if part.first is None else (rows, next(found)))
    return answers


def _read(part: _Part, text: str | None, vendor: str) -> list[Any]:
    """Return the raw rows that came as JSON."""
    if vendor == "sqlite":
        return list(json.loads(text or "[]"))
    rows = json.loads(text, parse_float=Decimal) if text else []
    return rows if part.counts else _typed(part, rows)


def _rows(part: _Part) -> list[Any]:
    """Send the statement of one question alone; return its raw rows."""
    with connections[part.rows.db].cursor() as cursor:
        cursor.execute(part.sql, part.params)
        rows: list[Any] = cursor.fetchall()
    return rows


def _typed(part: _Part, rows: list[list[Any]]) -> list[list[Any]]:
    """Return what PostgreSQL would have sent outside JSON, which knows no days, moments or decimal numbers."""
    fields = [expression.output_field for expression, _sql, _alias in part.compiler.select]
    return [[_value(field, value) for field, value in zip(fields, row, strict=True)] for row in rows]


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    return json.dumps(value, default=float) if isinstance(field, JSONField) else field.to_python(value)


def _fill(part: _Part, rows: list[list[Any]]) -> None:
    """Give the queryset its rows: Django reads them as if its own statement had brought them."""
    part.compiler.execute_sql = lambda *_args, **_options: [[tuple(row) for row in rows]]
    query = part.rows.query
    query.get_compiler = lambda *_args, **_options: part.compiler  # type: ignore[method-assign]
    try:
        len(part.rows)
    finally:
        del query.get_compiler


def load_related_of(things: Sequence[Any], *names: str) -> None:
    """Load the sets of records that point to each of these things (by their accessor), by one statement."""
    if not things:
        return
    relations = [things[0]._meta.get_field(name) for name in names]
    sets = [each.related_model.objects.filter(**{f"{each.field.name}__in": things}) for each in relations]
    for name, relation, rows in zip(names, relations, ask_together(*sets), strict=True):
        for thing in things:
            own = getattr(thing, name).all()
            own._result_cache = [row for row in rows if getattr(row, relation.field.attname) == thing.pk]
            thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = own
