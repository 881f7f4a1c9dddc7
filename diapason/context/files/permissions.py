"""Say what stands against keeping or removing a file; who may do so is decided by the chapter of the record."""

from typing import Any

from diapason.context.files import readers
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_keep_file(kind: str) -> Verdict:
    """Tell whether records of `kind` may have files: only where a chapter says who reads them."""
    if readers.is_known(kind):
        return Verdict.yes()
    return Verdict.no(message("No files are kept with records of this kind."))


def may_remove_file(file: Any) -> Verdict:
    """Tell whether a file is still there to be removed."""
    if file.is_removed:
        return Verdict.no(message("This file was removed already."))
    return Verdict.yes()
