"""Say what a move needs to find, and the reason given while it is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Standing:
    """Hold what stands behind an event: counts and yes-no answers, computed by `queries.standing`."""

    root_causes: int = 0
    has_correction: bool = False
    analysis_asked: bool = False
    approval_asked: bool = False
    other_closer_asked: bool = False
    declared_by: tuple[str, ...] = ()
    plan_author: str = ""
    actions: int = 0
    corrective: int = 0
    without_criterion: int = 0
    unfinished: int = 0
    unproven: int = 0
    duties: int = 0


Check = Callable[[Standing, str], Verdict]


def _unless(wrong: bool, reason: str, **parameters: object) -> Verdict:
    return Verdict.no(reason, **parameters) if wrong else Verdict.yes()


NEEDS: Final[dict[str, Check]] = {
    "root_cause": lambda it, who: _unless(not it.root_causes, message("No root cause is written down yet.")),
    "correction": lambda it, who: _unless(not it.has_correction, message("Say first what was done at once.")),
    "analysis_asked": lambda it, who: _unless(not it.analysis_asked, message("No analysis is asked for.")),
    "no_analysis_asked": lambda it, who: _unless(
        it.analysis_asked, message("Its severity asks for causes and actions before it is closed.")
    ),
    "approval_asked": lambda it, who: _unless(
        not it.approval_asked, message("Its severity asks for no approval: start the actions.")
    ),
    "no_approval_asked": lambda it, who: _unless(
        it.approval_asked, message("Its severity asks for an approval of the plan.")
    ),
    "corrective_action": lambda it, who: _unless(
        not it.corrective, message("No corrective action is planned yet.")
    ),
    "criteria": lambda it, who: _unless(
        it.without_criterion > 0,
        message("%(count)s corrective actions have no criterion of effectiveness."),
        count=it.without_criterion,
    ),
    "ended_actions": lambda it, who: _unless(
        it.unfinished + it.unproven > 0,
        message("%(count)s actions are not ended."),
        count=it.unfinished + it.unproven,
    ),
    "effective_actions": lambda it, who: _unless(
        it.unfinished + it.unproven > 0 or not it.corrective,
        message("%(count)s actions are not yet proven effective."),
        count=it.unfinished + it.unproven,
    ),
    "obligations_met": lambda it, who: _unless(
        it.duties > 0, message("%(count)s things are still to be done outside this tool."), count=it.duties
    ),
    "other_author": lambda it, who: _unless(
        bool(it.plan_author) and it.plan_author == who, message("The author of a plan does not approve it.")
    ),
    "other_closer": lambda it, who: _unless(
        it.other_closer_asked and bool(who) and who in it.declared_by,
        message("An event this serious is closed by somebody other than its declarer."),
    ),
}
