"""Read the declared tables of the catalogue, once a process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from diapason.certification.certificates.rules import tables
from diapason.kernel.declarations import read_yaml
from diapason.ui.languages import in_language


@dataclass(frozen=True)
class Activity:
    """Hold one activity that certificates cover; `detail` is false for a sentence that tells no activities apart."""

    code: str
    fr: str
    en: str
    detail: bool
    role: str
    meaning_fr: str
    meaning_en: str

    @property
    def label(self) -> str:
        """Return what the activity is called."""
        return in_language(self.fr, self.en)

    @property
    def meaning(self) -> str:
        """Return what belongs to it."""
        return in_language(self.meaning_fr, self.meaning_en)


def declared(name: str) -> Any:
    """Return one file of the catalogue's certification folder as plain data."""
    path = Path(settings.DIAPASON["catalogue"]) / "certification" / f"{name}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def activities() -> Mapping[str, Activity]:
    """Return code → activity, in the order of the coverage matrix."""
    found = {}
    for entry in declared("activities")["activities"]:
        found[entry["code"]] = Activity(**{"role": "", **entry})
    return found


@lru_cache(maxsize=1)
def sampling() -> tables.SamplingTable:
    """Return the site-sampling table (IAF MD 1)."""
    return tables.sampling_table(declared("site_sampling"))


@lru_cache(maxsize=1)
def audit_time() -> tables.AuditTimeTable:
    """Return the audit-time table (IAF MD 5)."""
    return tables.audit_time_table(declared("audit_time"))


@lru_cache(maxsize=1)
def cycle() -> tables.CycleTable:
    """Return the limits of the certification cycle (ISO/IEC 17021-1)."""
    return tables.cycle_table(declared("cycle"))


@lru_cache(maxsize=1)
def vocabularies() -> Mapping[str, dict[str, Any]]:
    """Return code → vocabulary of findings (fr, en, grades), to begin a body's own with."""
    return {entry["code"]: entry for entry in declared("grades")["vocabularies"]}
