"""Fill an empty database with a bit of everything: the demonstration with few studies, and one import.

Run by tests.upgrade.keep in a process of its own, on the real migrations.
"""

import os
import tempfile
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

import django
from django.core.management import call_command

EVERY = 24
"""Of the demonstration's studies each so many-th is kept: the database stays small, each chapter has records."""
FEWER = 4
"""Into so many goes the number of events of a month, for the same reason."""
IMPORTED = "NCT90000001", "NCT90000002", "NCT90000003"


def fill() -> None:
    """Run the demonstration's own steps, then take a registry file over twice: new, then changed."""
    from diapason.context.studies.rules.drafts import StudyDraft
    from diapason.demonstration import events, loading
    from diapason.demonstration.studies import Invention
    from diapason.kernel.clock import today

    class Few(Invention):
        def all(self) -> Iterator[StudyDraft]:
            yield from islice(super().all(), 0, None, EVERY)

    usual = events._poisson
    events._poisson = lambda chance, mean: usual(chance, mean / FEWER)
    loading.Invention = Few  # type: ignore[misc]
    for _, _, perform in loading.fictional(today=today(), scale=1):
        perform()
    take_over()
    call_command("sign_head", reason="kept", stdout=StringIO())


def take_over() -> None:
    """Import three invented records with one unreadable line, then a newer version of one."""
    from tests.operation.registry_imports.registry_files import classic, zipped

    with tempfile.TemporaryDirectory() as folder:
        records = {f"{number}.xml": classic(number) for number in IMPORTED} | {
            "broken.xml": b"<clinical_study>"
        }
        newer = classic(IMPORTED[0], status="Completed", end="May 2, 2020", updated="June 1, 2020")
        for name, members in {"first.zip": records, "second.zip": {"newer.xml": newer}}.items():
            path = zipped(Path(folder) / name, members)
            call_command("import_registry", str(path), stdout=StringIO())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.upgrade.settings")
    django.setup()
    fill()
