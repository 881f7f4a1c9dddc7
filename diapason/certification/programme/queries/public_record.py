"""Read the public record of the catalogue, and say what loading it would do."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from diapason.certification.certificates.models import Certificate
from diapason.certification.programme.models import Programme
from diapason.context.indicators.models import DeclaredValue
from diapason.context.network.models import Organization
from diapason.context.standards.models import Edition
from diapason.kernel.dates import PartialDate
from diapason.kernel.declarations import read_yaml
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class PublicRecord:
    """Hold the public record as plain values."""

    network: dict[str, Any]
    organizations: list[dict[str, str]]
    certificates: dict[str, Any]
    figures: list[dict[str, str]]
    edition_change: dict[str, Any]

    @property
    def members(self) -> list[dict[str, str]]:
        """Return the rows of the members: centres and the central function."""
        return [row for row in self.organizations if row["kind"] != "site"]

    @property
    def sites(self) -> list[dict[str, str]]:
        """Return the rows that are places: each member has its own, some have one more."""
        return self.organizations


@dataclass(frozen=True)
class LoadingPlan:
    """Hold what loading would do: what would be created, what is there already."""

    organizations: int
    sites: int
    certificates: int
    programmes: int
    figures: int
    unchanged: int
    allowed: Verdict

    @property
    def changes_nothing(self) -> bool:
        """Tell whether everything is there already."""
        return not (self.organizations or self.certificates or self.programmes or self.figures)


def read() -> PublicRecord:
    """Read the files of the catalogue."""
    catalogue = Path(settings.DIAPASON["catalogue"])
    folder = catalogue / "public_record"

    def declared(path: Path) -> Any:
        return read_yaml(path.read_text(encoding="utf-8"))

    return PublicRecord(
        network=declared(folder / "network.yaml"),
        organizations=_rows(folder / "organizations.csv"),
        certificates=declared(folder / "certificates.yaml"),
        figures=_rows(folder / "figures.csv"),
        edition_change=declared(catalogue / "certification" / "edition_change.yaml")["programme"],
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def partial_date(entry: dict[str, Any]) -> PartialDate:
    """Return a date declared as a day, or as bounds either of which may be absent."""
    wording = entry.get("wording", "")
    if day := entry.get("day"):
        return PartialDate(day, day, wording)
    return PartialDate(entry.get("from"), entry.get("until"), wording)


def plan(record: PublicRecord) -> LoadingPlan:
    """Return what loading the record would do to this instance (five queries)."""
    known = set(Organization.objects.values_list("code", flat=True))
    wanted = {row["code"] for row in record.members} | {record.network["network"]["code"]}
    certified = set(Certificate.objects.values_list("holder__code", flat=True))
    entries = {entry["organization"] for entry in record.certificates["certificates"]}
    programmes = set(Programme.objects.values_list("code", flat=True))
    declared = programmes_to_load(record, set(Edition.objects.values_list("code", flat=True)))
    figures = len(_fresh_figures(record.figures))
    missing = wanted - known
    foreign = known - wanted
    allowed = Verdict.yes()
    if foreign or (known and missing):
        allowed = Verdict.no(
            message("This instance holds another network: the public record needs an empty one.")
        )
    return LoadingPlan(
        organizations=len(missing),
        sites=len(record.sites) if missing else 0,
        certificates=len(entries - certified),
        programmes=len(declared - programmes),
        figures=figures,
        unchanged=len(wanted & known)
        + len(entries & certified)
        + len(declared & programmes)
        + len(record.figures)
        - figures,
        allowed=allowed,
    )


def _fresh_figures(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the figures that are not stored yet: same scope, words, year and source."""
    stored = {
        (scope, words, str(start.year) if start else "", source)
        for scope, words, start, source in DeclaredValue.objects.values_list(
            "scope", "wording", "period_start", "source"
        )
    }
    return [r for r in rows if (r["scope"], r["indicator"], r["year"], r["source"]) not in stored]


def programmes_to_load(record: PublicRecord, editions: set[str]) -> set[str]:
    """Return the codes of the programmes that can be loaded: the change of edition needs both editions."""
    found = {record.network["programme"]["code"]}
    change = record.edition_change
    if {change["from_edition"], change["to_edition"]} <= editions:
        found.add(change["code"])
    return found
