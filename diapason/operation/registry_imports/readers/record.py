"""Hold one registry record in one canonical form, whatever file format it came from."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

import orjson

from diapason.context.studies.rules.history import UNDATED
from diapason.context.studies.rules.vocabulary import Status
from diapason.kernel.dates import PartialDate
from diapason.kernel.words import message

Parameters = dict[str, Any]
Doubt = tuple[str, Parameters]
CLINICAL_TRIALS_GOV: Final = "ClinicalTrials.gov"
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]+")


class Unreadable(ValueError):
    """Say why a record, a member or a file is refused: a code, a message id and its parameters."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


REASONS: Final[dict[str, str]] = {
    "empty": message("The file is empty."),
    "foreign": message("This is not a record of ClinicalTrials.gov."),
    "summary": message("This is a result list of the search page, not the full record."),
    "truncated": message("The file ends in the middle of the record."),
    "malformed": message("The text cannot be read: %(detail)s."),
    "encoding": message("The characters are not in the encoding that the format demands."),
    "doctype": message(
        "The document declares a document type of its own, which a registry record never does."
    ),
    "no_identifier": message("The record has no valid NCT number (%(found)s)."),
    "no_title": message("The record has no title."),
    "too_large": message("The record is larger than %(limit)s MB."),
    "bomb": message("The archive member grows more than %(limit)s-fold when it is unpacked."),
    "total": message("The archive holds more than %(limit)s GB in all."),
    "members": message("The archive holds more than %(limit)s files."),
    "overlap": message("Two members of the archive lie over each other."),
    "encrypted": message("The archive member is protected by a password."),
    "method": message("The archive member is packed in a way that is not read here."),
    "nested": message("An archive inside an archive is not opened."),
    "damaged": message("The archive or its member is damaged."),
    "duplicate": message("The same record stands earlier in this file."),
    "not_object": message("This element of the list is not a record."),
    "refused": message("The record could not be stored: %(detail)s."),
}
"""Why something is refused, by code; translated where it is shown."""


class RegistrySite(NamedTuple):
    """Hold one place of a study; `country` is an ISO code, or the register's own words when it is none."""

    name: str
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    status: str = ""
    listings: int = 1


@dataclass(frozen=True, slots=True)
class RegistryDate:
    """Hold a date of the register and whether it says that it happened (None: it does not say)."""

    when: PartialDate = UNDATED
    is_actual: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRecord:
    """Hold what is kept of one registry record.

    Names, addresses and numbers of contacts, officials and investigators are personal data and are not
    here: the readers never take them over. A sponsor that is a person is kept without the name.
    `data_on` (day of the download) and `doubts` (what could not be understood) are no part of the content.
    """

    identifier: str
    register: str = CLINICAL_TRIALS_GOV
    identifiers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    official_title: str = ""
    acronym: str = ""
    sponsor: str = ""
    sponsor_kind: str = ""
    collaborators: tuple[str, ...] = ()
    kind: str = ""
    phase: str = ""
    purpose: str = ""
    interventions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    status: str = Status.UNKNOWN
    last_known_status: str = ""
    start: RegistryDate = RegistryDate()
    primary_end: RegistryDate = RegistryDate()
    end: RegistryDate = RegistryDate()
    verified: PartialDate = UNDATED
    first_seen: date | None = None
    version_on: date | None = None
    enrolment: int | None = None
    enrolment_is_actual: bool | None = None
    sites: tuple[RegistrySite, ...] = ()
    data_on: date | None = None
    doubts: tuple[Doubt, ...] = ()

    def canonical(self) -> dict[str, Any]:
        """Return the content as plain values: equal for equal content, whatever the file format."""
        values = {name: plain(getattr(self, name)) for name in CONTENT}
        values["sites"] = [list(site) for site in self.sites]
        return values

    def packed(self) -> bytes:
        """Return the canonical content as bytes."""
        return orjson.dumps(self.canonical(), option=orjson.OPT_SORT_KEYS)

    def digest(self) -> str:
        """Return the SHA-256 of the canonical content."""
        return hashlib.sha256(self.packed()).hexdigest()


CONTENT: Final = tuple(
    name for name in RegistryRecord.__dataclass_fields__ if name not in {"data_on", "doubts", "sites"}
)


def plain(value: Any) -> Any:
    """Return a value in the form that is digested and staged."""
    if isinstance(value, PartialDate):
        return [value.earliest, value.latest]
    if isinstance(value, RegistryDate):
        return [value.when.earliest, value.when.latest, value.is_actual]
    return value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def unpacked(raw: bytes, data_on: date | None = None) -> RegistryRecord:
    """Return the record whose canonical content was packed."""
    values = orjson.loads(raw)
    for name in ("start", "primary_end", "end"):
        first, last, actual = values[name]
        values[name] = RegistryDate(PartialDate(_day(first), _day(last)), actual)
    first, last = values["verified"]
    values["verified"] = PartialDate(_day(first), _day(last))
    for name in ("first_seen", "version_on"):
        values[name] = _day(values[name])
    values["identifiers"] = tuple((kind, value) for kind, value in values["identifiers"])
    for name in ("collaborators", "interventions", "conditions"):
        values[name] = tuple(values[name])
    values["sites"] = tuple(map(RegistrySite._make, values["sites"]))
    return RegistryRecord(**values, data_on=data_on)


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what stands at one place of a file: a record, or the reason why it is refused.

    `place` is the member's name, with the position inside it when it holds several records.
    """

    place: str
    record: RegistryRecord | None = None
    code: str = ""
    parameters: Parameters = field(default_factory=dict)


def tidy(text: Any, longest: int = 300) -> str:
    """Return a text on one line without control characters, cut at `longest`; "" when it is no text."""
    if not isinstance(text, str) or not text:
        return ""
    line = text.strip()
    if "  " in line or not line.isprintable():
        line = " ".join(_CONTROLS.sub(" ", line).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


_OPENNESS: Final = {
    status: rank
    for rank, status in enumerate(
        (Status.RECRUITING, Status.BY_INVITATION, Status.NOT_YET_RECRUITING, Status.SUSPENDED,
         Status.CLOSED_TO_INCLUSION, Status.COMPLETED, Status.TERMINATED, Status.WITHDRAWN)
    )
}  # fmt: skip


def gathered(sites: Iterable[RegistrySite]) -> tuple[RegistrySite, ...]:
    """Return the sites in order, equal places put together: listings counted, the most open status kept."""
    found: dict[tuple[str, str, str, str], RegistrySite] = {}
    for site in sites:
        place = (site.country, site.city.casefold(), site.name.casefold(), site.postcode)
        known = found.get(place)
        if known is None:
            found[place] = site
            continue
        status = min(
            known.status, site.status, key=lambda s: _OPENNESS.get(Status(s) if s else Status.UNKNOWN, 99)
        )
        found[place] = known._replace(status=status, listings=known.listings + site.listings)
    return tuple(found[place] for place in sorted(found))
