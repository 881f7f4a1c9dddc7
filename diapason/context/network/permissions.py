"""Say who may change the network's make-up and its visibility charter."""

from typing import Any

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_manage_network(*, by: Any) -> Verdict:
    """Tell whether this person may register and correct organizations (ISO 9001 §5.3)."""
    if by.scope.may("manage_network"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination may change the list of organizations."))


def may_correct_organization(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person may correct the sheet of that organization."""
    if by.scope.may("manage_network", organization.pk):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination may change the list of organizations."))


def may_decide_visibility(*, by: Any) -> Verdict:
    """Tell whether this person may enter a decision of the steering committee in the visibility charter."""
    if by.scope.may("manage_charter"):
        return Verdict.yes()
    return Verdict.no(
        message("The visibility charter changes by a dated decision, entered by the national coordination.")
    )
