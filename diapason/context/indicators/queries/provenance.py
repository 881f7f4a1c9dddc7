"""Say where a figure comes from: definition, parts, records, sign-offs, editions, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from diapason.context.indicators.models import (
    DeclaredValue,
    EditionFigure,
    Figure,
    Indicator,
    IndicatorDefinition,
)
from diapason.context.indicators.queries.spread import Others, others_behind
from diapason.context.indicators.rules.computation import REGISTERED
from diapason.context.network.models import Organization
from diapason.kernel.dates import Period


@dataclass(frozen=True)
class RecordsBehind:
    """Hold a link to the list of records behind a figure."""

    label: str
    url: str


@dataclass(frozen=True)
class Provenance:
    """Hold everything that answers « D’où vient ce chiffre ? »."""

    figure: Figure
    others: Others | None
    records: Sequence[RecordsBehind]
    declared: Sequence[DeclaredValue]
    other_versions: Sequence[Figure]
    editions: Sequence[EditionFigure]
    family: Sequence[Figure]
    missing: Sequence[str]


@dataclass(frozen=True)
class IndicatorPage:
    """Hold an indicator with its versions, its history and its place among the organizations."""

    indicator: Indicator
    definition: IndicatorDefinition
    versions: Sequence[IndicatorDefinition]
    history: Sequence[Figure]
    own_history: Sequence[Figure]
    others: Others | None
    published: Sequence[DeclaredValue]


def provenance(figure: Figure, user: Any) -> Provenance:
    """Return the provenance of a figure as this person may see it: at most six queries at any size."""
    declared = DeclaredValue.objects.visible_to(user).filter(
        indicator=figure.indicator_id, period_start=figure.period_start, organization=figure.organization_id
    )
    return Provenance(
        figure=figure,
        others=None if figure.organization_id else others_behind(figure, user),
        records=records_behind(figure),
        declared=list(declared.order_by("pk")),
        other_versions=other_versions(figure),
        editions=list(
            figure.editions.select_related("edition", "figure", "definition").order_by("-edition__frozen_on")
        ),
        family=family_of(figure),
        missing=missing_names(figure, user),
    )


def other_versions(figure: Figure) -> list[Figure]:
    """Return the same figure by other versions of the definition; no query while there is only the first one."""
    if figure.definition.is_current and figure.definition.revision == 1:
        return []
    same = Figure.objects.filter(
        indicator=figure.indicator_id,
        organization=figure.organization_id,
        period_start=figure.period_start,
        period_end=figure.period_end,
    )
    return list(same.exclude(pk=figure.pk).select_related("definition").order_by("-definition__revision"))


def family_of(figure: Figure) -> list[Figure]:
    """Return the other readings of the same question, each under its own name."""
    if not figure.indicator.family:
        return []
    return list(
        Figure.objects.current()
        .filter(
            indicator__family=figure.indicator.family,
            organization=figure.organization_id,
            period_start=figure.period_start,
        )
        .exclude(indicator=figure.indicator_id)
        .told()
    )


def missing_names(figure: Figure, user: Any) -> list[str]:
    """Return who has not answered yet, as far as the charter lets this person know."""
    if not figure.missing:
        return []
    rows = Organization.objects.filter(code__in=figure.missing).order_by("sort_key")
    return [one.short_name for one in rows if user.scope.sees(one.pk, "figure")]


def records_behind(figure: Figure) -> list[RecordsBehind]:
    """Return the lists of records, without counting them again."""
    computation = REGISTERED.get(figure.definition.computed_by)
    if computation is None or computation.records is None or figure.status == "declared":
        return []
    code = figure.organization.code if figure.organization else ""
    links = []
    for link in computation.records(Period(figure.period_start, figure.period_end), code):
        try:
            url = reverse(link.url_name)
        except NoReverseMatch:
            continue
        query = urlencode(link.query)
        links.append(RecordsBehind(gettext(link.label), f"{url}?{query}" if query else url))
    return links


def indicator_page(indicator: Indicator, user: Any) -> IndicatorPage:
    """Return an indicator with its history and spread: five queries at any size."""
    versions = list(indicator.definitions.order_by("-revision"))
    current = next(one for one in versions if one.is_current)
    figures = (
        Figure.objects.filter(indicator=indicator)
        .select_related("definition", "indicator")
        .order_by("period_start")
    )
    history = list(figures.of_network().filter(definition=current))
    own = list(figures.filter(organization__in=list(user.scope.organizations)[:1], definition=current))
    known = [one for one in history if one.is_known]
    return IndicatorPage(
        indicator=indicator,
        definition=current,
        versions=versions,
        history=history,
        own_history=own,
        others=others_behind(known[-1], user) if known else None,
        published=list(
            DeclaredValue.objects.visible_to(user)
            .filter(indicator=indicator, is_published=True)
            .select_related("organization")
            .order_by("period_start", "pk")
        ),
    )
