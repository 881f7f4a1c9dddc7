"""Say who may enter inclusions."""

from typing import Any

from diapason.context.studies.permissions import is_automaton
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

ABILITY = "record_enrolment"


def may_record_enrolment(study: Any, organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person may enter inclusions of that study at that organization (None: of the whole study).

    An organization enters its own; the sponsor enters those of its study everywhere.
    """
    allowed = [organization.pk] if organization is not None else []
    if study.sponsor_id:
        allowed.append(study.sponsor_id)
    if is_automaton(by) or by.scope.may(ABILITY) or any(by.scope.may(ABILITY, each) for each in allowed):
        return Verdict.yes()
    return Verdict.no(
        message("Inclusions are entered by the organization where they happen, or by the sponsor.")
    )
