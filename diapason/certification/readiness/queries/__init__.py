"""Answer questions about self-assessments, readiness and changes of edition."""

from diapason.certification.readiness.queries.answers import (
    Sheet,
    readiness_of,
    readiness_of_all,
    readiness_today,
    sheets_of,
    sheets_today,
    whole_sheet,
)
from diapason.certification.readiness.queries.boards import (
    TransitionBoard,
    TransitionLine,
    actions_due,
    transition_board,
)
from diapason.certification.readiness.queries.clause import clause_answers
from diapason.certification.readiness.queries.heat import (
    HeatMap,
    heat_map,
    most_to_do,
    named_organizations,
)

__all__ = [
    "HeatMap",
    "Sheet",
    "TransitionBoard",
    "TransitionLine",
    "actions_due",
    "clause_answers",
    "heat_map",
    "most_to_do",
    "named_organizations",
    "readiness_of",
    "readiness_of_all",
    "readiness_today",
    "sheets_of",
    "sheets_today",
    "transition_board",
    "whole_sheet",
]
