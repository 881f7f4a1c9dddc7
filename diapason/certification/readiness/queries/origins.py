"""Tell the action plan what an answer of the self-assessment is that asks for an action."""

from typing import Any

from django.db.models import QuerySet

from diapason.certification.readiness.models import Assessment
from diapason.context.standards.models import Clause
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.action_plan.queries.origins import Origin
from diapason.kernel.scope import NOBODY, Scope

SHOWN = (
    "number", "title", "kind", "state", "due_on", "done_on", "checked_on", "owner__given_name", "owner__family_name",
)  # fmt: skip


def clause_label(clause: Clause) -> str:
    """Return a clause in words, as the action plan shows what asked for an action; its edition is loaded with it."""
    return f"{clause.edition.label} § {clause.number} {clause.title}"


def gap_behind(key: str, user: Any) -> Origin | None:
    """Return the house of an answer and its clause, None for whoever does not belong to that house."""
    scope: Scope = getattr(user, "scope", NOBODY)
    code, _, rest = key.partition("/")
    edition, _, number = rest.partition("/")
    rows = Assessment.objects.own(scope).select_related("organization", "clause__edition")
    found = rows.filter(organization__code=code, clause__edition__code=edition, clause__number=number).first()
    return Origin(found.organization, clause_label(found.clause)) if found else None


def actions_on(assessment: Assessment) -> QuerySet[Action]:
    """Return the actions of the plan that an answer asked for, the newest first."""
    rows = actions_of(assessment.subject).order_by("-opened_on", "-number")
    return rows.select_related(None).select_related("owner").only(*SHOWN)
