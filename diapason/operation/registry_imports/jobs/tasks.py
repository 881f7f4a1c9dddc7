"""Say what the job worker does for an import; each job can be run again where it stopped."""

from datetime import date

from django_tasks import task

from diapason.audit_trail.acts import automaton
from diapason.kernel.clock import today
from diapason.operation.registry_imports import acts, files
from diapason.operation.registry_imports.jobs.carrying import carry_out
from diapason.operation.registry_imports.jobs.preparing import prepare
from diapason.operation.registry_imports.models import ImportProgress, ImportRun
from diapason.operation.registry_imports.queries import counts

PROGRAM = "registry import"


@task()
def prepare_import(number: str) -> None:
    """Read the file of an import and stage its lines, so that a person can see the preview.

    Then the file is thrown away: the preview is bound to its digest, and the lines hold what is taken over of it.
    """
    run = ImportRun.objects.get(number=number)
    try:
        if run.state == ImportRun.State.PREPARING:
            _guarded(run, lambda: prepare(run, files.path_of(run.file_digest), on=today()))
    finally:
        still_read = ImportRun.objects.filter(file_digest=run.file_digest, state=ImportRun.State.PREPARING)
        if not still_read.exists():
            files.forget(run.file_digest)


@task()
def carry_out_import(number: str) -> None:
    """Take the staged lines of a confirmed import over; resumes where an interrupted job stopped."""
    run = ImportRun.objects.get(number=number)
    _guarded(run, lambda: carry_out(run, on=today()))


def _guarded(run: ImportRun, work: object) -> None:
    """Run the work; an error of the program ends the import as failed, with what was done until then."""
    try:
        work()  # type: ignore[operator]
    except Exception as error:
        ImportProgress.objects.filter(run=run).update(problem=type(error).__name__)
        _fail(run, today())
        raise


def _fail(run: ImportRun, on: date) -> None:
    acts.end_import(
        run=run,
        state=ImportRun.State.FAILED,
        counts=counts(run),
        by=automaton(PROGRAM, on_behalf=run.opened_by),
        on=on,
    )
