"""Hold the tables of the chapter."""

from diapason.context.indicators.models.claims import Claim
from diapason.context.indicators.models.declared import DeclaredValue
from diapason.context.indicators.models.editions import EditionFigure, FrozenEdition
from diapason.context.indicators.models.figures import Figure, FigureRun
from diapason.context.indicators.models.indicators import Indicator, IndicatorDefinition, PublishedWording

__all__ = [
    "Claim",
    "DeclaredValue",
    "EditionFigure",
    "Figure",
    "FigureRun",
    "FrozenEdition",
    "Indicator",
    "IndicatorDefinition",
    "PublishedWording",
]
