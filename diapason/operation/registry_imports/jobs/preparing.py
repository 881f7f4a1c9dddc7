"""Read a file and stage its lines, outside of any transaction, so that nobody waits for it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F

from diapason.audit_trail import bulk
from diapason.audit_trail.acts import automaton
from diapason.kernel.clock import now
from diapason.kernel.words import message
from diapason.operation.registry_imports import acts
from diapason.operation.registry_imports.jobs.sparing import sparing
from diapason.operation.registry_imports.models import ImportProgress, ImportRun, StagedLine
from diapason.operation.registry_imports.queries import Compared, Counts, compared, counts
from diapason.operation.registry_imports.readers.archives import Limits
from diapason.operation.registry_imports.readers.reading import readings
from diapason.operation.registry_imports.readers.record import Reading, tidy

BATCH: Final = 200
Outcome = StagedLine.Outcome
Line = tuple[int, Reading, Compared | None]


def compared_lines(path: Path, data_on: date | None, limits: Limits | None = None) -> Iterator[list[Line]]:
    """Return the lines of a file in batches, each with what would become of it; a repeated record is refused."""
    seen: set[str] = set()
    batch: list[tuple[int, Reading]] = []
    for position, reading in enumerate(readings(path, limits), start=1):
        if reading.record and reading.record.identifier in seen:
            reading = Reading(reading.place, code="duplicate")
        elif reading.record:
            seen.add(reading.record.identifier)
        batch.append((position, reading))
        if len(batch) == BATCH:
            yield _compared(batch, data_on)
            batch = []
    if batch:
        yield _compared(batch, data_on)


def _compared(batch: list[tuple[int, Reading]], data_on: date | None) -> list[Line]:
    records = [reading.record for _, reading in batch if reading.record]
    answers = {each.record.identifier: each for each in compared(records, data_on)} if records else {}
    return [
        (position, reading, answers[reading.record.identifier] if reading.record else None)
        for position, reading in batch
    ]


def prepare(run: ImportRun, path: Path, *, on: date, limits: Limits | None = None) -> Counts:
    """Stage every line of the file, then show the preview; starts anew when it was interrupted."""
    with sparing():
        return _prepared(run, path, on, limits)


def _prepared(run: ImportRun, path: Path, on: date, limits: Limits | None) -> Counts:
    program = automaton(message("registry import"), on_behalf=run.opened_by)
    StagedLine.objects.filter(run=run).delete()
    ImportProgress.objects.filter(run=run).update(done=0, total=0, wants_cancel=False)
    for batch in compared_lines(path, run.data_on, limits):
        with transaction.atomic():
            bulk.store(StagedLine, [_staged(run, line) for line in batch])
        progress = ImportProgress.objects.filter(run=run)
        progress.update(done=F("done") + len(batch), beat_at=now())
        if progress.values_list("wants_cancel", flat=True).get():
            return counts(run)
    found = counts(run)
    ImportProgress.objects.filter(run=run).update(done=0, total=found.created + found.updated)
    acts.show_preview(run=run, counts=found, by=program, on=on)
    return found


def _staged(run: ImportRun, line: Line) -> StagedLine:
    position, reading, answer = line
    staged = StagedLine(run=run, position=position, place=tidy(reading.place))
    record = reading.record
    if record is None or answer is None:
        staged.outcome, staged.code, staged.parameters = Outcome.REFUSED, reading.code, reading.parameters
        staged.is_done = True
        return staged
    staged.identifier, staged.title, staged.outcome = (
        record.identifier,
        tidy(record.title, 200),
        answer.outcome,
    )
    staged.data_on, staged.doubts = record.data_on, list(record.doubts)
    staged.is_done = answer.outcome not in {Outcome.CREATE, Outcome.UPDATE}
    if not staged.is_done:
        staged.packed = answer.packed
    return staged
