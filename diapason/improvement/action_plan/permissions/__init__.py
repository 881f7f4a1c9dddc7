"""Say who may do what with an action."""

from diapason.improvement.action_plan.permissions.holding import (
    asked_of,
    carries,
    held_for,
    holds,
    is_invited,
    is_routine,
    may_read_files,
    may_read_plans,
    scope_of,
)
from diapason.improvement.action_plan.permissions.moving import may_move, standing_of
from diapason.improvement.action_plan.permissions.planning import (
    may_amend,
    may_ask_extension,
    may_attach,
    may_decline,
    may_delegate,
    may_fix_criterion,
    may_invite,
    may_plan,
    may_plan_somewhere,
    may_release,
    may_replace,
)

__all__ = [
    "asked_of",
    "carries",
    "held_for",
    "holds",
    "is_invited",
    "is_routine",
    "may_amend",
    "may_ask_extension",
    "may_attach",
    "may_decline",
    "may_delegate",
    "may_fix_criterion",
    "may_invite",
    "may_move",
    "may_plan",
    "may_plan_somewhere",
    "may_read_files",
    "may_read_plans",
    "may_release",
    "may_replace",
    "scope_of",
    "standing_of",
]
