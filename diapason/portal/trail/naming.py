"""Tell the trail who is who: it keeps plain identifiers and codes, and knows neither people nor organizations."""

from collections.abc import Iterable
from typing import Any

from diapason.context.network.models import Organization
from diapason.context.people.models import Person
from diapason.kernel.scope import EVERYWHERE

CLOSED = {
    "quality_events.": "quality_event",
    "crex.": "quality_event",
    "deviation_sheets.": "quality_event",
    "action_plan.": "action",
    "lessons.": "lesson",
    "consequences.look_for_causes_again": "quality_event",
    "consequences.propose_a_lesson": "lesson",
    "consequences.note_adoption": "lesson",
}
"""Acts on another house's affairs, by the beginning of their names, with the kind by which the charter opens them."""


def names(identifiers: Iterable[str]) -> dict[str, str]:
    """Return identifier → full name of the persons known: one query."""
    return {
        person.identifier: person.full_name for person in Person.objects.filter(identifier__in=identifiers)
    }


def codes(user: Any, ability: str) -> frozenset[str] | None:
    """Return the codes of the organizations where `user` holds `ability` ("": belongs), None for everywhere.

    One query the first time, none afterwards: the answer stays with the user for the request.
    """
    scope = getattr(user, "scope", None)
    if scope is None:
        return frozenset()
    if scope.network_wide if ability == "" else scope.where(ability) == EVERYWHERE:
        return None
    held = scope.organizations if ability == "" else scope.where(ability)
    if not held:
        return frozenset()
    known: dict[frozenset[int], frozenset[str]] = user.__dict__.setdefault("trail_codes", {})
    if held not in known:
        known[held] = frozenset(Organization.objects.filter(pk__in=held).values_list("code", flat=True))
    return known[held]
