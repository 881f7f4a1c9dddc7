"""Say whose events a reader's figures count: those of one's houses, or all of the network's as counts only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from diapason.context.network.models import Organization
from diapason.context.network.queries import organizations_of
from diapason.improvement.quality_events.models import KIND, QualityEvent
from diapason.improvement.quality_events.models.events import QualityEventQuerySet
from diapason.kernel.scope import EVERYWHERE, NOBODY, Scope

FEWEST_HOUSES = 5
"""Below so many organizations nothing is told of the others (visibility charter)."""
NETWORK = "network"


@dataclass(frozen=True)
class Sight:
    """Hold whose events are counted; `counts_only`: no organization is named and no record opens."""

    houses: tuple[Organization, ...]
    counts_only: bool
    choices: tuple[tuple[str, str], ...] = ()
    chosen: str = ""

    def where(self, path: str = "") -> Q:
        """Return the condition on events dealt with by those houses; `path` leads to the event ("event__")."""
        if self.counts_only:
            return Q()
        return Q(**{f"{path}organization__in": [house.pk for house in self.houses]})

    @property
    def rows(self) -> QualityEventQuerySet:
        """Return the events that count, dealt with by those houses."""
        rows: Any = QualityEvent.objects.counted()
        return rows.filter(self.where())


def scope_of(request: HttpRequest) -> Scope:
    """Return what the reader carries."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    return scope


def counts_all(scope: Scope) -> bool:
    """Tell whether counts over all organizations are shown: to the network's people, or as the charter opens them."""
    if not scope.may_somewhere("read_events"):
        return False
    return scope.where("read_events") == EVERYWHERE or scope.form_of(KIND) != "none"


def houses_of(request: HttpRequest) -> list[Organization]:
    """Return the houses whose events this person reads by name; no statement beyond that of the shell."""
    scope, known = scope_of(request), organizations_of(request)
    if not scope.may_somewhere("read_events"):
        return []
    if scope.form_of(KIND) == "named":
        return known
    held = scope.where("read_events")
    if held == EVERYWHERE:
        return [one for one in known if one.is_network]
    return [one for one in known if one.pk in held]


def sight_of(request: HttpRequest, chosen: str = "") -> Sight:
    """Return whose events the figures count: the chosen house, one's houses, or the network for who steers it."""
    scope, houses = scope_of(request), houses_of(request)
    everything = counts_all(scope)
    choices = [(house.code, house.short_name) for house in houses if not house.is_network or not everything]
    known = {house.code: house for house in houses}
    if chosen in known and (chosen, known[chosen].short_name) in choices:
        return Sight((known[chosen],), counts_only=False, choices=tuple(choices), chosen=chosen)
    if everything and (chosen == NETWORK or not choices or scope.where("read_events") == EVERYWHERE):
        members = tuple(one for one in organizations_of(request) if not one.is_network)
        return Sight(members, counts_only=True, choices=tuple(choices), chosen=NETWORK)
    return Sight(tuple(houses), counts_only=False, choices=tuple(choices))
