"""Collect the checks by which chapters find records that contradict each other or stand still.

A check is `register(Check(code, message, why, rows, url))`: `rows(user, on)` is a queryset of `values_list` with three
columns (key, words, organization's short name) that this reader may see and mend, best first; `url(key)` is where it is
mended. It asks nothing by itself: the page asks all checks in one statement.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from diapason.ui.together import ask_together

SHOWN = 8
"""How many records of each check the page shows."""
COUNTED = 200
"""How far they are counted."""

Rows = Callable[[Any, date], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Check:
    """Hold one check: a code, what is wrong (message id), why it matters, its records, the page that mends one."""

    code: str
    message: str
    why: str
    rows: Rows
    url: Callable[[str], str]


@dataclass(frozen=True)
class Record:
    """Hold one record that needs mending."""

    key: str
    label: str
    organization: str
    url: str


@dataclass(frozen=True)
class Found:
    """Hold what a check found: the first records and how many there are (up to COUNTED + 1)."""

    check: Check
    records: list[Record]
    total: int

    @property
    def message(self) -> str:
        """Return what is wrong, in the reader's language."""
        return gettext(self.check.message)

    @property
    def why(self) -> str:
        """Return why it matters."""
        return gettext(self.check.why)

    @property
    def more(self) -> int:
        """Return how many records are not shown."""
        return self.total - len(self.records)


_CHECKS: dict[str, Check] = {}


def register(check: Check) -> None:
    """Add a check; ValueError when another one has its code."""
    known = _CHECKS.get(check.code)
    if known is not None and known != check:
        raise ValueError(f"there is a check {check.code} already")
    _CHECKS[check.code] = check


def checks() -> tuple[Check, ...]:
    """Return every check, in the order of registration."""
    return tuple(_CHECKS.values())


def run(user: Any, *, on: date, only: str = "", most: int = SHOWN) -> list[Found]:
    """Return what each check (or the one named) found for this reader: as few statements as they fit into."""
    asked = [check for check in _CHECKS.values() if not only or check.code == only]
    answers = ask_together(*(check.rows(user, on)[: COUNTED + 1] for check in asked)) if asked else []
    found = []
    for check, rows in zip(asked, answers, strict=True):
        records = [Record(str(key), label, house, check.url(str(key))) for key, label, house in rows[:most]]
        found.append(Found(check, records, len(rows)))
    return found
