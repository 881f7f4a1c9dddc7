"""Compare what a file says with what is known, and answer questions about imports."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Count, QuerySet

from diapason.context.network.models import FormerName, Organization, Site
from diapason.context.studies.models import StudyIdentifier, StudySource
from diapason.operation.registry_imports.models import ImportRun, PlaceName, PlaceProposal, StagedLine
from diapason.operation.registry_imports.readers.record import CLINICAL_TRIALS_GOV, RegistryRecord
from diapason.operation.registry_imports.rules.places import Directory, Match, MemberName, MemberSite

Outcome = StagedLine.Outcome

REMARKS = 50
"""How many lines with something not understood one page shows."""


@dataclass(frozen=True)
class Compared:
    """Hold what becomes of one record: an outcome, and the study that it speaks of when there is one.

    `packed` is the record's canonical content, `digest` the SHA-256 of these bytes.
    """

    record: RegistryRecord
    packed: bytes
    digest: str
    outcome: str
    study_id: int | None = None


def compared(
    records: Sequence[RegistryRecord], data_on: date | None = None, packed: Sequence[bytes] = ()
) -> list[Compared]:
    """Return what would become of each record (two queries for the whole batch).

    `data_on` dates the records whose file does not say of which day it is; `packed` is their canonical content
    when it is at hand.
    """
    contents = packed or [record.packed() for record in records]
    sources = {
        source.identifier: source
        for source in StudySource.objects.filter(identifier__in=[record.identifier for record in records])
    }
    unknown = [record for record in records if record.identifier not in sources]
    known = known_by_number(unknown) if unknown else {}
    found = []
    for record, content in zip(records, contents, strict=True):
        digest, source = sha256(content).hexdigest(), sources.get(record.identifier)
        study = source.study_id if source else known.get(record.identifier)
        if source is None:
            outcome: str = Outcome.UPDATE if study else Outcome.CREATE
        else:
            outcome = against(source, record, digest, data_on)
        found.append(Compared(record, content, digest, outcome, study))
    return found


def against(source: StudySource, record: RegistryRecord, digest: str, data_on: date | None) -> str:
    """Return what becomes of a record whose source is known: an older view never overwrites a newer one."""
    if source.digest == digest:
        return Outcome.UNCHANGED
    told, known = record.version_on, source.version_on
    if told and known and told != known:
        return Outcome.OLDER if told < known else Outcome.UPDATE
    seen = record.data_on or data_on
    return Outcome.OLDER if seen and source.data_on and seen < source.data_on else Outcome.UPDATE


def known_by_number(records: Iterable[RegistryRecord]) -> dict[str, int]:
    """Return registry number → study that is known under one of the record's numbers (at most three queries).

    The register's own number decides: a study that the register holds under another number is the record's study
    only when one of the two names the other's number; a further number that both bear is no such word. Another
    checked number decides only when the study bears no number of this register.
    """
    numbers = {
        value: record.identifier for record in records for kind, value in record.identifiers if _checked(kind)
    }
    borne = StudyIdentifier.objects.filter(value__in=numbers, is_disputed=False)
    rows = [row for row in borne.values_list("kind", "value", "study_id") if _checked(row[0])]
    studies = {study for _, _, study in rows}
    if not studies:
        return {}
    bearers = StudyIdentifier.objects.filter(kind="nct", study_id__in=studies)
    with_number = set(bearers.values_list("study_id", flat=True))
    read = StudySource.objects.filter(study_id__in=with_number, register=CLINICAL_TRIALS_GOV)
    held_as: dict[int, set[str]] = defaultdict(set)
    for study, number in read.values_list("study_id", "identifier"):
        held_as[study].add(number)
    found: dict[str, int] = {}
    for kind, value, study in sorted(rows, key=lambda row: row[0] == "nct"):
        own = held_as[study]
        named = not own or value in own or value == numbers[value]
        if named if kind == "nct" else study not in with_number:
            found[numbers[value]] = study
    return found


def _checked(kind: str) -> bool:
    return kind in {"nct", "eu_ct", "eudract", "id_rcb", "isrctn"}


def directory() -> Directory:
    """Return the members' names and places as the recognition of names needs them (four queries)."""
    names: list[MemberName] = []
    for organization in Organization.objects.members():
        names += [MemberName(name, organization.pk) for name in {organization.name, organization.short_name}]
    for former in FormerName.objects.all():
        names.append(MemberName(former.name, former.organization_id))
    sites = []
    for site in Site.objects.all():
        names.append(MemberName(site.name, site.organization_id, site.pk))
        sites.append(MemberSite(site.pk, site.organization_id, site.city, site.department))
    decided = {
        row.key: Match(row.organization_id, row.site_id, row.organization_id is not None)
        for row in PlaceName.objects.all()
    }
    return Directory(names, sites, decided)


@dataclass(frozen=True)
class Counts:
    """Hold how many lines of a file have which outcome."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    older: int = 0
    refused: int = 0


_FIELDS = {
    Outcome.CREATE: "created",
    Outcome.UPDATE: "updated",
    Outcome.UNCHANGED: "unchanged",
    Outcome.OLDER: "older",
    Outcome.REFUSED: "refused",
}


def counts(run: ImportRun) -> Counts:
    """Return how many lines of the working copy have which outcome (one query)."""
    rows = run.lines.order_by().values_list("outcome").annotate(Count("pk"))
    found = {_FIELDS[StagedLine.Outcome(outcome)]: number for outcome, number in rows}
    return Counts(read=sum(found.values()), **found)


def samples(run: ImportRun, outcome: str, size: int = 10) -> list[StagedLine]:
    """Return the first lines of an outcome (one query)."""
    return list(run.lines.filter(outcome=outcome).defer("packed")[:size])


def refused_lines(run: ImportRun) -> QuerySet[StagedLine]:
    """Return every refused line in the order of the file."""
    return run.lines.filter(outcome=Outcome.REFUSED).defer("packed").order_by("position")


def remarked_lines(run: ImportRun) -> QuerySet[StagedLine]:
    """Return the lines taken over with something not understood, in the order of the file."""
    return run.lines.exclude(doubts=[]).defer("packed").order_by("position")


def first_remarks(run: ImportRun) -> list[StagedLine]:
    """Return the first of those lines, one more than a page shows (one query)."""
    return list(remarked_lines(run)[: REMARKS + 1])


def open_proposals() -> QuerySet[PlaceProposal]:
    """Return the names that a person has to decide about, the most frequent first."""
    return PlaceProposal.objects.select_related("organization", "site")
