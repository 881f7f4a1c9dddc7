"""Draw events: causes of one, figures of many."""

from diapason.improvement.quality_events.charts.causes import (
    Branch,
    Checked,
    Drawing,
    Stroke,
    Word,
    effectiveness_of,
    ishikawa,
    tree_of,
)

__all__ = ["Branch", "Checked", "Drawing", "Stroke", "Word", "effectiveness_of", "ishikawa", "tree_of"]
