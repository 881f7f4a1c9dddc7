"""Import a registry download from the command line."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from diapason.audit_trail.acts import automaton
from diapason.kernel.clock import today
from diapason.operation.registry_imports import acts
from diapason.operation.registry_imports.jobs.carrying import carry_out
from diapason.operation.registry_imports.jobs.preparing import compared_lines, prepare
from diapason.operation.registry_imports.models import StagedLine
from diapason.operation.registry_imports.queries import refused_lines, remarked_lines
from diapason.operation.registry_imports.readers.reading import digest_of
from diapason.operation.registry_imports.readers.record import REASONS
from diapason.ui.wording import sentence

SHOWN = 20
PLURALS = {
    "create": "created",
    "update": "updated",
    "unchanged": "unchanged",
    "older": "older",
    "refused": "rejected",
}


class Command(BaseCommand):
    """Read a file, an archive or a folder of ClinicalTrials.gov records and take the studies over."""

    help = "Import ClinicalTrials.gov records (classic XML or API v2 JSON; file, .gz, .zip or folder)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the path and the options."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="how the result is printed"
        )
        parser.add_argument(
            "--data-date", type=date.fromisoformat, help="day of the download, when the file does not say"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print what was read, created, updated, left and rejected."""
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(gettext("There is no file “%(path)s”.") % {"path": path})
        run = self._dry if options["dry_run"] else self._real
        result = {"path": path.name, "dry_run": options["dry_run"], **run(path, options["data_date"])}
        if options["format"] == "json":
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            self._print(result)

    def _dry(self, path: Path, data_on: date | None) -> dict[str, Any]:
        found: Counter[str] = Counter()
        rejected: list[dict[str, Any]] = []
        remarked: list[dict[str, Any]] = []
        for batch in compared_lines(path, data_on):
            for position, reading, answer in batch:
                found["refused" if answer is None else answer.outcome] += 1
                if answer is None:
                    rejected.append(_rejected(position, reading.place, reading.code, reading.parameters))
                elif reading.record is not None and reading.record.doubts:
                    remarked.append(_remarked(position, reading.place, reading.record.doubts))
        return _result({PLURALS[key]: number for key, number in found.items()}, rejected, remarked)

    def _real(self, path: Path, data_on: date | None) -> dict[str, Any]:
        by, on = automaton("import_registry"), today()
        size = path.stat().st_size if path.is_file() else 0
        digest = digest_of(path) if path.is_file() else ""
        run = acts.open_import(
            file_name=path.name, file_digest=digest, file_size=size, data_on=data_on, by=by, on=on
        )
        prepare(run, path, on=on)
        run.refresh_from_db()
        acts.confirm_import(run=run, digest=digest, version=run.version, by=by, on=on)
        counts = asdict(carry_out(run, on=on))
        counts["rejected"] = counts.pop("refused")
        rejected = [
            _rejected(x.position, x.place, x.code, x.parameters) for x in refused_lines(run).iterator()
        ]
        remarked = [_remarked(x.position, x.place, x.doubts) for x in remarked_lines(run).iterator()]
        StagedLine.objects.filter(run=run).exclude(outcome="refused").filter(doubts=[]).delete()
        return {"import": run.number, **_result(counts, rejected, remarked)}

    def _print(self, result: dict[str, Any]) -> None:
        for name in ("read", "created", "updated", "unchanged", "older", "rejected"):
            self.stdout.write(f"{name:>10}  {result[name]}")
        told = [f"  {line['line']}  {line['place']}: {line['reason']}" for line in result["rejections"]]
        self._list(told)
        self.stdout.write(f"{'remarks':>10}  {len(result['remarks'])}")
        self._list(
            [
                f"  {line['line']}  {line['place']}: {' '.join(line['not_understood'])}"
                for line in result["remarks"]
            ]
        )
        sys.stdout.flush()

    def _list(self, told: list[str]) -> None:
        for line in told[:SHOWN]:
            self.stdout.write(line)
        if len(told) > SHOWN:
            self.stdout.write(f"  … + {len(told) - SHOWN}")


def _rejected(position: int, place: str, code: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "line": position,
        "place": place,
        "code": code,
        "reason": sentence(REASONS.get(code, code), parameters),
    }


def _remarked(position: int, place: str, doubts: Iterable[Any]) -> dict[str, Any]:
    """Return what was taken over but for something that could not be understood."""
    return {
        "line": position,
        "place": place,
        "not_understood": [sentence(text, parameters) for text, parameters in doubts],
    }


def _result(
    counts: dict[str, int], rejected: list[dict[str, Any]], remarked: list[dict[str, Any]]
) -> dict[str, Any]:
    names = ("created", "updated", "unchanged", "older", "rejected")
    found = {name: counts.get(name, 0) for name in names}
    return {"read": sum(found.values()), **found, "rejections": rejected, "remarks": remarked}
