"""Register studies, one by one or a hundred at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from diapason.audit_trail import bulk
from diapason.audit_trail.acts import act, record, take_number, take_numbers
from diapason.context.network.models import Organization
from diapason.context.studies import facts, permissions
from diapason.context.studies.acts import rows
from diapason.context.studies.models import InvestigatorSite, Study, StudyIdentifier, StudySource, StudyStatus
from diapason.context.studies.rules.drafts import StudyDraft
from diapason.context.studies.rules.identifiers import check, naming
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

MOST = 100
"""How many studies one act takes: longer acts would keep everybody else waiting."""


@act
def register_study(*, draft: StudyDraft, organization: Organization | None, by: Any, on: date) -> Study:
    """Register one study by hand for an organization (None: for the network) (ISO 9001 §8.2.2).

    Raises BadIdentifier for a number that is none; Refused when another study bears one of the numbers.
    """
    permissions.may_register_study(organization, by=by).require()
    checked = tuple((kind, check(kind, value)) for kind, value in draft.identifiers)
    _none_taken(checked).require()
    owner = organization.code if organization else "NET"
    key = draft.key or naming(checked) or take_number("ET", owner, on.year)
    return register_studies(drafts=[replace(draft, key=key, identifiers=checked)], by=by, on=on)[0]


def _none_taken(identifiers: Sequence[tuple[str, str]]) -> Verdict:
    taken = rows.taken_numbers(value for _, value in identifiers)
    for kind, value in identifiers:
        if (kind, value) in taken:
            return Verdict.no(message("Another study already bears the number %(number)s."), number=value)
    return Verdict.yes()


@act
def register_studies(
    *, drafts: Sequence[StudyDraft], by: Any, on: date, organization: Organization | None = None
) -> list[Study]:
    """Register up to a hundred studies in one act; each is stated by a fact of its own.

    The drafts are trusted to be checked: numbers in their canonical form, members' sites already recognised.
    """
    if len(drafts) > MOST:
        raise ValueError(f"{len(drafts)} studies in one act, at most {MOST}")
    if len(drafts) > 1:
        permissions.may_register_study(organization, by=by).require()
    places = rows.places_of(drafts)
    studies = [rows.study_of(draft) for draft in drafts]
    _give_keys(studies, drafts, on)
    statuses: list[list[StudyStatus]] = []
    sites: list[list[rows.PlainSite]] = []
    for study, draft in zip(studies, drafts, strict=True):
        register = draft.source.register if draft.source else ""
        statuses.append(rows.statuses_of(study, draft.statuses, register))
        sites.append(rows.plain_sites_of(study, draft.sites, places))
    bulk.insert(Study, studies)
    bulk.insert(StudyStatus, rows.tied(studies, statuses))
    bulk.insert_plain(InvestigatorSite, rows.tied(studies, sites))
    pairs = zip(studies, drafts, strict=True)
    bulk.insert(StudyIdentifier, rows.identifiers_of((study, draft.identifiers) for study, draft in pairs))
    sources = [rows.source_of(s, d.source) for s, d in zip(studies, drafts, strict=True) if d.source]
    bulk.insert(StudySource, sources)
    _state(studies, drafts, by)
    return studies


def _give_keys(studies: Sequence[Study], drafts: Sequence[StudyDraft], on: date) -> None:
    """Name each study in addresses: by its number in a public register, else by a number of ours."""
    for study, draft in zip(studies, drafts, strict=True):
        study.key = study.key or naming(draft.identifiers)
    wanted = {study.key for study in studies if study.key}
    known = set(Study.objects.filter(key__in=wanted).values_list("key", flat=True)) if wanted else set()
    nameless = []
    for study in studies:
        if not study.key or study.key in known:
            nameless.append(study)
        known.add(study.key)
    for study, key in zip(nameless, take_numbers("ET", "NET", on.year, len(nameless)), strict=True):
        study.key = key


def _state(studies: Sequence[Study], drafts: Sequence[StudyDraft], by: Any) -> None:
    wanted = {pk for study in studies for pk in (study.holder_id, study.sponsor_id, study.lead_id) if pk}
    codes = dict(Organization.objects.filter(pk__in=wanted).values_list("pk", "code")) if wanted else {}
    for study, draft in zip(studies, drafts, strict=True):
        owner = codes.get(study.holder_id or study.sponsor_id or study.lead_id or 0, "")
        source = draft.source.register if draft.source else "–"
        record(facts.StudyRegistered(subject=study.subject, organization=owner, source=source), by=by)
