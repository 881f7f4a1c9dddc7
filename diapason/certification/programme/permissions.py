"""Say who leads a programme, who moves its milestones, and who passes experience on."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_lead_programme(*, by: Any) -> Verdict:
    """Tell whether this person opens programmes and defines waves."""
    if by.scope.may("manage_programme"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination leads the certification programme."))


def may_plan_milestone(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person keeps the milestones of that organization; routines of the house do."""
    if (
        isinstance(by, Automaton)
        or by.scope.may("manage_programme", organization.pk)
        or by.scope.may("record_certificate", organization.pk)
    ):
        return Verdict.yes()
    return Verdict.no(
        message(
            "Only the quality manager of %(organization)s or the national coordination keeps its milestones."
        ),
        organization=organization.short_name,
    )


def may_share_experience(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person passes on what that organization learnt."""
    if by.scope.may("manage_programme", organization.pk) or by.scope.may(
        "record_certificate", organization.pk
    ):
        return Verdict.yes()
    return Verdict.no(
        message("Only the quality manager of %(organization)s passes on its experience."),
        organization=organization.short_name,
    )


def may_share_somewhere(*, by: Any) -> Verdict:
    """Tell whether this person passes on the experience of at least one organization."""
    if by.scope.may_somewhere("record_certificate") or by.scope.may_somewhere("manage_programme"):
        return Verdict.yes()
    return Verdict.no(message("Quality managers pass on the experience of their organization."))


def may_offer_mentoring(mentor: Any, *, by: Any) -> Verdict:
    """Tell whether this person may engage that organization as a mentor."""
    return may_share_experience(mentor, by=by)
