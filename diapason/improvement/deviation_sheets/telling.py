"""Tell the codes that facts of this chapter hold in words of the catalogue."""

from diapason.audit_trail import stories
from diapason.improvement.deviation_sheets.models import category_name, month_name, rules
from diapason.improvement.deviation_sheets.rules.cells import month_of
from diapason.improvement.quality_events.models.events import said


def rule_said(code: str) -> str:
    """Return the name of a rule."""
    found = rules().rules.get(str(code))
    return said(found.name) if found else str(code)


def month_said(text: str) -> str:
    """Return a month in words."""
    found = month_of(str(text))
    return month_name(found) if found else str(text)


def register() -> None:
    """Say how the codes of this chapter read in stories."""
    stories.register_code("DeviationEventProposed.rule", rule_said)
    stories.register_code("DeviationEventProposed.category", category_name)
    stories.register_code("DeviationEventProposed.month", month_said)
    stories.register_code("DeviationSheetFilled.month", month_said)
