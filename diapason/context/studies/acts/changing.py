"""Work out what one newer version changes on one study and its parts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from diapason.context.studies.acts import rows
from diapason.context.studies.models import (
    InvestigatorSite,
    Study,
    StudyIdentifier,
    StudyRevision,
    StudySource,
    StudyStatus,
)
from diapason.context.studies.rules.differences import Change, differences
from diapason.context.studies.rules.drafts import StudyDraft
from diapason.context.studies.rules.history import StatusDraft, continued
from diapason.kernel.dates import PartialDate

APART = {"holder_id", "is_confidential", "lead_id", "sponsor_id", "sponsor_name"}
COMPARED = tuple(name for name in rows.SIMPLE_FIELDS if name not in APART)
NAMED = 20
"""How many site names a revision lists; the count says how many there are."""


class Changing:
    """Hold one study with its parts while a newer version is applied; nothing is written here."""

    def __init__(
        self,
        study: Study,
        identifiers: list[StudyIdentifier],
        statuses: list[StudyStatus],
        sites: list[InvestigatorSite],
        sources: list[StudySource],
        draft: StudyDraft,
        places: rows.Places,
        on: date,
    ) -> None:
        self.study, self.draft, self.places, self.on = study, draft, places, on
        self.identifiers, self.known_statuses, self.sites = identifiers, statuses, sites
        if draft.source is None:
            raise ValueError("a newer version needs the source that it comes from")
        self.told = draft.source
        self.source = self._source(sources)
        self.changes: list[Change] = []
        self.new_identifiers: list[tuple[str, str]] = []
        self.statuses: list[StudyStatus] = []
        self.dropped_statuses: list[StudyStatus] = []
        self.touched_sites: list[InvestigatorSite] = []

    def apply(self) -> None:
        """Change the rows in memory and gather the revision."""
        self._fields()
        self._status()
        self._numbers()
        self._places()
        self.study.is_public = True
        self.study.version += 1
        self.study.named()
        told = self.told
        self.revision = StudyRevision(
            study=self.study,
            on=self.on,
            register=told.register,
            version_on=told.version_on,
            data_on=told.data_on,
            import_number=told.import_number,
            changes=self.changes,
        )
        self.source.digest, self.source.version_on = told.digest, told.version_on
        self.source.data_on, self.source.import_number = told.data_on, told.import_number
        self.source.version += 1

    def _source(self, sources: list[StudySource]) -> StudySource:
        told = self.told
        for source in sources:
            if (source.register, source.identifier) == (told.register, told.identifier):
                return source
        return rows.source_of(self.study, told)

    def _fields(self) -> None:
        old = {name: getattr(self.study, name) for name in COMPARED}
        new = {name: getattr(self.draft, name) for name in COMPARED}
        held = self.study.held_fields
        found = differences(old, new, held)
        dates = {name: getattr(self.study, name) for name in rows.DATES}
        newer = {name: getattr(self.draft, name) for name in rows.DATES}
        for change in differences(dates, newer, held):
            if not change.get("kept"):
                self.study.set_dates(change["field"], change["new"])
            found.append({**change, "old": said(change["old"]), "new": said(change["new"])})
        for change in found:
            if not change.get("kept") and change["field"] in COMPARED:
                setattr(self.study, change["field"], change["new"])
        self.changes += [*self._sponsor(), *found]

    def _sponsor(self) -> list[Change]:
        """Take the sponsor over, said in words; a held one stays."""
        study, told = self.study, self.draft
        before = study.sponsor_said
        if (study.sponsor_id, study.sponsor_name) == (told.sponsor_id, told.sponsor_name):
            return []
        if {"sponsor", "sponsor_name"} & set(study.held_fields):
            return [{"field": "sponsor", "old": before, "new": told.sponsor_name, "kept": True}]
        study.sponsor_id, study.sponsor_name = told.sponsor_id, told.sponsor_name
        return [{"field": "sponsor", "old": before, "new": study.sponsor_said}]

    def _status(self) -> None:
        """Write the continued history over the known rows, position by position."""
        before = self.study.status
        if "status" in self.study.held_fields:
            return
        drafts: Sequence[StatusDraft] = self.draft.statuses
        if self.draft.snapshot:
            drafts = continued(history_of(self.known_statuses), self.source.version_on, self.draft.snapshot)
        fresh = rows.statuses_of(self.study, drafts, self.source.register)
        if before != self.study.status:
            self.changes.append({"field": "status", "old": before, "new": self.study.status})
        if [_told(row) for row in fresh] == [_told(row) for row in self.known_statuses]:
            return
        for position, row in enumerate(fresh):
            if position < len(self.known_statuses):
                known = self.known_statuses[position]
                row.pk, row.version = known.pk, known.version + 1
            self.statuses.append(row)
        self.dropped_statuses = self.known_statuses[len(fresh) :]

    def _numbers(self) -> None:
        known = {(row.kind, row.value) for row in self.identifiers}
        self.new_identifiers = [pair for pair in self.draft.identifiers if pair not in known]
        if self.new_identifiers:
            added = [value for _, value in self.new_identifiers]
            self.changes.append({"field": "identifiers", "old": "", "new": ", ".join(added)})

    def _places(self) -> None:
        fresh = {
            rows.identity(site): site for site in rows.sites_of(self.study, self.draft.sites, self.places)
        }
        known = {rows.identity(site): site for site in self.sites}
        added = [site for key, site in fresh.items() if key not in known]
        gone = [site for key, site in known.items() if key not in fresh and site.is_listed]
        moved = []
        for key, site in known.items():
            told = fresh.get(key)
            if told is not None and _refresh(site, told):
                moved.append(site)
        for site in gone:
            site.is_listed, site.closed_on, site.version = False, site.closed_on or self.on, site.version + 1
        self.touched_sites = [*added, *moved, *gone]
        if added or gone:
            self.changes.append({"field": "sites", "old": _names(gone), "new": _names(added)})
        elif moved:
            self.changes.append({"field": "site_status", "old": "", "new": _names(moved)})


def _refresh(site: InvestigatorSite, told: InvestigatorSite) -> bool:
    """Bring a known site up to date; tell whether anything moved."""
    same = (site.status, site.listings, site.is_listed) == (told.status, told.listings, True)
    if not same:
        site.status, site.listings, site.is_listed, site.version = (
            told.status,
            told.listings,
            True,
            site.version + 1,
        )
        site.closed_on = told.closed_on
    return not same


def _told(row: StudyStatus) -> tuple[Any, ...]:
    return (row.status, row.since_earliest, row.since_latest, row.since_on, row.until_on)


def _names(sites: Iterable[InvestigatorSite]) -> str:
    names = [f"{site} ({site.place.city})" if site.place and site.place.city else str(site) for site in sites]
    more = [f"+ {len(names) - NAMED}"] if len(names) > NAMED else []
    return " · ".join([*sorted(names)[:NAMED], *more])


def said(when: PartialDate) -> str:
    """Return a date known in part as plain text that can be stored and sorted."""
    if when.earliest is None and when.latest is None:
        return ""
    if when.precision == "day":
        return rows.iso(when.latest)
    if when.precision in {"month", "year"} and when.earliest:
        return when.earliest.isoformat()[: 7 if when.precision == "month" else 4]
    return f"{rows.iso(when.earliest)}…{rows.iso(when.latest)}"


def history_of(statuses: Iterable[StudyStatus]) -> list[StatusDraft]:
    """Return the stored history as drafts, to be continued."""
    return [StatusDraft(row.status, row.since) for row in statuses]
