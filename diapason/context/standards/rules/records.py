"""Turn the catalogue into plain values by record, ready to be compared with what is stored."""

from typing import Any

from diapason.context.standards.rules.declarations import Catalogue, Change, Clause, Edition, Link, Provenance
from diapason.context.standards.rules.planning import content_hash

KINDS = ("standard", "edition", "amendment", "clause", "link", "change")
"""Name the kinds of record in the order in which they are written."""

Records = dict[str, dict[str, dict[str, Any]]]


def records_of(catalogue: Catalogue) -> Records:
    """Return kind → key → values for all that the catalogue declares."""
    editions = catalogue.editions
    return {
        "standard": {edition.standard_code: _standard(edition) for edition in editions},
        "edition": {edition.code: _edition(edition) for edition in editions},
        "amendment": {
            f"{edition.code}/{one.label}": {
                "edition": edition.code,
                "label": one.label,
                "published": one.published,
                "what_fr": one.what.fr,
                "what_en": one.what.en,
                **_provenance(one.provenance),
            }
            for edition in editions
            for one in edition.amendments
        },
        "clause": {
            clause_key(edition.code, clause.number): _clause(edition, clause, position)
            for edition in editions
            for position, clause in enumerate(edition.clauses, 1)
        },
        "link": {pair_key(link): _pair(link, link.kind, "kind", "why") for link in catalogue.links},
        "change": {pair_key(one): _pair(one, one.nature, "nature", "what") for one in catalogue.changes},
    }


def catalogue_hash(records: Records) -> str:
    """Return the hash that binds a preview to the files that it was made from."""
    return content_hash(records)


def edition_hash(records: Records, code: str) -> str:
    """Return the hash of an edition's own content: itself, its amendments and its clauses."""
    mine = {
        kind: {key: values for key, values in records[kind].items() if values.get("edition") == code}
        for kind in ("amendment", "clause")
    }
    return content_hash({"edition": records["edition"][code], **mine})


def clause_key(edition: str, number: str) -> str:
    """Return the key of a clause, as in "iso-9001-2015/7.2"."""
    return f"{edition}/{number}"


def pair_key(pair: Link | Change) -> str:
    """Return the key of a link or change between two clauses."""
    start = clause_key(pair.edition_from, pair.number_from)
    return f"{start} > {clause_key(pair.edition_to, pair.number_to)}"


def _provenance(provenance: Provenance) -> dict[str, Any]:
    return {
        "verified": provenance.verified,
        "source_fr": provenance.source.fr,
        "source_en": provenance.source.en,
        "as_of": provenance.as_of,
    }


def _standard(edition: Edition) -> dict[str, Any]:
    return {
        "code": edition.standard_code,
        "name": edition.standard_name,
        "publisher": edition.publisher,
        "subject_fr": edition.subject.fr,
        "subject_en": edition.subject.en,
    }


def _edition(edition: Edition) -> dict[str, Any]:
    transition = edition.transition
    return {
        "standard": edition.standard_code,
        "code": edition.code,
        "label": edition.label,
        "status": edition.status,
        "published_on": edition.published_on,
        "applicable_from": edition.applicable_from,
        "status_note_fr": edition.status_note.fr,
        "status_note_en": edition.status_note.en,
        "columns": " ".join(edition.columns),
        "documents_verified": edition.documents_provenance.verified,
        "documents_source_fr": edition.documents_provenance.source.fr,
        "documents_source_en": edition.documents_provenance.source.en,
        "documents_as_of": edition.documents_provenance.as_of,
        "transition_from": transition.edition_from if transition else "",
        "transition_years": transition.years if transition else None,
        "transition_ends": transition.ends if transition else None,
        "transition_verified": transition.provenance.verified if transition else False,
        "transition_source_fr": transition.provenance.source.fr if transition else "",
        "transition_source_en": transition.provenance.source.en if transition else "",
        "transition_as_of": transition.provenance.as_of if transition else None,
    }


def _clause(edition: Edition, clause: Clause, position: int) -> dict[str, Any]:
    above = next((one for one in edition.clauses if one.number == clause.parent and one.parent), None)
    return {
        "edition": edition.code,
        "number": clause.number,
        "parent_number": clause.parent,
        "position": position,
        "title_fr": clause.title.fr,
        "title_en": clause.title.en,
        "title_is_ours": clause.title_is_ours,
        "context_fr": above.title.fr if above else "",
        "context_en": above.title.en if above else "",
        "assessable": clause.assessable,
        "applies_to": clause.applies_to,
        "weight": clause.weight,
        "documents": clause.documents,
        "question_fr": clause.question.fr,
        "question_en": clause.question.en,
        "evidence_fr": clause.evidence.fr,
        "evidence_en": clause.evidence.en,
        **_provenance(clause.provenance),
    }


def _pair(pair: Link | Change, kind: str, kind_name: str, text_name: str) -> dict[str, Any]:
    text = pair.why if isinstance(pair, Link) else pair.what
    return {
        "edition_from": pair.edition_from,
        "number_from": pair.number_from,
        "edition_to": pair.edition_to,
        "number_to": pair.number_to,
        kind_name: kind,
        f"{text_name}_fr": text.fr,
        f"{text_name}_en": text.en,
        **_provenance(pair.provenance),
    }
