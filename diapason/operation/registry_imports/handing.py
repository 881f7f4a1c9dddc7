"""Hand the work of an import over to the background; the view only answers."""

from diapason.operation.registry_imports.models import ImportRun


def read_soon(run: ImportRun) -> None:
    """Have the file read and staged by the job worker."""
    from diapason.operation.registry_imports.jobs import prepare_import

    prepare_import.enqueue(run.number)


def carry_out_soon(run: ImportRun) -> None:
    """Have the staged lines taken over by the job worker."""
    from diapason.operation.registry_imports.jobs import carry_out_import

    carry_out_import.enqueue(run.number)
