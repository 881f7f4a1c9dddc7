"""Take staged lines over by short acts, so that everybody else can work meanwhile."""

import logging
from collections.abc import Sequence
from datetime import date
from time import monotonic
from typing import Any, Final

from django.db import DatabaseError

from diapason.audit_trail.acts import automaton
from diapason.kernel.clock import now
from diapason.kernel.verdicts import Refused
from diapason.kernel.words import message
from diapason.operation.registry_imports import acts
from diapason.operation.registry_imports.jobs.sparing import sparing
from diapason.operation.registry_imports.models import ImportProgress, ImportRun, StagedLine
from diapason.operation.registry_imports.queries import Counts, counts, directory
from diapason.operation.registry_imports.rules.places import Directory

MOST: Final = 100
LEAST: Final = 20
LONGEST: Final = 0.3
"""How many lines, and about how many seconds, one act may take; below LEAST an act costs more than its lines."""
problems = logging.getLogger("diapason.registry_imports")


def carry_out(run: ImportRun, *, on: date) -> Counts:
    """Take over what is staged and not done; stops between two batches when somebody cancels."""
    with sparing():
        return _carried_out(run, on)


def _carried_out(run: ImportRun, on: date) -> Counts:
    program = automaton(message("registry import"), on_behalf=run.opened_by)
    known, size = directory(), MOST // 2
    while lines := _next(run, size):
        if ImportProgress.objects.filter(run=run, wants_cancel=True).exists():
            break
        started = monotonic()
        _take(run, lines, known, program, on)
        ImportProgress.objects.filter(run=run).update(beat_at=now())
        size = _adapted(size, monotonic() - started)
    StagedLine.objects.filter(run=run, packed__isnull=False).update(packed=None)
    found = counts(run)
    acts.end_import(run=run, state=ImportRun.State.DONE, counts=found, by=program, on=on)
    return found


def _next(run: ImportRun, size: int) -> list[StagedLine]:
    """Return the next lines to take over: new studies first, each outcome in the order of the file.

    Asked for one outcome at a time and with equalities only, so that the index gives them without sorting the rest.
    """
    for outcome in ("create", "update"):
        lines = StagedLine.objects.filter(run=run, outcome=outcome, is_done__in=[False])
        if found := list(lines.order_by("position")[:size]):
            return found
    return []


def _adapted(size: int, seconds: float) -> int:
    wanted = int(size * LONGEST / max(seconds, 0.01))
    return max(LEAST, min(MOST, wanted, size * 2))


def _take(run: ImportRun, lines: Sequence[StagedLine], known: Directory, program: Any, on: date) -> None:
    """Take a batch over; when it fails, one line after the other, so that only the faulty one is refused."""
    try:
        acts.take_over(run=run, lines=lines, directory=known, by=program, on=on)
    except (DatabaseError, Refused, ValueError, LookupError) as error:
        if len(lines) == 1:
            _refuse(run, lines[0], error)
            return
        for line in lines:
            _take(run, [line], known, program, on)


def _refuse(run: ImportRun, line: StagedLine, error: Exception) -> None:
    problems.warning("line %s of %s: %s", line.position, run.number, type(error).__name__)
    StagedLine.objects.filter(pk=line.pk).update(
        outcome=StagedLine.Outcome.REFUSED,
        code="refused",
        parameters={"detail": type(error).__name__},
        is_done=True,
        packed=None,
    )
