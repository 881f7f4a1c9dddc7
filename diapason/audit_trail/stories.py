"""Tell entries as sentences: what happened, who, when, old → new."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext

from diapason.audit_trail import openings, readers
from diapason.audit_trail.column_words import column_said, record_said
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.audit_trail.openings import Opened
from diapason.kernel.facts import every_fact
from diapason.ui import links, wording

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:Z|\+00:00)")
TECHNICAL = frozenset({"id", "version", "sort_key", "search_key"})
NOTHING_OPENED: Opened = {}


_CODES: dict[str, Callable[[str], str]] = {}


def register_code(name: str, said: Callable[[str], str]) -> None:
    """Say how a code stated as the value `name` of any fact (or "fact.name" of one), or kept in a column, reads."""
    _CODES[name] = said


@dataclass(frozen=True)
class Change:
    """Hold one value that changed, in words; `old` or `new` is "" where there is none."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """Hold one entry as it is told."""

    number: int
    sentences: list[str]
    by: str
    on_behalf: str
    at: str
    recorded_at: str
    changes: list[Change]
    organization: str = ""


def story_of(subject: str, *, user: Any, limit: int = 12) -> tuple[list[Line], bool]:
    """Return the last entries that speak of a record, newest first, and whether there are older ones.

    Costs two queries, whatever the length; a third asks once for the reader's organizations. Persons are named to
    their own organization and to the network's people. Whoever was shown the record reads its texts in its story.
    """
    spoken = EntrySubject.objects.filter(subject__in=links.every_name(subject)).order_by("-entry_number")
    numbers = spoken.values("entry_number").distinct()[: limit + 1]
    found = Entry.objects.filter(number__in=numbers).order_by("-number")
    entries = list(openings.with_openings(found))
    return told(entries[:limit], user=user, subject=subject), len(entries) > limit


def told(entries: Iterable[Entry], *, user: Any, subject: str = "") -> list[Line]:
    """Return entries as they are told to this reader; with `subject`, only the facts about that record.

    Texts that an organization keeps for itself are told to its own people and to the network's; with `subject`, to
    whoever was shown that record.
    """
    entries = list(entries)
    near = readers.codes_of(user, "")
    names = readers.names_of(
        who
        for entry in entries
        for who in (entry.by, entry.on_behalf)
        if who.startswith("automaton:") or readers.reaches(near, entry.organization)
    )
    return [_line(entry, names, subject, None if subject else near) for entry in entries]


def opened_to(entry: Entry, codes: frozenset[str] | None, facts: Iterable[Mapping[str, Any]]) -> Opened:
    """Return what the people of these organizations (None: of all) read behind the commitments of an entry."""
    if '{"commitment":"' not in entry.statement:
        return {}
    is_theirs = all(readers.reaches(codes, fact["organization"]) for fact in facts)
    return openings.of(entry) if is_theirs else {}


def _line(entry: Entry, names: Mapping[str, str], subject: str, codes: frozenset[str] | None) -> Line:
    statement = json.loads(entry.statement)
    facts = [fact for fact in statement["facts"] if subject in ("", links.present_name(fact["subject"]))]
    alone = len({fact["subject"] for fact in statement["facts"]}) == 1
    updates = [change for change in statement["changes"] if change["op"] == "update"]
    opened = opened_to(entry, codes, statement["facts"])
    return Line(
        number=entry.number,
        sentences=[sentence_of(fact, opened) for fact in facts],
        by=names.get(entry.by, ""),
        on_behalf=names.get(entry.on_behalf, ""),
        at=moment_said(statement["at"]),
        recorded_at=moment_said(statement["recorded_at"]),
        changes=[part for change in updates for part in changes_told(change, opened)][:8] if alone else [],
        organization=entry.organization,
    )


def narrowed(line: Line, facts: list[dict[str, Any]], opened: Opened = NOTHING_OPENED) -> Line:
    """Return the line with only these facts, and without what changed."""
    return replace(line, sentences=[sentence_of(fact, opened) for fact in facts], changes=[])


def _legible(values: Mapping[str, Any], confidential: frozenset[str], opened: Opened) -> dict[str, Any]:
    """Return stated values, the texts of an organization opened, or said to be its own affair."""
    legible = dict(values)
    for name in confidential:
        if openings.is_hidden(values.get(name)):
            legible[name] = opened.get(values[name]["commitment"], gettext("text kept by its organization"))
    return legible


def sentence_of(fact: Mapping[str, Any], opened: Opened = NOTHING_OPENED) -> str:
    """Return the sentence of a stated fact in the reader's language; of a fact no longer known, its name."""
    kind = every_fact().get(fact["name"])
    if kind is None or not kind.SENTENCE:
        return str(fact["name"])
    values = {
        name: str(value) if _is_year(name, value) else _code_said(name, value, fact["name"])
        for name, value in _legible(fact["values"], kind.CONFIDENTIAL, opened).items()
    }
    here = {"subject": links.key_of(fact["subject"]), "organization": fact["organization"]}
    return wording.sentence(kind.SENTENCE, here | values)


def _code_said(name: str, value: Any, fact: str = "") -> str:
    """Return a value in words, by the chapter that knows the code when there is one."""
    said = _CODES.get(f"{fact}.{name}") or _CODES.get(name)
    return said(value) if said and isinstance(value, str) and value else value_said(value)


def _is_year(name: str, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and name.split("_")[-1] == "year"


def value_said(value: Any) -> str:
    """Return a stated value in words: dates in full, personal data by name only."""
    if isinstance(value, Mapping):
        if set(value) == {"commitment"}:
            return gettext("personal data")
        return ", ".join(f"{name}: {value_said(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(value_said(item) for item in value)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return moment_said(value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return wording.day(date.fromisoformat(value))
    if value is None or value == "":
        return "–"
    return wording.shown(value)


def moment_said(text: str) -> str:
    """Return a stated moment in words; midnight in UTC is how an act states a day."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
    if moment.time() == datetime.min.time():
        return wording.day(moment.date())
    return wording.moment(moment)


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _field(table: str, column: str) -> models.Field[Any, Any] | None:
    model = _models().get(table)
    return (
        next((field for field in model._meta.concrete_fields if field.column == column), None)
        if model
        else None
    )


def table_said(table: str) -> str:
    """Return what a record of that table is called."""
    model = _models().get(table)
    return record_said(model) if model else table


def changes_told(change: Mapping[str, Any], opened: Opened = NOTHING_OPENED) -> list[Change]:
    """Return the values of a stated change in words, those of our own bookkeeping left out."""
    confidential = openings.confidential_columns(change["table"])
    old, new = (_legible(change[side] or {}, confidential, opened) for side in ("old", "new"))
    return [
        Change(
            _label(change["table"], column),
            _said(change["table"], column, old),
            _said(change["table"], column, new),
        )
        for column in (new or old)
        if column not in TECHNICAL
    ]


def _label(table: str, column: str) -> str:
    field = _field(table, column)
    return column_said(field) if field is not None else column


def _said(table: str, column: str, values: Mapping[str, Any]) -> str:
    if column not in values:
        return ""
    field, value = _field(table, column), values[column]
    if field is not None and field.is_relation and value is not None:
        return gettext("no. %(key)s") % {"key": value}
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices[value]) if isinstance(value, str) and value in choices else _code_said(column, value)
