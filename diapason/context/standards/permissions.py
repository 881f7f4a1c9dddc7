"""Say who may load the catalogue of standards."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_load_catalogue(*, by: Any) -> Verdict:
    """Tell whether this person may load the catalogue of standards; the program itself may, at set-up."""
    if isinstance(by, Automaton) or by.scope.may("load_catalogue"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination or the administrators may load the catalogue."))
