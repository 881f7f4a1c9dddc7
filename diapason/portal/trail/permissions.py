"""Decide who may read the trail, verify it, and take all of it away."""

from typing import TYPE_CHECKING, Any

from diapason.audit_trail import readers
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

if TYPE_CHECKING:
    from diapason.audit_trail.models import Entry

READ, VERIFY = "read_trail", "verify_trail"


def may_read_trail(*, by: Any) -> Verdict:
    """Tell whether this person reads the trail of at least one organization."""
    if by.scope.may_somewhere(READ):
        return Verdict.yes()
    return Verdict.no(message("Your roles do not include reading the audit trail."))


def may_verify_trail(*, by: Any) -> Verdict:
    """Tell whether this person verifies the trail and keeps its signed heads."""
    if by.scope.may_somewhere(VERIFY):
        return Verdict.yes()
    return Verdict.no(message("Your roles do not include verifying the audit trail."))


def may_start_verification(*, busy: bool, by: Any) -> Verdict:
    """Tell whether this person starts a verification now."""
    return may_verify_trail(by=by) & (
        Verdict.no(message("A verification is already running.")) if busy else Verdict.yes()
    )


def may_prove(entry: "Entry", *, by: Any) -> Verdict:
    """Tell whether this person takes the proof of an entry: a proof holds the whole statement."""
    if not readers.reaches(readers.codes_of(by, VERIFY), entry.organization):
        return may_verify_trail(by=by) and Verdict.no(
            message("Only those who verify the trail of this organization take its proofs.")
        )
    everywhere = readers.codes_of(by, VERIFY) is None
    if everywhere and entry.organization and entry.act.startswith(tuple(readers.closed_to(by))):
        return Verdict.no(message("The visibility charter closes this record of another organization."))
    return Verdict.yes()


def may_export_trail(*, by: Any) -> Verdict:
    """Tell whether this person takes the trail away: what one may not read is there by its hash only."""
    return may_verify_trail(by=by)
