"""Declare a value with its source, take published values over in one go, withdraw a wrong one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.context.indicators import facts, permissions
from diapason.context.indicators.models import DeclaredValue, Indicator, IndicatorDefinition, PublishedWording
from diapason.context.indicators.rules.figures import canonical, qualifier_from, value_of
from diapason.context.network.models import Organization
from diapason.kernel.dates import Period
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class TakenOver:
    """Hold what a bulk declaration stored: all of it, and the texts that no indicator answers to."""

    stored: int
    already_there: int
    without_indicator: tuple[str, ...]


@act
def declare_figure(
    *,
    indicator: Indicator,
    organization: Organization | None,
    period: Period,
    source: str,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    qualifier: str = "exact",
    note: str = "",
    by: Any,
    on: date,
) -> DeclaredValue:
    """Declare the value of an indicator for an organization (None: the network), with its source."""
    permissions.may_declare_figure(organization, by=by).require()
    value = checked_value(indicator, value, numerator, denominator)
    code, end = organization.code if organization else "", period.end or period.start
    declared = DeclaredValue.objects.create(
        number=take_number("DV", code or "NET", period.start.year),
        indicator=indicator,
        scope=code or "network",
        organization=organization,
        period_start=period.start,
        period_end=end,
        value=value,
        numerator=numerator,
        denominator=denominator,
        qualifier=qualifier,
        source=source,
        note=note,
        declared_by=by.trail_name,
        declared_on=on,
    )
    stated = "" if value is None else canonical(value)
    fact = facts.FigureDeclared(
        subject=declared.subject, organization=code, indicator=indicator.code, value=stated, source=source
    )
    record(fact, by=by)
    return declared


def checked_value(
    indicator: Indicator, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """Return the value, formed of its two counts when it was not given; refuse what cannot be."""
    if value is None and numerator is None:
        Verdict.no(message("A declaration needs a value, or a numerator with its denominator.")).require()
    if numerator is not None and denominator is not None and numerator > denominator:
        Verdict.no(message("The numerator cannot be larger than the denominator.")).require()
    if value is not None:
        return value
    return value_of(indicator.definitions.get(is_current=True).kind, numerator, denominator)


@act
def declare_figures(*, rows: Sequence[Mapping[str, Any]], by: Any, on: date) -> TakenOver:
    """Take over values that are public already, each with its source; a row stored before is left alone.

    Rows hold year, scope (network, rd, esme, national or an organization's code), indicator (its code, or the
    source's words), value, qualifier, unit, source, note, and may hold numerator, denominator and is_published
    (True unless said otherwise). A row whose words no indicator answers to keeps its own name: close notions
    are never mixed.
    """
    permissions.may_declare_figure(None, by=by).require()
    organizations = {one.code: one for one in Organization.objects.all()}
    wordings = {(one.scope, one.text): one.indicator_id for one in PublishedWording.objects.all()}
    wordings.update({("", code): key for code, key in Indicator.objects.values_list("code", "pk")})
    kinds = dict(IndicatorDefinition.objects.filter(is_current=True).values_list("indicator_id", "kind"))
    known = set(DeclaredValue.objects.values_list("scope", "wording", "period_start", "source"))
    fresh = []
    for row in rows:
        draft = declared_from(row, organizations, wordings)
        if (draft.scope, draft.wording, draft.period_start, draft.source) in known:
            continue
        if draft.value is None:
            draft.value = value_of(
                kinds.get(draft.indicator_id or 0, "ratio"), draft.numerator, draft.denominator
            )
        draft.declared_by, draft.declared_on = by.trail_name, on
        fresh.append(draft)
    if fresh:
        batch = take_number("DV", "NET", on.year)
        for position, draft in enumerate(fresh, start=1):
            draft.number = f"{batch}-{position}"
        DeclaredValue.objects.bulk_create(fresh)
        record(facts.FiguresTakenOver(subject="figures:published", rows=len(fresh)), by=by)
    return TakenOver(len(fresh), len(rows) - len(fresh), unanswered(fresh))


def unanswered(values: Iterable[DeclaredValue]) -> tuple[str, ...]:
    """Return the words of a source that no indicator answers to, sorted."""
    return tuple(sorted({f"{one.scope}: {one.wording}" for one in values if one.indicator_id is None}))


def declared_from(
    row: Mapping[str, Any], organizations: Mapping[str, Organization], wordings: Mapping[tuple[str, str], int]
) -> DeclaredValue:
    """Return the unsaved value of one row; refused with the row's words when a number or year is none."""
    scope, wording = str(row["scope"]).strip(), str(row["indicator"]).strip()
    organization = organizations.get(scope)
    period = Period.year(int(row["year"])) if str(row.get("year") or "").strip() else None
    return DeclaredValue(
        indicator_id=wordings.get(("", wording))
        or wordings.get(("establishment" if organization else scope, wording)),
        wording=wording,
        scope=scope,
        organization=organization,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        value=number(row, "value", wording),
        numerator=number(row, "numerator", wording),
        denominator=number(row, "denominator", wording),
        qualifier=qualifier_from(str(row.get("qualifier") or "")),
        unit=str(row.get("unit") or "").strip(),
        source=str(row.get("source") or "").strip(),
        note=str(row.get("note") or "").strip(),
        is_published=bool(row.get("is_published", True)),
    )


def number(row: Mapping[str, Any], name: str, wording: str) -> Decimal | None:
    """Return the number in that column, None when it is empty."""
    text = str(row.get(name) if row.get(name) is not None else "").strip()
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        refusal = Verdict.no(
            message("“%(text)s” is not a number (%(wording)s, %(column)s)."),
            text=text,
            wording=wording,
            column=name,
        )
        refusal.require()
        raise


@act
def withdraw_declared_value(
    *, value: DeclaredValue, reason: str, version: int | None, by: Any, on: date
) -> DeclaredValue:
    """Withdraw a declared value: it stays readable with its reason and counts no longer."""
    value = reread(value, version)
    permissions.may_withdraw_declared_value(value, by=by).require()
    value.withdrawn_on, value.withdrawn_because = on, reason
    value.save(update_fields=["withdrawn_on", "withdrawn_because"])
    code = value.organization.code if value.organization else ""
    record(facts.DeclaredValueWithdrawn(subject=value.subject, organization=code, reason=reason), by=by)
    return value
