"""Freeze the figures of a year, so that what is printed no longer moves."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from diapason.audit_trail.acts import act, record, take_number
from diapason.audit_trail.heads import sign_head_after
from diapason.audit_trail.open_act import Automaton
from diapason.audit_trail.signatures import Proof, sign
from diapason.context.indicators import facts, permissions
from diapason.context.indicators.models import EditionFigure, Figure, FrozenEdition
from diapason.context.indicators.queries import edition_statement
from diapason.context.indicators.rules.figures import canonical
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

CONTENT = (
    "numerator", "denominator", "value", "value_on", "status", "qualifier", "expected", "received", "missing",
    "source", "fingerprint",
)  # fmt: skip


@act
def freeze_edition(
    *,
    name_fr: str,
    name_en: str,
    figures: Sequence[Figure],
    by: Any,
    on: date,
    proof: Proof | None = None,
    at: datetime | None = None,
) -> FrozenEdition:
    """Freeze network figures of one year with the versions of their definitions, under one hash.

    A person signs the list of what is frozen with a `proof`; an automaton that loads records does not sign.
    """
    permissions.may_freeze_edition(by=by).require()
    check_choice(figures)
    first = figures[0]
    content = canonical_content(figures)
    number = take_number("ED", "NET", first.year)
    edition = FrozenEdition.objects.create(
        number=number,
        name_fr=name_fr,
        name_en=name_en,
        period_start=first.period_start,
        period_end=first.period_end,
        content=content,
        content_hash=hashlib.sha256(content.encode()).hexdigest(),
        frozen_by=getattr(by, "person", None),
        frozen_on=on,
        signature=signed(number, figures, proof, by=by, at=at),
    )
    EditionFigure.objects.bulk_create(
        [copy_of(figure, edition, place) for place, figure in enumerate(figures)]
    )
    fact = facts.EditionFrozen(
        subject=edition.subject, year=edition.year, figures=len(figures), content_hash=edition.content_hash
    )
    record(fact, by=by)
    sign_head_after("frozen edition")
    return edition


def signed(
    number: str, figures: Sequence[Figure], proof: Proof | None, *, by: Any, at: datetime | None
) -> str:
    """Sign the list of figures and return the signature's number, "" for an automaton."""
    if isinstance(by, Automaton):
        return ""
    assert at is not None, "a person signs at a moment"  # noqa: S101
    return sign(
        subject=f"frozen-edition:{number}", text=edition_statement(figures), proof=proof, by=by, at=at
    ).number


def check_choice(figures: Sequence[Figure]) -> None:
    """Refuse an empty edition, figures of one organization, and figures of several years."""
    if not figures:
        Verdict.no(message("There is no figure to freeze for that year: have them computed first.")).require()
    if any(figure.organization_id for figure in figures):
        Verdict.no(message("An edition holds figures of the whole network only.")).require()
    if len({(figure.period_start, figure.period_end) for figure in figures}) > 1:
        Verdict.no(message("An edition holds figures of one year only.")).require()


def canonical_content(figures: Sequence[Figure]) -> str:
    """Return the one text of all values: sorted keys, no float, dates in ISO form."""

    def plain(value: Any) -> Any:
        return canonical(value) if isinstance(value, Decimal | date) else value

    rows = [
        {
            "indicator": figure.indicator.code,
            "definition": figure.definition.revision,
            "definition_hash": figure.definition.content_hash,
            "figure": figure.key,
            **{name: plain(getattr(figure, name)) for name in CONTENT},
        }
        for figure in figures
    ]
    return json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def copy_of(figure: Figure, edition: FrozenEdition, position: int) -> EditionFigure:
    """Return the unsaved frozen copy of a figure."""
    return EditionFigure(
        edition=edition,
        figure=figure,
        definition=figure.definition,
        position=position,
        period_start=figure.period_start,
        period_end=figure.period_end,
        **{name: getattr(figure, name) for name in CONTENT},
    )
