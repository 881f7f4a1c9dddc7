"""Turn the drafts of studies into rows, a handful of statements for a whole batch."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db.models import Q

from diapason.context.network.acts import register_outside_places
from diapason.context.network.models import OutsidePlace
from diapason.context.network.rules import sort_key
from diapason.context.studies.models import InvestigatorSite, Study, StudyIdentifier, StudySource, StudyStatus
from diapason.context.studies.rules.countries import is_abroad
from diapason.context.studies.rules.drafts import PlaceDraft, SiteDraft, SourceDraft, StudyDraft
from diapason.context.studies.rules.history import StatusDraft, stretches
from diapason.context.studies.rules.identifiers import OTHER, SPONSOR_CODE

SIMPLE_FIELDS = (
    "title_fr", "title_en", "acronym", "sponsor_id", "sponsor_name", "sponsor_kind", "lead_id", "kind",
    "category", "phase", "purpose", "interventions", "conditions", "is_therapeutic", "planned_enrolment",
    "actual_enrolment", "funding", "holder_id", "is_confidential",
)  # fmt: skip
DATES = ("starts", "primary_ends", "ends")
# Values in the order of the columns make a row at a third of the cost of naming them: an import makes thousands.
STUDY_COLUMNS = [(field.attname, field.get_default) for field in Study._meta.concrete_fields]
STATUS_COLUMNS = [field.attname for field in StudyStatus._meta.concrete_fields]
SITE_COLUMNS = [field.attname for field in InvestigatorSite._meta.concrete_fields]
NUMBER_COLUMNS = [field.attname for field in StudyIdentifier._meta.concrete_fields]
Places = dict[str, int]
PlainSite = SimpleNamespace
"""An investigator site before it is stored, with the attributes of SITE_COLUMNS: an import makes ten thousands."""
Part = TypeVar("Part", PlainSite, StudyStatus)


def place_key(place: PlaceDraft) -> str:
    """Return the key under which a place outside the network is known: a digest of its folded names."""
    if place.key:
        return place.key
    folded = "|".join((sort_key(place.name), sort_key(place.city), place.country))
    return sha256(folded.encode()).hexdigest()


def places_of(drafts: Iterable[StudyDraft]) -> Places:
    """Return key → row of every outside place named, the unknown ones registered (at most three statements)."""
    wanted: dict[str, PlaceDraft] = {}
    for draft in drafts:
        for site in draft.sites:
            if site.place is not None:
                wanted.setdefault(place_key(site.place), site.place)
    if not wanted:
        return {}
    known = dict(OutsidePlace.objects.filter(key__in=wanted).values_list("key", "pk"))
    fresh = register_outside_places([_outside(key, wanted[key]) for key in wanted if key not in known])
    return known | {key: place.pk for key, place in fresh.items()}


def _outside(key: str, place: PlaceDraft) -> OutsidePlace:
    return OutsidePlace(key=key, name=place.name[:300], city=place.city[:120], country=place.country[:80])


def study_of(draft: StudyDraft) -> Study:
    """Return the unsaved study of a draft."""
    values = {name: getattr(draft, name) for name in SIMPLE_FIELDS}
    values |= {"key": draft.key, "is_public": draft.source is not None}
    study = Study(*[values[name] if name in values else default() for name, default in STUDY_COLUMNS])
    for name in DATES:
        study.set_dates(name, getattr(draft, name))
    return study.named()


def statuses_of(study: Study, drafts: Sequence[StatusDraft], source: str) -> list[StudyStatus]:
    """Return the unsaved history of a study; the study's own status becomes the last one."""
    found = stretches(drafts)
    if found:
        study.status = found[-1].status
    values: dict[str, Any] = {"version": 1, "study_id": study.pk, "source": source}
    rows = []
    for each in found:
        values["status"], values["since_on"], values["until_on"] = each.status, each.since_on, each.until_on
        values["since_earliest"], values["since_latest"] = each.since.earliest, each.since.latest
        values["since_wording"] = each.since.wording[:80]
        rows.append(StudyStatus(*[values.get(name) for name in STATUS_COLUMNS]))
    return rows


