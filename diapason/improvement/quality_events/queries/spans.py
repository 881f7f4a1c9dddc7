"""Compute months and spans of days in the database itself: Django's own way calls back for each row."""

from typing import Any

from django.db.models import Aggregate, CharField, Func, IntegerField, TextField


class MonthOf(Func):
    """Give the month of a day as "2026-11"."""

    output_field = CharField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Write it for SQLite, where a day is a text."""
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Write it for PostgreSQL."""
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **context)


class DaysBetween(Func):
    """Give the calendar days from the second day to the first."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Write it for SQLite."""
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Write it for PostgreSQL, which counts days by itself."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context)


class Gathered(Aggregate):
    """Give what the rows of a group hold as one text, a token a row: its parts apart by spaces, the tokens by commas.

    To be counted in Python, where that is faster than to sort the rows by what they hold: grouped by the first column
    of an index, rows come in its order and nothing is sorted. A row of which a part is unknown gives no token.
    """

    output_field = TextField()
    arg_joiner = " || ' ' || "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Write it for SQLite, where a day is a text."""
        return self.as_sql(compiler, connection, template="group_concat(%(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Write it for PostgreSQL, which joins texts only."""
        template = "string_agg((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, arg_joiner="::text || ' ' || ", **context)


def tokens(text: str | None) -> list[str]:
    """Return the tokens of what was gathered."""
    return text.split(",") if text else []
