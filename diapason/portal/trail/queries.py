"""Ask the trail for what a reader may see."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from diapason.audit_trail import openings, readers, stories
from diapason.audit_trail.models import Entry, EntrySubject, Head
from diapason.context.network.models import Organization
from diapason.kernel.facts import every_fact
from diapason.kernel.words import message
from diapason.ui.listing import Filter

FACT = "TrailVerified"
VALUE = re.compile(r"%\(\w+\)s")


def entries_read_by(user: Any) -> "QuerySet[Entry]":
    """Return the entries whose owner's trail this person reads; network-level ones only with the whole.

    Whoever reads the whole reads no acts on events, actions and lessons of another house, unless the charter
    names them: the trail is no way around it.
    """
    codes = readers.codes_of(user, "read_trail")
    entries = openings.with_openings(Entry.objects.all())
    if codes is not None:
        return entries.filter(organization__in=codes)
    prefixes = readers.closed_to(user)
    if not prefixes:
        return entries
    closed = reduce(or_, (Q(act__startswith=prefix) for prefix in prefixes))
    network = Organization.objects.filter(kind=Organization.Kind.NETWORK).values("code")
    return entries.exclude(closed & ~Q(organization="") & ~Q(organization__in=network))


def entries_taken_by(user: Any) -> "QuerySet[Entry]":
    """Return the entries that this person takes away word for word: those that speak of nobody else's organization."""
    codes = readers.codes_of(user, "read_trail")
    entries = entries_read_by(user)
    if codes is None:
        return entries
    return entries.exclude(
        number__in=EntrySubject.objects.exclude(organization__in=codes).values("entry_number")
    )


def is_own(statement: dict[str, Any], *, user: Any) -> bool:
    """Tell whether an entry speaks of nothing but this person's own organizations."""
    codes = readers.codes_of(user, "")
    return all(readers.reaches(codes, fact["organization"]) for fact in statement["facts"])


def _about(**which: str) -> "QuerySet[EntrySubject, int]":
    return EntrySubject.objects.filter(**which).values_list("entry_number", flat=True)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _since(rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    day = _day(text)
    return rows.filter(recorded_at__gte=_midnight(day)) if day else rows


def _until(rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    day = _day(text)
    return rows.filter(recorded_at__lte=_midnight(day, time.max)) if day else rows


def _midnight(day: date, at: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def fact_label(name: str) -> str:
    """Return what a kind of fact is called: its sentence up to its first value, else with dots for its values."""
    kind = every_fact().get(name)
    text = gettext(kind.SENTENCE) if kind and kind.SENTENCE else name
    head = text.split("%(")[0].strip(" :,(“«\u00a0\u202f–-")
    return head or VALUE.sub("…", text)


def filters(user: Any) -> list[Filter]:
    """Return the filters of the list: what happened, whose, when, which record."""
    kinds = [
        (name, fact_label(name))
        for name, kind in every_fact().items()
        if kind.__module__.startswith("diapason.")
    ]
    codes = readers.codes_of(user, "read_trail")
    known = Organization.objects.order_by("sort_key")
    own = known if codes is None else known.filter(code__in=codes)
    return [
        Filter("fact", message("What happened"), choices=sorted(kinds, key=lambda pair: pair[1].casefold()),
               apply=lambda rows, name: rows.filter(number__in=_about(fact=name))),
        Filter("organization", message("Organization"), lookup="organization",
               choices=list(own.values_list("code", "short_name"))),
        Filter("since", message("Recorded from (YYYY-MM-DD)"), apply=_since),
        Filter("until", message("Recorded up to (YYYY-MM-DD)"), apply=_until),
        Filter("subject", message("Record concerned"),
               apply=lambda rows, text: rows.filter(number__in=_about(subject=text))),
        Filter("by", message("Person"), apply=lambda rows, who: rows.filter(Q(by=who) | Q(on_behalf=who))),
    ]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """Hold one stated change as a table shows it."""

    table: str
    key: str
    operation: str
    changes: list[stories.Change]


@dataclass(frozen=True)
class Told:
    """Hold one entry as its page shows it."""

    entry: Entry
    line: stories.Line
    subjects: list[str]
    roles: str
    rows: list[Row]
    hidden: int
    head: Head | None


def entry_told(entry: Entry, *, user: Any) -> Told:
    """Return an entry in words; what belongs to organizations whose trail the person does not read stays away."""
    statement = json.loads(entry.statement)
    codes = readers.codes_of(user, "read_trail")
    opened = stories.opened_to(entry, readers.codes_of(user, ""), statement["facts"])
    mine = [fact for fact in statement["facts"] if codes is None or fact["organization"] in codes]
    whole = len(mine) == len(statement["facts"])
    line = stories.told([entry], user=user)[0]
    rows = [
        Row(
            stories.table_said(change["table"]),
            change["key"],
            change["op"],
            stories.changes_told(change, opened),
        )
        for change in statement["changes"][:200]
    ]
    return Told(
        entry=entry,
        line=line if whole else stories.narrowed(line, mine, opened),
        subjects=list(dict.fromkeys(fact["subject"] for fact in mine)),
        roles=statement["role"],
        rows=rows if whole else [],
        hidden=len(statement["facts"]) - len(mine),
        head=Head.objects.filter(size__gt=entry.number).order_by("size").first(),
    )


@dataclass(frozen=True)
class Verification:
    """Hold what a verification stated."""

    at: datetime
    entries: int
    faults: int
    root: str
    first: str
    first_about: dict[str, Any]
    first_entry: int | None


def last_verification() -> Verification | None:
    """Return the newest verification that the trail states."""
    number = (
        EntrySubject.objects.filter(fact=FACT)
        .order_by("-entry_number")
        .values_list("entry_number", flat=True)
        .first()
    )
    entry = Entry.objects.filter(number=number).first() if number is not None else None
    if entry is None:
        return None
    fact = next(fact for fact in json.loads(entry.statement)["facts"] if fact["name"] == FACT)
    return Verification(at=entry.recorded_at, **fact["values"])


def is_verifying(path: str) -> bool:
    """Tell whether such a job waits or runs."""
    busy = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=path, status__in=busy).exists()
