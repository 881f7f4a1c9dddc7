"""Answer questions about actions."""

from diapason.improvement.action_plan.queries.plans import Plan, actions_of, plan_of

__all__ = ["Plan", "actions_of", "plan_of"]
