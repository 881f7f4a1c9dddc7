"""Ask what a communiqué may say, what it says, and how it is laid out on paper."""

from diapason.disclosure.communiques.queries.content import (
    Checklist,
    Content,
    checklist_of,
    content_of,
    figures_of,
)
from diapason.disclosure.communiques.queries.defaults import proposed_figures, proposed_texts
from diapason.disclosure.communiques.queries.document import document_of
from diapason.disclosure.communiques.queries.story import Milestone, milestones

__all__ = [
    "Checklist",
    "Content",
    "Milestone",
    "checklist_of",
    "content_of",
    "document_of",
    "figures_of",
    "milestones",
    "proposed_figures",
    "proposed_texts",
]
