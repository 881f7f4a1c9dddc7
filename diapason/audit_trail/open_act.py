"""Hold the act that is open on a connection; the triggers ask here whether there is one.

On SQLite an SQL function registered on each connection answers (a database opened by any other program
has no such function, so that every write to a recorded table fails there); on PostgreSQL a setting local
to the transaction does.
"""

import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from diapason.kernel.facts import Fact
from diapason.kernel.scope import Scope, Unrestricted


class Actor(Protocol):
    """Be somebody who acts: an account, or an automaton."""

    @property
    def trail_name(self) -> str:
        """Return the identifier that the trail keeps."""
        ...

    @property
    def trail_roles(self) -> str:
        """Return the roles held, by code."""
        ...


@dataclass(frozen=True)
class Automaton:
    """Be the program itself, acting by a named routine, perhaps on behalf of a person, because of an entry."""

    name: str
    on_behalf: str = ""
    caused_by: int | None = None

    @property
    def trail_name(self) -> str:
        """Return the identifier that the trail keeps."""
        return f"automaton:{self.name}"

    @property
    def trail_roles(self) -> str:
        """Return no role: an automaton holds none."""
        return ""

    @property
    def scope(self) -> Scope:
        """Return the scope of a routine: whoever runs one holds the machine."""
        return Unrestricted()


@dataclass
class OpenAct:
    """Gather what the outermost act states until it ends."""

    name: str
    by: Any
    at: str
    caused_by: int | None = None
    facts: list[Fact] = field(default_factory=list)


def current() -> OpenAct | None:
    """Return the act that is open on this connection, or None."""
    return getattr(connection, "diapason_act", None)


def begin(opened: OpenAct) -> None:
    """Open the act for the triggers; on PostgreSQL take the one write lock first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('diapason.trail')), set_config('diapason.act', %s, true)",
                [opened.name],
            )
    connection.diapason_act = opened  # type: ignore[attr-defined]


def end() -> None:
    """Close the act for the triggers."""
    connection.diapason_act = None  # type: ignore[attr-defined]
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('diapason.act', '', true)")


def number_of_open_act(database: BaseDatabaseWrapper) -> Callable[[], int | None]:
    """Return the SQL function that answers 1 while an act is open on that connection, else NULL."""
    reference = weakref.ref(database)

    def answer() -> int | None:
        wrapper = reference()
        return None if wrapper is None or getattr(wrapper, "diapason_act", None) is None else 1

    return answer
