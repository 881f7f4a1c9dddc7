"""Say how the actions stand that a record asked for."""

from dataclasses import dataclass

from django.db.models import Count, Q

from diapason.improvement.action_plan.models import Action, ActionQuerySet
from diapason.improvement.action_plan.rules import moves
from diapason.ui.asking import Asking, asks
from diapason.ui.together import Totals

_CHECKED = Q(kind__in=moves.CHECKED_KINDS)
_KEPT = ~Q(state=moves.CANCELLED) & ~(Q(state=moves.NOT_EFFECTIVE))


@dataclass(frozen=True)
class Plan:
    """Hold how many actions a record has, and how far they are.

    `corrective`: kept ones whose effectiveness is checked; those found not effective count no more, they are history.
    `unfinished`: planned or under way; `unproven`: done, but their check is still to come.
    """

    actions: int = 0
    corrective: int = 0
    without_criterion: int = 0
    unfinished: int = 0
    unproven: int = 0
    not_effective: int = 0


def actions_of(origin: str) -> ActionQuerySet:
    """Return the actions that a record (by subject) asked for."""
    kind, _, key = origin.partition(":")
    rows = Action.objects.filter(origin_kind=kind, origin_key=key)
    return rows.select_related("organization", "owner", "delegate", "checker", "indicator")


@asks
def plan_of(origin: str) -> Asking[Plan]:
    """Return how the actions of a record stand: one question."""
    kind, _, key = origin.partition(":")
    asked = Totals(
        Action.objects.filter(origin_kind=kind, origin_key=key),
        actions=Count("pk"),
        corrective=Count("pk", filter=_CHECKED & _KEPT),
        without_criterion=Count("pk", filter=_CHECKED & _KEPT & Q(criterion_kind="")),
        unfinished=Count("pk", filter=Q(state__in=moves.ACTIVE)),
        unproven=Count("pk", filter=_CHECKED & Q(state=moves.DONE)),
        not_effective=Count("pk", filter=Q(state=moves.NOT_EFFECTIVE)),
    )
    (found,) = yield [asked]
    return Plan(**found)
