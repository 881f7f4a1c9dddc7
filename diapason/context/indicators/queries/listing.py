"""List the network's figures of a year by theme, one's own beside them; and the strip of the home page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from diapason.context.indicators.models import Figure, FigureRun, IndicatorDefinition
from diapason.context.indicators.rules.themes import STRIP, THEMES
from diapason.ui.asking import Asking, asks
from diapason.ui.together import ask_together


@dataclass(frozen=True)
class FigureLine:
    """Hold one indicator with the network's figure and one's own, either None when there is none."""

    definition: IndicatorDefinition
    network: Figure | None
    own: Figure | None


@dataclass(frozen=True)
class FiguresPage:
    """Hold the figures of a year: lines by theme, the years there are, and when they were computed."""

    year: int
    years: Sequence[int]
    themes: Sequence[tuple[str, Sequence[FigureLine]]]
    run: FigureRun | None
    doubtful: int
    has_own: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was computed for that year."""
        return self.run is None


def figures_page(user: Any, year: int | None, latest: int) -> FiguresPage:
    """Return the figures of `year` (None: the last computed one, else `latest`); two queries at any size."""
    runs = _last_runs()
    years = sorted(runs, reverse=True)
    shown = year or (years[0] if years else latest)
    mine = Q(organization__in=list(user.scope.organizations)[:1])
    figures, definitions = ask_together(
        Figure.objects.current()
        .of_year(shown)
        .filter(mine | Q(organization=None))
        .select_related("definition", "organization"),
        IndicatorDefinition.objects.filter(is_current=True)
        .select_related("indicator")
        .order_by("indicator__order", "indicator__code"),
    )
    network = {one.indicator_id: one for one in figures if one.organization_id is None}
    own = {one.indicator_id: one for one in figures if one.organization_id is not None}
    lines: dict[str, list[FigureLine]] = {}
    for definition in definitions:
        key = definition.indicator_id
        lines.setdefault(definition.indicator.theme, []).append(
            FigureLine(definition, network.get(key), own.get(key))
        )
    named = [(gettext(THEMES.get(theme, theme)), rows) for theme, rows in sorted(lines.items(), key=by_theme)]
    doubtful = sum(1 for one in network.values() if not (one.is_whole and one.is_signed))
    return FiguresPage(shown, years, named, runs.get(shown), doubtful, bool(user.scope.organizations))


def _last_runs() -> dict[int, FigureRun]:
    """Return year → the last time its figures were computed (one query)."""
    later = FigureRun.objects.filter(
        period_start=OuterRef("period_start"), computed_at__gt=OuterRef("computed_at")
    )
    rows = FigureRun.objects.filter(~Exists(later)).order_by("computed_at", "pk")
    return {one.period_start.year: one for one in rows}


def by_theme(item: tuple[str, Any]) -> int:
    """Return the place of a theme; one that nobody named comes last."""
    return list(THEMES).index(item[0]) if item[0] in THEMES else len(THEMES)


@asks
def strip_figures() -> Asking[list[Figure]]:
    """Return, for each indicator of the home page, the network's latest known figure: one question."""
    rows = (
        Figure.objects.of_network()
        .current()
        .filter(indicator__code__in=[*STRIP, "central_recruiting_centres_abroad"])
        .exclude(status="not_known")
        .select_related("definition", "indicator")
        .order_by("-period_start")
    )
    (found,) = yield [rows]
    latest: dict[str, Figure] = {}
    for row in found:
        latest.setdefault(row.indicator.code, row)
    return [latest[code] for code in (*STRIP, "central_recruiting_centres_abroad") if code in latest]
