"""Say who keeps sheets, and who decides on what they propose."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.improvement.deviation_sheets.models import DECIDE, KEEP, DeviationProposal
from diapason.improvement.quality_events.permissions import may_report
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_keep(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person keeps the deviation sheets of that organization."""
    if isinstance(by, Automaton) or organization.pk in by.scope.where(KEEP):
        return Verdict.yes()
    return Verdict.no(
        message("Only those who keep the deviation sheets of %(organization)s may enter counts."),
        organization=organization.short_name,
    )


def may_decline(proposal: DeviationProposal, *, by: Any) -> Verdict:
    """Tell whether this person may say that no event is opened: whoever works on events there."""
    if not isinstance(by, Automaton) and proposal.organization_id not in by.scope.where(DECIDE):
        return Verdict.no(
            message("Only those who work on the events of %(organization)s decide that there is none."),
            organization=proposal.organization.short_name,
        )
    return _waits(proposal)


def may_open(proposal: DeviationProposal, *, by: Any) -> Verdict:
    """Tell whether this person may open the event: whoever keeps the sheets or works on events there."""
    if not isinstance(by, Automaton):
        house = proposal.organization
        if house.pk not in by.scope.where(KEEP) | by.scope.where(DECIDE):
            return may_report(house, by=by) & Verdict.no(
                message("Only those who keep the deviation sheets of %(organization)s may do this."),
                organization=house.short_name,
            )
    return may_report(proposal.organization, by=by) & _waits(proposal)


def _waits(proposal: DeviationProposal) -> Verdict:
    if proposal.is_waiting:
        return Verdict.yes()
    return Verdict.no(message("It is decided already."))
