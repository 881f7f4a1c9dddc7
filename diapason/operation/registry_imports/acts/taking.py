"""Take one batch of an import over into the record of studies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.context.studies.acts import register_studies, take_over_versions
from diapason.operation.registry_imports import facts
from diapason.operation.registry_imports.models import ImportProgress, ImportRun, PlaceProposal, StagedLine
from diapason.operation.registry_imports.queries import Compared, compared
from diapason.operation.registry_imports.readers.record import unpacked
from diapason.operation.registry_imports.rules.drafting import sponsor_key, study_draft
from diapason.operation.registry_imports.rules.places import Directory, Match

Outcome = StagedLine.Outcome


@act
def take_over(*, run: ImportRun, lines: Sequence[StagedLine], directory: Directory, by: Any, on: date) -> int:
    """Take over up to a hundred staged lines in one act and move the cursor with them; return how many changed.

    Each record is compared again with what is known now, so that a run left for a week, or run twice, does no harm.
    """
    gathered = _Proposals()
    contents = [bytes(line.packed or b"") for line in lines]
    records = [unpacked(content, line.data_on) for content, line in zip(contents, lines, strict=True)]
    found = compared(records, run.data_on, contents)
    drafts = {
        each.record.identifier: study_draft(
            each.record, directory, each.digest, gathered.add, run.number, run.data_on
        )
        for each in found
        if each.outcome in {Outcome.CREATE, Outcome.UPDATE}
    }
    fresh = [drafts[each.record.identifier] for each in found if each.outcome == Outcome.CREATE]
    newer = [
        (each.study_id, drafts[each.record.identifier])
        for each in found
        if each.outcome == Outcome.UPDATE and each.study_id
    ]
    if fresh:
        register_studies(drafts=fresh, by=by, on=on)
    if newer:
        take_over_versions(drafts=newer, by=by, on=on)
    _settle(run, lines, found)
    gathered.keep()
    if drafts:
        record(
            facts.RegistryRecordsTakenOver(subject=run.subject, count=len(drafts), line=lines[-1].position),
            by=by,
        )
    return len(drafts)


def _settle(run: ImportRun, lines: Sequence[StagedLine], found: Sequence[Compared]) -> None:
    """Mark the lines as done, with what became of them in the end; their working copy is thrown away."""
    changed = [line for line, each in zip(lines, found, strict=True) if line.outcome != each.outcome]
    outcomes = {each.record.identifier: each.outcome for each in found}
    for line in changed:
        StagedLine.objects.filter(pk=line.pk).update(outcome=outcomes[line.identifier])
    StagedLine.objects.filter(pk__in=[line.pk for line in lines]).update(is_done=True, packed=None)
    progress = ImportProgress.objects.get(run=run)
    progress.done += len(lines)
    progress.save(update_fields=["done"])


class _Proposals:
    """Gather the names that a person has to decide about."""

    def __init__(self) -> None:
        self.found: dict[str, PlaceProposal] = {}

    def add(self, key: str, name: str, city: str, match: Match) -> None:
        """Keep a name that may be a member's."""
        if key in self.found:
            self.found[key].times += 1
        elif match.organization_id is not None:
            self.found[key] = self._proposal(key, name, city, match)

    @staticmethod
    def _proposal(key: str, name: str, city: str, match: Match) -> PlaceProposal:
        return PlaceProposal(
            key=key,
            name=name[:300],
            city=city[:120],
            is_sponsor=key == sponsor_key(name),
            organization_id=match.organization_id or 0,
            site_id=match.site_id,
        )

    def keep(self) -> None:
        """Store the names that were not asked about yet."""
        asked = set(PlaceProposal.objects.filter(key__in=self.found).values_list("key", flat=True))
        PlaceProposal.objects.bulk_create([row for key, row in self.found.items() if key not in asked])
