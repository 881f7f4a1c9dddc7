"""Say where a figure comes from: definition, parts, records, sign-offs, editions, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
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
from diapason.ui.asking import answer_to, answered, side_by_side
from diapason.ui.together import ask_together


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
    """Return the provenance of a figure as this person may see it: one round of questions at any size."""
    declared = DeclaredValue.objects.visible_to(user).filter(
        indicator=figure.indicator_id, period_start=figure.period_start, organization=figure.organization_id
    )
    frozen = figure.editions.select_related("edition", "definition").order_by("-edition__frozen_on")
    others = [] if figure.organization_id else [others_behind.asking(figure, user)]
    listed, versions, editions, family, missing, *seen = answered(
        side_by_side(
            answer_to(declared.order_by("pk")),
            answer_to(other_versions(figure)),
            answer_to(frozen),
            answer_to(family_of(figure)),
            answer_to(Organization.objects.filter(code__in=figure.missing).order_by("sort_key")),
            *others,
        )
    )
    return Provenance(
        figure=figure,
        others=seen[0] if seen else None,
        records=records_behind(figure),
        declared=listed,
        other_versions=versions,
        editions=editions,
        family=family,
        missing=[one.short_name for one in missing if user.scope.sees(one.pk, "figure")],
    )


def other_versions(figure: Figure) -> QuerySet[Figure]:
    """Return the same figure by other versions of the definition; nothing to ask while there is only the first one."""
    if figure.definition.is_current and figure.definition.revision == 1:
        return Figure.objects.none()
    same = Figure.objects.filter(
        indicator=figure.indicator_id,
        organization=figure.organization_id,
        period_start=figure.period_start,
        period_end=figure.period_end,
    )
    return same.exclude(pk=figure.pk).select_related("definition").order_by("-definition__revision")


def family_of(figure: Figure) -> QuerySet[Figure]:
    """Return the other readings of the same question, each under its own name."""
    if not figure.indicator.family:
        return Figure.objects.none()
    same = Figure.objects.current().filter(
        indicator__family=figure.indicator.family,
        organization=figure.organization_id,
        period_start=figure.period_start,
    )
    others = same.exclude(indicator=figure.indicator_id).select_related("definition", "indicator")
    return others.order_by("indicator__order", "indicator__code")


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
    """Return an indicator with its history and spread: two rounds of questions at any size."""
    figures = Figure.objects.current().filter(indicator=indicator).order_by("period_start")
    published = DeclaredValue.objects.visible_to(user).filter(indicator=indicator, is_published=True)
    versions, history, own, told = ask_together(
        indicator.definitions.order_by("-revision"),
        figures.of_network().select_related("definition", "indicator"),
        figures.filter(organization__in=list(user.scope.organizations)[:1]).select_related(
            "definition", "organization"
        ),
        published.order_by("period_start", "pk"),
    )
    current = next(one for one in versions if one.is_current)
    known = [one for one in history if one.is_known]
    return IndicatorPage(
        indicator=indicator,
        definition=current,
        versions=versions,
        history=history,
        own_history=own,
        others=others_behind(known[-1], user) if known else None,
        published=told,
    )
