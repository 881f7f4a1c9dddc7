"""Open an import, show its preview, confirm it, stop it, end it."""

from dataclasses import asdict
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.operation.registry_imports import facts, permissions
from diapason.operation.registry_imports.models import ImportProgress, ImportRun
from diapason.operation.registry_imports.queries import Counts

State = ImportRun.State


@act
def open_import(
    *, file_name: str, file_digest: str, file_size: int, data_on: date | None, by: Any, on: date
) -> ImportRun:
    """Hand in a file of a register; nothing is taken over before its preview is confirmed."""
    permissions.may_import(by=by).require()
    run = ImportRun.objects.create(
        number=take_number("IM", "NET", on.year),
        file_name=file_name[:200],
        file_digest=file_digest,
        file_size=file_size,
        data_on=data_on,
        opened_on=on,
        opened_by=by.trail_name,
    )
    ImportProgress.objects.create(run=run)
    day = data_on.isoformat() if data_on else ""
    record(
        facts.RegistryImportOpened(subject=run.subject, file=run.file_name, digest=file_digest, data_on=day),
        by=by,
    )
    return run


@act
def show_preview(*, run: ImportRun, counts: Counts, by: Any, on: date) -> ImportRun:
    """Put down what the file would create, update, leave and refuse, and wait for a person."""
    run = reread(run)
    run.state = State.PREVIEWED
    _count(run, counts)
    run.save()
    record(_ended(run), by=by)
    return run


@act
def confirm_import(*, run: ImportRun, digest: str, version: int | None, by: Any, on: date) -> ImportRun:
    """Have a previewed file carried out; `digest` is that of the file which the preview showed."""
    permissions.may_confirm_import(run, by=by).require()
    if digest != run.file_digest:
        Verdict.no(message("The preview shown was that of another file; nothing was changed.")).require()
    run = reread(run, version)
    run.state = State.RUNNING
    run.save()
    record(
        facts.RegistryImportConfirmed(
            subject=run.subject,
            digest=run.file_digest,
            created=run.created,
            updated=run.updated,
            unchanged=run.unchanged,
            refused=run.refused,
        ),
        by=by,
    )
    return run


@act
def cancel_import(*, run: ImportRun, version: int | None, by: Any, on: date) -> ImportRun:
    """Stop an import: a job under way stops after its batch, what is in stays in and is reported."""
    permissions.may_cancel_import(run, by=by).require()
    run = reread(run, version)
    ImportProgress.objects.filter(run=run).update(wants_cancel=True)
    run.state = State.CANCELLED
    run.save()
    record(_ended(run), by=by)
    return run


@act
def end_import(*, run: ImportRun, state: str, counts: Counts, by: Any, on: date) -> ImportRun:
    """Put down how an import ended: what was created, updated, left and refused."""
    run = reread(run)
    run.state = State.CANCELLED if run.state == State.CANCELLED else State(state)
    _count(run, counts)
    run.save()
    record(_ended(run), by=by)
    return run


def _count(run: ImportRun, counts: Counts) -> None:
    for name, number in asdict(counts).items():
        setattr(run, name, number)


def _ended(run: ImportRun) -> facts.RegistryImportEnded:
    return facts.RegistryImportEnded(
        subject=run.subject,
        state=run.state,
        created=run.created,
        updated=run.updated,
        unchanged=run.unchanged + run.older,
        refused=run.refused,
    )
