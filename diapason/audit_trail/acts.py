"""Open, record and close acts: check → change → save → record, one transaction, one entry (ISO 9001 §7.5.3)."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction

from diapason.audit_trail import entries, open_act, openings, reactions
from diapason.audit_trail.models import Entry
from diapason.audit_trail.open_act import Automaton, OpenAct
from diapason.audit_trail.recorded import Recorded
from diapason.audit_trail.recording import moment
from diapason.audit_trail.turns import turn_to_write
from diapason.kernel.clock import now
from diapason.kernel.facts import Fact
from diapason.kernel.verdicts import Conflict

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=Recorded)


class NoOpenAct(RuntimeError):
    """Say that something was stated outside an act."""


def automaton(name: str, *, on_behalf: str = "") -> Automaton:
    """Return the program itself as the one who acts."""
    return Automaton(name, on_behalf)


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only function an act: one write transaction, one entry, reactions last.

    Inside another act it joins it, within a savepoint. Raises entries.ActWithoutFact when rows
    changed and nothing was recorded.
    """

    @wraps(function)
    def perform(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{function.__name__} takes keyword arguments only")
        opened = open_act.current()
        if opened is not None:
            return _joined(opened, lambda: function(**kwargs))  # type: ignore[call-arg]
        by = kwargs["by"]
        opened = OpenAct(_name(function), by, _stated_at(kwargs), caused_by=getattr(by, "caused_by", None))
        with turn_to_write(), transaction.atomic():
            result, number = _entry_of(opened, lambda: function(**kwargs))  # type: ignore[call-arg]
            _react(opened, number, depth=1)
        return result

    perform.is_act = True  # type: ignore[attr-defined]
    return perform


def _name(function: Callable[..., Any]) -> str:
    parts = function.__module__.split(".")
    chapter = parts[parts.index("acts") - 1] if "acts" in parts else parts[-1]
    return f"{chapter}.{function.__name__}"


def _stated_at(kwargs: dict[str, Any]) -> str:
    stated: date = kwargs.get("at") or kwargs.get("on") or now()
    return moment(stated) if isinstance(stated, datetime) else f"{stated.isoformat()}T00:00:00.000000Z"


def _joined(opened: OpenAct, perform: Callable[[], R]) -> R:
    before = len(opened.facts)
    try:
        with transaction.atomic():
            return perform()
    except BaseException:
        del opened.facts[before:]
        raise


def _entry_of(opened: OpenAct, perform: Callable[[], R]) -> tuple[R, int | None]:
    open_act.begin(opened)
    try:
        result = perform()
        return result, entries.close(opened)
    finally:
        open_act.end()


def _react(opened: OpenAct, number: int | None, *, depth: int) -> None:
    if number is None:
        return
    for position, fact in enumerate(opened.facts):
        for reaction in reactions.following(fact):
            if depth > reactions.LONGEST_CHAIN:
                raise RuntimeError(f"reactions to {type(fact).__name__} follow each other without end")
            if reaction.must:
                _follow(reaction, fact, opened, number, depth)
            else:
                transaction.on_commit(partial(reactions.deferred, reaction, number, position))


def _follow(reaction: reactions.Reaction, fact: Fact, cause: OpenAct, number: int, depth: int) -> None:
    by = _routine(reaction, cause.by.trail_name, getattr(cause.by, "on_behalf", ""), number)
    opened = OpenAct(_name(reaction.then), by, cause.at, caused_by=number)
    _, follower = _entry_of(opened, lambda: reaction.then(fact=fact, by=by))
    _react(opened, follower, depth=depth + 1)


def follow_later(reaction: reactions.Reaction, number: int, position: int) -> None:
    """Run a row that became a job, outside any act, so that it may read at length.

    The acts that it opens are caused by entry `number`.
    """
    statement = json.loads(Entry.objects.values_list("statement", flat=True).get(number=number))
    by = _routine(reaction, statement["by"], statement["on_behalf"], number)
    stated = openings.opened_fact(statement["facts"][position], number)
    reaction.then(fact=reactions.rebuilt(stated), by=by)


def _routine(reaction: reactions.Reaction, who: str, on_behalf: str, number: int) -> Automaton:
    return Automaton(f"interactions.{reaction.then.__name__}", on_behalf or who, caused_by=number)


def record(fact: Fact, *, by: Any) -> None:
    """State a fact in the open act; the trail line is written when the outermost act ends."""
    opened = open_act.current()
    if opened is None:
        raise NoOpenAct(f"{type(fact).__name__} was recorded outside an act")
    opened.facts.append(fact)


def reread(instance: Row, version: int | str | None = None) -> Row:
    """Return the record as it stands under the lock, its version counted up.

    Raises Conflict when `version` (that of the form) is not the stored one.
    """
    fresh = type(instance)._default_manager.get(pk=instance.pk)
    if version is not None and int(version) != fresh.version:
        raise Conflict(str(fresh), {name: (value, None) for name, value in _values(fresh).items()})
    fresh.version += 1
    return fresh


def _values(instance: models.Model) -> dict[str, Any]:
    return {field.name: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def take_number(kind: str, organization: str, year: int) -> str:
    """Return the next number, like "CE-BRE-2026-0001": one counter per kind, organization and year."""
    return take_numbers(kind, organization, year, 1)[0]


TAKE = """
INSERT INTO audit_trail_counter (kind, organization, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (kind, organization, year) DO UPDATE SET last = audit_trail_counter.last + excluded.last RETURNING last
"""


def take_numbers(kind: str, organization: str, year: int, count: int) -> list[str]:
    """Return the next `count` numbers of a counter, at the cost of one."""
    if open_act.current() is None:
        raise NoOpenAct(f"a {kind} number was asked for outside an act")
    if count == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [kind, organization, year, count])
        last = cursor.fetchone()[0]
    return [f"{kind}-{organization}-{year}-{number:04d}" for number in range(last - count + 1, last + 1)]
