"""The view by clause says in words what it draws."""

from django.utils import translation

from diapason.improvement.quality_events.charts.clauses import clause_chart
from diapason.improvement.quality_events.queries.causes import ClauseCount
from diapason.improvement.quality_events.queries.sights import Sight


def _said(events: int, language: str) -> str:
    found = [ClauseCount("iso", "ISO 9001", "8.7", 0, "", events, 5)]
    with translation.override(language):
        chart = clause_chart(found, Sight((), counts_only=True), lambda **_where: "").chart
    assert chart is not None
    return chart.sentence


def test_one_event_is_told_as_one() -> None:
    """A single event is not told in the plural, in either language."""
    assert _said(1, "en").endswith(": 1 event.")
    assert _said(2, "en").endswith(": 2 events.")
    assert _said(1, "fr").rstrip(".").endswith("événement")
