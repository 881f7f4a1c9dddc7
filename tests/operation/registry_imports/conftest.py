"""Give the tests of imports a way to run one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.operation.registry_imports import acts
from diapason.operation.registry_imports.jobs.carrying import carry_out
from diapason.operation.registry_imports.jobs.preparing import prepare
from diapason.operation.registry_imports.models import ImportRun
from diapason.operation.registry_imports.readers.reading import digest_of
from tests.context.studies.conftest import outside, study  # noqa: F401


@pytest.fixture
def staged(db: None, today: date) -> Callable[..., ImportRun]:
    """Return `staged(path, data_on=None)` → an import whose preview stands."""

    def make(path: Path, data_on: date | None = None) -> ImportRun:
        by: Any = automaton("tests")
        size = path.stat().st_size
        digest = digest_of(path)
        run = acts.open_import(
            file_name=path.name, file_digest=digest, file_size=size, data_on=data_on, by=by, on=today
        )
        prepare(run, path, on=today)
        run.refresh_from_db()
        return run

    return make


@pytest.fixture
def imported(staged: Callable[..., ImportRun], today: date) -> Callable[..., ImportRun]:
    """Return `imported(path, data_on=None)` → an import that was carried out."""

    def make(path: Path, data_on: date | None = None) -> ImportRun:
        run = staged(path, data_on)
        acts.confirm_import(
            run=run, digest=run.file_digest, version=run.version, by=automaton("tests"), on=today
        )
        carry_out(run, on=today)
        run.refresh_from_db()
        return run

    return make
