"""Say who may import from registers and decide about place names."""

from typing import Any

from diapason.context.studies.permissions import is_automaton
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.operation.registry_imports.models import ImportRun

ABILITY = "import_registry"


def may_import(*, by: Any) -> Verdict:
    """Tell whether this person may hand in a file of a register."""
    if is_automaton(by) or by.scope.may_somewhere(ABILITY):
        return Verdict.yes()
    return Verdict.no(message("Only those who manage imports may hand in a file of a register."))


def may_confirm_import(run: ImportRun, *, by: Any) -> Verdict:
    """Tell whether this person may have the previewed file carried out."""
    if run.state != ImportRun.State.PREVIEWED:
        return Verdict.no(
            message("Only an import that has been read and not yet carried out can be confirmed.")
        )
    return may_import(by=by)


def may_cancel_import(run: ImportRun, *, by: Any) -> Verdict:
    """Tell whether this person may stop the import; what is already in stays in."""
    if not run.is_open:
        return Verdict.no(message("This import has ended."))
    return may_import(by=by)


def may_decide_place(*, by: Any) -> Verdict:
    """Tell whether this person may say which member a registry name stands for: it changes figures of the network."""
    if is_automaton(by) or by.scope.may(ABILITY):
        return Verdict.yes()
    return Verdict.no(
        message("Only those who manage the network’s imports may decide about names of places.")
    )
