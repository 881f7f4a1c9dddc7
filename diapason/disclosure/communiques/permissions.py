"""Say who may write, issue and withdraw a communiqué."""

from collections.abc import Iterable
from typing import Any

from diapason.context.indicators.permissions import holds
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_write_communique(*, by: Any) -> Verdict:
    """Tell whether this person may prepare communiqués (ISO 9001 §7.4)."""
    if holds(by, "freeze_edition"):
        return Verdict.yes()
    return Verdict.no(message("Only the national coordination or the direction prepares communiqués."))


def may_edit_communique(communique: Any, *, by: Any) -> Verdict:
    """Tell whether this person may change its texts and choices: while it is a draft."""
    if not communique.is_draft:
        return Verdict.no(message("What was issued no longer changes: make another draft."))
    return may_write_communique(by=by)


def may_issue_provisional(communique: Any, *, by: Any) -> Verdict:
    """Tell whether it may be issued as provisional."""
    if not communique.is_draft:
        return Verdict.no(message("It was issued already."))
    return may_write_communique(by=by)


def may_issue_final(communique: Any, figures: Iterable[Any], *, by: Any) -> Verdict:
    """Tell whether it may be issued as final: each figure whole and signed off."""
    if communique.state in ("final", "withdrawn"):
        return Verdict.no(message("It was issued already."))
    chosen = list(figures)
    if not chosen:
        return Verdict.no(message("It shows no figure yet."))
    doubtful = [one for one in chosen if one.is_provisional]
    if doubtful:
        return Verdict.no(
            message("Figures still incomplete or not signed off: %(count)s."), count=len(doubtful)
        )
    return may_write_communique(by=by)


def may_withdraw_communique(communique: Any, *, by: Any) -> Verdict:
    """Tell whether it may be withdrawn."""
    if communique.state == "withdrawn":
        return Verdict.no(message("It was withdrawn already."))
    return may_write_communique(by=by)
