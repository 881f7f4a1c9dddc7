"""Count actions: how many are open, late, to be checked, and what the checks of a year found."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from diapason.context.network.models import Organization
from diapason.improvement.action_plan.models import ActionQuerySet
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.dates import months_after
from diapason.kernel.scope import EVERYWHERE, Scope
from diapason.ui.asking import Asking, asks
from diapason.ui.together import Totals


@dataclass(frozen=True)
class Counts:
    """Hold how many actions are under way, how many of these are late, and what was checked over twelve months."""

    active: int = 0
    late: int = 0
    to_check: int = 0
    effective: int = 0
    not_effective: int = 0

    @property
    def checked(self) -> int:
        """Return how many were checked over twelve months."""
        return self.effective + self.not_effective

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not (self.active or self.to_check or self.checked)


@asks
def counts_of(rows: ActionQuerySet, *, on: date) -> Asking[Counts]:
    """Return the counts over those actions: one question."""
    year = Q(checked_on__gt=months_after(on, -12))
    asked = Totals(
        rows,
        active=Count("pk", filter=Q(state__in=moves.ACTIVE)),
        late=Count("pk", filter=Q(state__in=moves.ACTIVE, due_on__lt=on)),
        to_check=Count("pk", filter=Q(state=moves.DONE, kind__in=moves.CHECKED_KINDS, check_due_on__lte=on)),
        effective=Count("pk", filter=year & Q(state=moves.EFFECTIVE)),
        not_effective=Count("pk", filter=year & Q(state=moves.NOT_EFFECTIVE)),
    )
    (found,) = yield [asked]
    return Counts(**found)


def houses_where(scope: Scope, ability: str, path: str = "organization") -> Q:
    """Return the condition on the houses: held for the network, an ability opens only the network's own actions."""
    held = scope.where(ability)
    if held == EVERYWHERE:
        return Q(**{path: Organization.objects.filter(kind="network").values("pk")[:1]})
    return Q(**{f"{path}__in": held})
