"""Name the pages that show many events."""

from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.quality_events.views.events import Tab


def tabs(opened: str) -> list[Tab]:
    """Return the tabs of the pages that show many events."""
    names = [
        ("events", _("List")),
        ("board", _("Board")),
        ("figures", _("Follow-up")),
        ("pareto", _("Causes")),
        ("clauses", _("Clauses")),
        ("shared_causes", _("Shared causes")),
        ("checks", _("Consistency checks")),
    ]
    return [Tab(label, reverse(f"quality_events:{name}"), name == opened) for name, label in names]
