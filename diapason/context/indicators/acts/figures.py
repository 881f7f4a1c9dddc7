"""Store the figures that were computed, and sign them off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from diapason.audit_trail import bulk
from diapason.audit_trail.acts import act, record, reread
from diapason.audit_trail.open_act import Automaton
from diapason.audit_trail.signatures import Proof, sign
from diapason.context.indicators import facts, permissions
from diapason.context.indicators.models import Figure, FigureRun
from diapason.context.indicators.queries import figure_statement
from diapason.context.indicators.rules.figures import canonical
from diapason.context.people.models import Person
from diapason.kernel.dates import Period
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

COPIED = (
    "numerator", "denominator", "value", "value_on", "status", "qualifier", "expected", "received", "missing",
    "source", "declared", "fingerprint",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """Hold how many figures a storing created, changed and left alone."""

    created: int
    changed: int
    unchanged: int

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(
            self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged
        )


@act
def store_figures(*, figures: Sequence[Figure], year: int, by: Any, at: datetime) -> Stored:
    """Store computed figures (unsaved rows, at most some hundred); only what differs is written.

    A changed value undoes its sign-off: the signature stays readable beside the value it was given for.
    """
    permissions.may_compute_figures(by=by).require()
    known = {one.key: one for one in Figure.objects.filter(key__in=[one.key for one in figures])}
    fresh = [one for one in figures if one.key not in known]
    changed = [one for one in figures if one.key in known and one.fingerprint != known[one.key].fingerprint]
    for one in fresh:
        one.made_at = at
    bulk.insert(Figure, fresh)
    for one in changed:
        stored = known[one.key]
        for name in COPIED:
            setattr(stored, name, getattr(one, name))
        stored.made_at, stored.version = at, stored.version + 1
    Figure.objects.bulk_update([known[one.key] for one in changed], [*COPIED, "made_at", "version"])
    result = Stored(len(fresh), len(changed), len(figures) - len(fresh) - len(changed))
    if fresh or changed:
        record(
            facts.FiguresComputed(
                subject=f"figures:{year}",
                year=year,
                created=result.created,
                changed=result.changed,
                unchanged=result.unchanged,
            ),
            by=by,
        )
    return result


@act
def note_run(*, period: Period, stored: Stored, by: Any, at: datetime) -> FigureRun:
    """Note when the figures of a period were last computed, even when nothing changed."""
    permissions.may_compute_figures(by=by).require()
    run = FigureRun.objects.create(
        period_start=period.start,
        period_end=period.end or period.start,
        computed_at=at,
        created=stored.created,
        changed=stored.changed,
        unchanged=stored.unchanged,
    )
    record(
        facts.FiguresComputed(
            subject=f"figures:{period.start.year}",
            year=period.start.year,
            created=stored.created,
            changed=stored.changed,
            unchanged=stored.unchanged,
        ),
        by=by,
    )
    return run


@act
def sign_figure(
    *,
    figure: Figure,
    fingerprint: str,
    version: int | None,
    by: Any,
    on: date,
    proof: Proof | None = None,
    at: datetime | None = None,
    signatory: Person | None = None,
) -> Figure:
    """Sign off a figure as it was shown: refused when its value changed meanwhile (ISO 9001 §7.5.2).

    A person signs with a `proof` (see audit_trail.signatures); an automaton that loads records may name the
    `signatory`, and no electronic signature is made.
    """
    figure = reread(figure, version)
    permissions.may_sign_figure(figure, by=by).require()
    if figure.fingerprint != fingerprint:
        Verdict.no(
            message("The value changed since the page was shown: read it again before signing it off.")
        ).require()
    code = figure.organization.code if figure.organization else ""
    if isinstance(by, Automaton):
        figure.signed_by, figure.signature = signatory, ""
    else:
        assert at is not None, "a person signs at a moment"  # noqa: S101
        text = figure_statement(figure)
        signature = sign(subject=figure.subject, text=text, proof=proof, by=by, at=at, organization=code)
        figure.signed_by, figure.signature = by.person, signature.number
    figure.signed_on, figure.signed_fingerprint = on, fingerprint
    figure.save(update_fields=["signed_by", "signed_on", "signed_fingerprint", "signature"])
    record(
        facts.FigureSigned(
            subject=figure.subject,
            organization=code,
            indicator=figure.indicator.code,
            value=stated_value(figure),
            fingerprint=fingerprint,
        ),
        by=by,
    )
    return figure


def stated_value(figure: Figure) -> str:
    """Return the value as the trail keeps it, the same in every language."""
    value = figure.value_on or figure.value
    return "" if value is None else canonical(value)
