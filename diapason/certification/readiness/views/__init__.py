"""Show self-assessments, the view by clause and the change of edition."""

from diapason.certification.readiness.views.answers import answer, complete, home, plan, save, sheet
from diapason.certification.readiness.views.boards import heat, transition

__all__ = ["answer", "complete", "heat", "home", "plan", "save", "sheet", "transition"]
