"""Ask for figures: computed from records, put together from declarations, shown as the charter allows."""

from diapason.context.indicators.queries.computation import drafts
from diapason.context.indicators.queries.listing import FigureLine, FiguresPage, figures_page, strip_figures
from diapason.context.indicators.queries.provenance import (
    IndicatorPage,
    Provenance,
    indicator_page,
    provenance,
)
from diapason.context.indicators.queries.spread import Others, others_behind
from diapason.context.indicators.queries.statements import edition_statement, figure_statement

__all__ = [
    "FigureLine",
    "FiguresPage",
    "IndicatorPage",
    "Others",
    "Provenance",
    "drafts",
    "edition_statement",
    "figure_statement",
    "figures_page",
    "indicator_page",
    "others_behind",
    "provenance",
    "strip_figures",
]