def site_of(study_id: int | None, draft: SiteDraft, places: Places) -> PlainSite:
    """Return the investigator site of a draft as a plain object with its columns; `study_id` may follow later."""
    country = draft.country or (draft.place.country if draft.place else "FR")
    return PlainSite(
        id=None,
        version=1,
        study_id=study_id,
        organization_id=draft.organization_id,
        site_id=draft.site_id,
        place_id=places[place_key(draft.place)] if draft.place is not None else None,
        country=country,
        is_abroad=is_abroad(country),
        status=draft.status,
        opened_on=draft.opened.earliest,
        closed_on=draft.closed.earliest,
        listings=min(draft.listings, 32_000),
        is_listed=True,
    )


def sites_of(study: Study, drafts: Iterable[SiteDraft], places: Places) -> list[InvestigatorSite]:
    """Return the unsaved investigator sites, one for each place, and count them on the study."""
    plain = plain_sites_of(study, drafts, places)
    return [InvestigatorSite(*[getattr(site, name) for name in SITE_COLUMNS]) for site in plain]


def plain_sites_of(study: Study, drafts: Iterable[SiteDraft], places: Places) -> list[PlainSite]:
    """Return the investigator sites as plain objects, one for each place, and count them on the study."""
    found: dict[tuple[Any, ...], PlainSite] = {}
    for draft in drafts:
        site = site_of(study.pk, draft, places)
        known = found.setdefault(identity(site), site)
        if known is not site:
            known.listings += site.listings
            known.status = known.status or site.status
    counted(study, found.values())
    return list(found.values())


def tied(studies: Iterable[Study], parts: Sequence[list[Part]]) -> list[Part]:
    """Return the sites, or the statuses, of studies that were just stored, each tied to its study."""
    for study, group in zip(studies, parts, strict=True):
        for part in group:
            part.study_id = study.pk
    return [part for group in parts for part in group]


def identity(site: InvestigatorSite | PlainSite) -> tuple[Any, ...]:
    """Return what makes two sites of one study the same."""
    return (site.place_id,) if site.place_id else (site.organization_id, site.site_id)


def counted(study: Study, sites: Iterable[InvestigatorSite | PlainSite]) -> None:
    """Write the number of listed sites, and of those abroad, on the study."""
    listed = [site for site in sites if site.is_listed]
    study.site_count = len(listed)
    study.site_count_abroad = sum(site.is_abroad for site in listed)


def identifiers_of(pairs: Iterable[tuple[Study, tuple[tuple[str, str], ...]]]) -> list[StudyIdentifier]:
    """Return the unsaved identifiers; those that another study bears already are marked as disputed."""
    wanted = [
        (study, kind, value[:60]) for study, identifiers in pairs for kind, value in identifiers if value
    ]
    checked = {value for _, kind, value in wanted if kind not in {OTHER, SPONSOR_CODE}}
    taken = taken_numbers(checked) if checked else {}
    rows = []
    for study, kind, value in wanted:
        bearer = taken.setdefault((kind, value), study.pk)
        disputed = bearer != study.pk and kind not in {OTHER, SPONSOR_CODE}
        values = {"version": 1, "study_id": study.pk, "kind": kind, "value": value, "is_disputed": disputed}
        rows.append(StudyIdentifier(*[values.get(name) for name in NUMBER_COLUMNS]))
    return rows


def taken_numbers(values: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return (kind, value) → study of the undisputed numbers among `values` (one query)."""
    numbers = StudyIdentifier.objects.filter(value__in=list(values), is_disputed=False)
    numbers = numbers.exclude(Q(kind=OTHER) | Q(kind=SPONSOR_CODE))
    return {(kind, value): study for kind, value, study in numbers.values_list("kind", "value", "study_id")}


def source_of(study: Study, draft: SourceDraft) -> StudySource:
    """Return the unsaved source of a study."""
    return StudySource(
        study=study,
        register=draft.register,
        identifier=draft.identifier,
        digest=draft.digest,
        version_on=draft.version_on,
        data_on=draft.data_on,
        import_number=draft.import_number,
    )


def iso(day: date | None) -> str:
    """Return a day as ISO text, "" when there is none."""
    return day.isoformat() if day else ""
