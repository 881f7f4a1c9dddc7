"""Let the actions of one record go on with another that it was joined to (ISO 9001 § 10.2.1)."""

from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.improvement.action_plan.acts.planning import about
from diapason.improvement.action_plan.facts.handing import ActionCarriedOver
from diapason.improvement.action_plan.queries import actions_of


@act
def carry_over_actions(*, origin: str, to: str, by: Any) -> int:
    """Let every action that a record asked for belong to another one, whatever its state; return how many there were.

    For the act that joins the two records, which decides whether they may be joined.
    """
    rows = list(actions_of(origin))
    kind, _, key = to.partition(":")
    for action in rows:
        action.origin_kind, action.origin_key = kind, key
        action.version += 1
        action.save(update_fields=["origin_kind", "origin_key"])
        record(ActionCarriedOver(**about(action), other=key), by=by)
    return len(rows)
