"""Say who may answer for an organization, and who may read its answers."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.certification.readiness.rules.standing import applies
from diapason.improvement.action_plan.permissions import may_plan
from diapason.kernel.scope import NOBODY, Scope
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_assess(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person may answer for the organization (ISO 9001 §5.3); so may the program itself."""
    if isinstance(by, Automaton) or by.scope.may("assess_clause", organization.pk):
        return Verdict.yes()
    return Verdict.no(
        message("Only the quality manager or a process owner of %(organization)s may assess a clause."),
        organization=organization.short_name,
    )


def may_be_answered(clause: Any, organization: Any) -> Verdict:
    """Tell whether this clause is asked of the organization today."""
    if clause.withdrawn_on is not None:
        return Verdict.no(
            message("This requirement was withdrawn from the catalogue; its answer is kept as it was.")
        )
    if not clause.assessable:
        return Verdict.no(message("This heading is not assessed by itself: its requirements are."))
    if not is_asked_of(clause, organization):
        return Verdict.no(
            message("This requirement is not asked of %(organization)s."),
            organization=organization.short_name,
        )
    return Verdict.yes()


def may_complete_action(assessment: Any, *, by: Any) -> Verdict:
    """Tell whether this person may say that the action on a gap was carried out."""
    verdict = may_assess(assessment.organization, by=by)
    if verdict and assessment.planned is not None:
        return Verdict.no(message("Its action stands in the action plan: say there that it is done."))
    if verdict and not assessment.action:
        return Verdict.no(message("No action is planned on this gap."))
    if verdict and assessment.action_done_on is not None:
        return Verdict.no(message("This action is already done."))
    return verdict


def may_plan_action(assessment: Any, *, by: Any) -> Verdict:
    """Tell whether the action written down for a gap may be put into the action plan by this person."""
    verdict = may_assess(assessment.organization, by=by) & may_plan(assessment.organization, by=by)
    if verdict and assessment.planned is not None:
        return Verdict.no(
            message("%(number)s of the action plan closes this gap already."),
            number=assessment.planned.number,
        )
    if verdict and not assessment.action:
        return Verdict.no(message("No action is planned on this gap."))
    if verdict and assessment.action_done_on is not None:
        return Verdict.no(message("This action is already done."))
    return verdict


def is_asked_of(clause: Any, organization: Any) -> bool:
    """Tell whether the role filter of the clause fits the organization."""
    return applies(
        clause.applies_to,
        sponsor=organization.is_sponsor,
        investigator=organization.is_investigator,
        central=organization.kind == "central_function",
    )


def scope_of(user: Any) -> Scope:
    """Return what the reader may do and see; nobody's scope for whoever is not signed in."""
    return getattr(user, "scope", NOBODY)


def may_read_texts(organization: Any, *, by: Any) -> bool:
    """Tell whether evidence, gap and action may be read: by one's own organization only, whatever the charter says."""
    scope = by.scope
    return organization.pk in scope.organizations or bool(scope.may("assess_clause", organization.pk))
