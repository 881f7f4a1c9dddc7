"""Hold a study as it is handed to the acts: plain values, no database."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from diapason.context.studies.rules.history import UNDATED, Snapshot, StatusDraft
from diapason.kernel.dates import PartialDate


class PlaceDraft(NamedTuple):
    """Hold a place outside the network as a source names it; `country` is an ISO code."""

    name: str
    city: str = ""
    country: str = ""
    key: str = ""


class SiteDraft(NamedTuple):
    """Hold one investigator site: a member's site, or a place outside the network.

    `listings` counts the lines of the source that it stands for.
    """

    organization_id: int | None = None
    site_id: int | None = None
    place: PlaceDraft | None = None
    country: str = ""
    status: str = ""
    opened: PartialDate = UNDATED
    closed: PartialDate = UNDATED
    listings: int = 1


@dataclass(frozen=True)
class SourceDraft:
    """Hold where a study was read: the register, its identifier there, the digest of its content, two dates.

    `version_on` is the day on which the register last changed the record, `data_on` the day of the download.
    """

    register: str
    identifier: str
    digest: str
    version_on: date | None = None
    data_on: date | None = None
    import_number: str = ""


@dataclass(frozen=True, kw_only=True)
class StudyDraft:
    """Hold everything that the record keeps of one study.

    `snapshot` is what a register says of its life; a newer one continues the history that is known.
    """

    key: str = ""
    title_fr: str = ""
    title_en: str = ""
    acronym: str = ""
    sponsor_id: int | None = None
    sponsor_name: str = ""
    sponsor_kind: str = ""
    lead_id: int | None = None
    kind: str = ""
    category: str = ""
    phase: str = ""
    purpose: str = ""
    interventions: str = ""
    conditions: str = ""
    is_therapeutic: bool | None = None
    planned_enrolment: int | None = None
    actual_enrolment: int | None = None
    starts: PartialDate = UNDATED
    primary_ends: PartialDate = UNDATED
    ends: PartialDate = UNDATED
    funding: str = ""
    holder_id: int | None = None
    is_confidential: bool = False
    identifiers: tuple[tuple[str, str], ...] = ()
    statuses: tuple[StatusDraft, ...] = ()
    sites: tuple[SiteDraft, ...] = ()
    snapshot: Snapshot | None = None
    source: SourceDraft | None = None
