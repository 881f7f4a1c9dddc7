"""Say who may change the record of studies."""

from typing import Any

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

ABILITY = "manage_studies"


def is_automaton(by: Any) -> bool:
    """Tell whether a program acts: what it may do was decided when it was asked to."""
    return bool(by.trail_name.startswith("automaton:"))


def may_register_study(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person may register a study for that organization (None: for the network)."""
    if is_automaton(by) or by.scope.may(ABILITY, organization.pk if organization else None):
        return Verdict.yes()
    if organization is None:
        return Verdict.no(message("Only those who manage the network’s studies may register this one."))
    return Verdict.no(
        message("Only those who manage the studies of %(organization)s may register one."),
        organization=organization.short_name,
    )


def may_correct_study(study: Any, *, by: Any) -> Verdict:
    """Tell whether this person may correct it: those of its holder, sponsor or lead, or of the network."""
    owners = {study.holder_id, study.sponsor_id, study.lead_id} - {None}
    if study.is_confidential:
        owners = {study.holder_id}
    if is_automaton(by) or any(by.scope.may(ABILITY, owner) for owner in owners):
        return Verdict.yes()
    if not study.is_confidential and by.scope.may(ABILITY):
        return Verdict.yes()
    return Verdict.no(message("Only those who manage the studies of its sponsor may correct this study."))


def may_set_confidentiality(study: Any, holder: Any, *, by: Any) -> Verdict:
    """Tell whether this person may hide or show that study: only the holding organization decides."""
    if is_automaton(by) or (holder is not None and by.scope.may(ABILITY, holder.pk)):
        return Verdict.yes()
    return Verdict.no(message("Only the organization that holds a confidential study may hide or show it."))


def may_register_somewhere(*, by: Any) -> Verdict:
    """Tell whether this person may register studies for at least one organization."""
    if is_automaton(by) or by.scope.may_somewhere(ABILITY):
        return Verdict.yes()
    return Verdict.no(message("Only those who manage studies may register one."))
