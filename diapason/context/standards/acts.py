"""Load the catalogue of standards: transactional, previewed, and never losing an answer."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.context.standards import facts, permissions
from diapason.context.standards.models import Clause, Edition, Standard
from diapason.context.standards.queries import MODELS, loading_plan, stored_records
from diapason.context.standards.rules.declarations import Catalogue
from diapason.context.standards.rules.planning import Plan, Section
from diapason.context.standards.rules.records import KINDS, Records, clause_key, edition_hash, records_of
from diapason.kernel.verdicts import Conflict, Verdict
from diapason.kernel.words import message

ASKED = frozenset(
    {"title_fr", "title_en", "question_fr", "question_en", "evidence_fr", "evidence_en", "assessable"}
)
"""Name what an answer depends on: when one of these changes, the clause counts as asked anew."""


@act
def load_standards(*, catalogue: Catalogue, by: Any, on: date, previewed: str = "") -> Plan:
    """Load the catalogue: add, change, withdraw and restore; what is gone from it is kept, marked withdrawn.

    `previewed` is the hash shown by the preview: when the files changed since, nothing is loaded.
    """
    permissions.may_load_catalogue(by=by).require()
    _sound(catalogue).require()
    records, stored = records_of(catalogue), stored_records()
    plan = loading_plan(records, stored)
    if previewed and previewed != plan.catalogue_hash:
        raise Conflict("catalogue:standards")
    rows = {kind: {key: row for key, (row, _) in stored[kind].items()} for kind in KINDS}
    versions = _next_versions(plan, records, rows["edition"])
    for section in plan.sections:
        _write(section, records, rows, versions, on)
    _close(plan, records, rows["edition"], versions, by, on)
    return plan


def _sound(catalogue: Catalogue) -> Verdict:
    if not catalogue.problems:
        return Verdict.yes()
    return Verdict.no(
        message("The catalogue has %(count)s mistakes; the first one: %(first)s"),
        count=len(catalogue.problems),
        first=str(catalogue.problems[0]),
    )


def _next_versions(plan: Plan, records: Records, editions: dict[str, Any]) -> dict[str, int]:
    """Return the number of the coming version of each edition that the loading touches."""
    codes = {_edition_of(section.kind, key) for section in plan.sections for key in section.touched()}
    return {
        code: (editions[code].content_version if code in editions else 0) + 1
        for code in sorted(codes)
        if code in editions or code in records["edition"]
    }


def _edition_of(kind: str, key: str) -> str:
    """Return the code of the edition that a record belongs to ("" for a standard)."""
    return "" if kind == "standard" else key.partition("/")[0]


def _write(
    section: Section, records: Records, rows: dict[str, dict[str, Any]], versions: dict[str, int], on: date
) -> None:
    """Write one kind of record: new rows at once, then those that change."""
    kind = section.kind
    model = MODELS[kind]
    made = {key: model(**_columns(records[kind][key], rows)) for key in section.added}
    for key, row in made.items():
        if isinstance(row, Clause):
            row.content_version = versions[_edition_of(kind, key)]
    rows[kind].update(zip(made, model.objects.bulk_create(made.values()), strict=True))
    if kind == "edition":
        _point_to_editions(records, rows, section)
    changing = [*section.changed, *section.withdrawn, *section.restored]
    touched = {key: rows[kind][key] for key in changing}
    for key, row in touched.items():
        row.version += 1
        for name, value in _columns(records[kind].get(key, {}), rows).items():
            setattr(row, name, value)
        if isinstance(row, Clause) and ASKED & section.changed.get(key, {}).keys():
            row.content_version = versions[_edition_of(kind, key)]
        if kind != "standard":
            row.withdrawn_on = on if key in section.withdrawn else None
    if touched:
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model.objects.bulk_update(touched.values(), names)


def _columns(values: Any, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the values of a record as model attributes, codes turned into rows."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name == "standard":
            columns[name] = rows["standard"][value]
        elif name in {"edition", "edition_from", "edition_to"}:
            columns[name] = rows["edition"][value]
        elif name == "transition_from":
            columns[name] = rows["edition"].get(value) if value else None
        elif name in {"number_from", "number_to"}:
            side = name.removeprefix("number_")
            columns[f"clause_{side}"] = (
                rows["clause"][clause_key(values[f"edition_{side}"], value)] if value else None
            )
        else:
            columns[name] = value
    return columns


def _point_to_editions(records: Records, rows: dict[str, dict[str, Any]], section: Section) -> None:
    """Point new editions to the edition that they follow, now that all of them exist."""
    for key in section.added:
        row, code = rows["edition"][key], records["edition"][key]["transition_from"]
        if code and row.transition_from_id is None:
            row.transition_from = rows["edition"][code]
            row.save(update_fields=["transition_from"])


def _close(
    plan: Plan, records: Records, editions: dict[str, Edition], versions: dict[str, int], by: Any, on: date
) -> None:
    """Give each touched edition its version and hash, and state what was loaded."""
    for code, version in versions.items():
        count: dict[str, Any]
        edition = editions[code]
        edition.content_version, edition.loaded_on = version, on
        if code in records["edition"]:
            edition.content_hash = edition_hash(records, code)
        edition.save(update_fields=["content_version", "content_hash", "loaded_on"])
        count = {
            name: sum(
                1
                for section in plan.sections
                for key in getattr(section, name)
                if _edition_of(section.kind, key) == code
            )
            for name in ("added", "changed", "withdrawn", "restored")
        }
        record(
            facts.EditionLoaded(
                subject=edition.subject,
                label=edition.label,
                content_version=version,
                content_hash=edition.content_hash,
                **count,
            ),
            by=by,
        )
    if not versions and plan.section("standard"):
        _state_standards(plan.section("standard"), by)


def _state_standards(section: Section, by: Any) -> None:
    for code in sorted(section.touched()):
        standard = Standard.objects.get(code=code)
        record(facts.StandardDescribed(subject=f"standard:{code}", name=standard.name), by=by)
