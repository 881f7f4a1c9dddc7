"""Tell the codes that facts of this chapter hold in words."""

from django.utils.translation import gettext

from diapason.audit_trail import stories
from diapason.improvement.crex.models import crex
from diapason.improvement.crex.rules.moves import STATES
from diapason.improvement.quality_events.models.events import said


def method_said(code: str) -> str:
    """Return the name of a method."""
    found = crex().methods.get(str(code))
    return said(found.name) if found else str(code)


def register() -> None:
    """Say how the codes of this chapter read in stories."""
    stories.register_code("CrexAnalysisRecorded.method", method_said)
    stories.register_code("CrexMoved.to_state", lambda code: gettext(STATES.get(code, code)))
