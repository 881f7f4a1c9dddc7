"""Turn a registry record into the draft of a study."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Final

from diapason.context.network.rules import sort_key
from diapason.context.studies.rules.drafts import PlaceDraft, SiteDraft, SourceDraft, StudyDraft
from diapason.context.studies.rules.history import Snapshot, from_snapshot
from diapason.context.studies.rules.vocabulary import ENDED, StudyKind
from diapason.operation.registry_imports.readers.record import RegistryRecord, RegistrySite, tidy
from diapason.operation.registry_imports.rules.places import Directory, Match

THERAPEUTIC_PURPOSE: Final = "treatment"
Propose = Callable[[str, str, str, Match], None]
"""Called with (key, name, city, match) for a place or sponsor that a person has to confirm."""


@lru_cache(maxsize=50_000)
def place_key(name: str, city: str, country: str) -> str:
    """Return the key of a place outside the network: digest of its folded name, town and country."""
    folded = "|".join((sort_key(name), sort_key(city), country))
    return sha256(folded.encode()).hexdigest()


def sponsor_key(name: str) -> str:
    """Return the key under which the decision about a sponsor's name is kept."""
    return sha256(f"sponsor|{sort_key(name)}".encode()).hexdigest()


def snapshot_of(record: RegistryRecord) -> Snapshot:
    """Return what the register says of the study's life; an end that is only planned is no end."""
    end = record.end if record.end.when.is_known else record.primary_end
    is_over = record.status in ENDED and end.is_actual is not False
    return Snapshot(
        status=record.status,
        last_known=record.last_known_status,
        start=record.start.when,
        end=end.when if is_over else Snapshot.end,
        first_seen=record.first_seen,
        verified=record.verified,
        updated=record.version_on or record.data_on,
    )


def study_draft(
    record: RegistryRecord,
    directory: Directory,
    digest: str,
    propose: Propose,
    import_number: str,
    data_on: date | None,
) -> StudyDraft:
    """Return the draft; what is not surely a member's is kept as outside, and proposed when it may be one."""
    own = _sponsor(record.sponsor, directory, propose)
    snapshot, reached = snapshot_of(record), bool(record.enrolment_is_actual)
    day = record.data_on or data_on
    return StudyDraft(
        title_en=record.official_title or record.title,
        acronym=record.acronym,
        sponsor_id=own,
        sponsor_name="" if own else record.sponsor,
        sponsor_kind=record.sponsor_kind,
        kind=record.kind,
        phase=record.phase,
        purpose=record.purpose,
        interventions=", ".join(record.interventions)[:200],
        conditions=tidy(" · ".join(record.conditions), 600),
        is_therapeutic=_is_therapeutic(record),
        planned_enrolment=None if reached else record.enrolment,
        actual_enrolment=record.enrolment if reached else None,
        starts=record.start.when,
        primary_ends=record.primary_end.when,
        ends=record.end.when,
        funding=tidy(" · ".join(record.collaborators), 600),
        identifiers=record.identifiers,
        statuses=tuple(from_snapshot(snapshot)),
        sites=tuple(_site(site, directory, propose) for site in record.sites),
        snapshot=snapshot,
        source=SourceDraft(record.register, record.identifier, digest, record.version_on, day, import_number),
    )


def _sponsor(name: str, directory: Directory, propose: Propose) -> int | None:
    """Return the member that surely sponsors; a doubtful one is proposed."""
    if not name:
        return None
    key = sponsor_key(name)
    found = directory.sponsor(name, key)
    if found and not found.is_sure:
        propose(key, name, "", found)
    return found.organization_id if found.is_sure else None


def _is_therapeutic(record: RegistryRecord) -> bool | None:
    if record.kind == StudyKind.INTERVENTIONAL and record.purpose:
        return record.purpose == THERAPEUTIC_PURPOSE
    return False if record.kind == StudyKind.OBSERVATIONAL else None


def _site(site: RegistrySite, directory: Directory, propose: Propose) -> SiteDraft:
    key = place_key(site.name, site.city, site.country)
    match = directory.place(site.name, site.city, site.postcode, site.country, key)
    if match and match.is_sure:
        return SiteDraft(
            match.organization_id,
            match.site_id,
            country=site.country,
            status=site.status,
            listings=site.listings,
        )
    if match:
        propose(key, site.name, site.city, match)
    place = PlaceDraft(site.name, site.city, site.country, key)
    return SiteDraft(place=place, country=site.country, status=site.status, listings=site.listings)
