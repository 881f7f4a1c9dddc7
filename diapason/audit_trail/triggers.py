"""Generate, install and compare the triggers that make an act without a trail line impossible.

Each recorded table has one AFTER trigger per operation that aborts when no act is open and else
collects (table, key, old, new) in `audit_trail_pending`. The trail's own tables refuse UPDATE and DELETE
(on SQLite also through INSERT OR REPLACE, given `recursive_triggers`; on PostgreSQL also TRUNCATE).
None is made in a migration: `pre_migrate` drops them, `post_migrate` makes them anew from the models.
"""

from collections.abc import Iterator

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from diapason.audit_trail.recording import Table, tables

APPEND_ONLY = ("audit_trail_entry", "audit_trail_entrysubject", "audit_trail_node", "audit_trail_head")
PREFIX = "diapason_"
OPERATIONS = ("insert", "update", "delete")

COLLECT = """
CREATE OR REPLACE FUNCTION diapason_collect() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF coalesce(current_setting('diapason.act', true), '') = '' THEN
    RAISE EXCEPTION 'diapason: no act is open (%)', TG_TABLE_NAME;
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_trail_pending (table_name, record, operation, old, new)
    VALUES (TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0], 'insert', NULL, to_jsonb(NEW)::text);
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_trail_pending (table_name, record, operation, old, new)
    VALUES (TG_TABLE_NAME, to_jsonb(OLD) ->> TG_ARGV[0], 'update', to_jsonb(OLD)::text, to_jsonb(NEW)::text);
  ELSE
    INSERT INTO audit_trail_pending (table_name, record, operation, old, new)
    VALUES (TG_TABLE_NAME, to_jsonb(OLD) ->> TG_ARGV[0], 'delete', to_jsonb(OLD)::text, NULL);
  END IF;
  RETURN NULL;
END $body$;
CREATE OR REPLACE FUNCTION diapason_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'diapason: the trail is append-only (%)', TG_TABLE_NAME;
END $body$;
"""


def _row(table: Table, which: str) -> str:
    values = ", ".join(
        f'hex({which}."{column.name}")' if column.binary else f'{which}."{column.name}"'
        for column in table.columns
    )
    return f"json_array({values})"


def _sqlite_collecting(table: Table, operation: str) -> str:
    old = "NULL" if operation == "insert" else _row(table, "OLD")
    new = "NULL" if operation == "delete" else _row(table, "NEW")
    which = "NEW" if operation == "insert" else "OLD"
    return (
        f'CREATE TRIGGER "{PREFIX}{table.name}_{operation}" AFTER {operation.upper()} ON "{table.name}" BEGIN '  # noqa: S608
        f"SELECT RAISE(ABORT, 'diapason: no act is open ({table.name})') WHERE diapason_open_act() IS NULL; "
        f"INSERT INTO audit_trail_pending (table_name, record, operation, old, new) "
        f"VALUES ('{table.name}', {which}.\"{table.key}\", '{operation}', {old}, {new}); END"
    )


def _sqlite_refusing(table: str, operation: str) -> str:
    return (
        f'CREATE TRIGGER "{PREFIX}{table}_{operation}" BEFORE {operation.upper()} ON "{table}" BEGIN '
        f"SELECT RAISE(ABORT, 'diapason: the trail is append-only ({table})'); END"
    )


def _postgres_collecting(table: Table, operation: str) -> str:
    return (
        f'CREATE TRIGGER "{PREFIX}{table.name}_{operation}" AFTER {operation.upper()} ON "{table.name}" '
        f"FOR EACH ROW EXECUTE FUNCTION diapason_collect('{table.key}')"
    )


def _postgres_refusing(table: str, operation: str) -> str:
    each = "STATEMENT" if operation == "truncate" else "ROW"
    return (
        f'CREATE TRIGGER "{PREFIX}{table}_{operation}" BEFORE {operation.upper()} ON "{table}" '
        f"FOR EACH {each} EXECUTE FUNCTION diapason_refuse()"
    )


def expected(vendor: str = "") -> dict[str, tuple[str, str]]:
    """Return trigger name → (table, statement that makes it) for this engine."""
    vendor = vendor or connection.vendor
    lite = vendor == "sqlite"
    wanted: dict[str, tuple[str, str]] = {}
    for table in tables().values():
        for operation in OPERATIONS:
            make = _sqlite_collecting if lite else _postgres_collecting
            wanted[f"{PREFIX}{table.name}_{operation}"] = (table.name, make(table, operation))
        if not lite:
            wanted[f"{PREFIX}{table.name}_truncate"] = (
                table.name,
                _postgres_refusing(table.name, "truncate"),
            )
    for name in APPEND_ONLY:
        for operation in ("update", "delete") if lite else ("update", "delete", "truncate"):
            refuse = _sqlite_refusing if lite else _postgres_refusing
            wanted[f"{PREFIX}{name}_{operation}"] = (name, refuse(name, operation))
    return wanted


def present(database: BaseDatabaseWrapper = connection) -> dict[str, tuple[str, str]]:
    """Return trigger name → (table, its statement as the database holds it; its state on PostgreSQL)."""
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, c.relname, t.tgenabled::text FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
            )
        rows = cursor.fetchall()
    return {name: (table, text) for name, table, text in rows if name.startswith(PREFIX)}


def missing() -> list[str]:
    """Return the names of triggers that are absent, altered, disabled or too many (empty: all is well)."""
    wanted, found = expected(), present()
    wrong = [name for name in found if name not in wanted]
    for name, (table, statement) in wanted.items():
        if name not in found or found[name][0] != table:
            wrong.append(name)
        elif connection.vendor == "sqlite" and found[name][1] != statement:
            wrong.append(name)
        elif connection.vendor != "sqlite" and found[name][1] == "D":
            wrong.append(name)
    return sorted(wrong)


def _existing_tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _statements() -> Iterator[str]:
    existing = _existing_tables()
    for table, statement in expected().values():
        if table in existing:
            yield statement


def drop() -> None:
    """Drop our triggers, before tables change shape."""
    with connection.cursor() as cursor:
        for name, (table, _) in present().items():
            on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def install() -> None:
    """Make our triggers anew from the models."""
    drop()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(COLLECT)
        for statement in _statements():
            cursor.execute(statement)
