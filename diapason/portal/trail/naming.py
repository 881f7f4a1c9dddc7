"""Tell the trail who is who: it keeps plain identifiers and codes, and knows neither people nor organizations."""

from collections.abc import Iterable
from typing import Any

from diapason.context.network.models import Organization
from diapason.context.people.models import Person
from diapason.kernel.scope import EVERYWHERE

DRAFT = "lesson_draft"
"""What a house writes before it sends it: no rule of the charter names it, so that none opens it."""
CLOSED = {
    "quality_events.": "quality_event",
    "crex.": "quality_event",
    "deviation_sheets.": "quality_event",
    "action_plan.": "action",
    "lessons.": "lesson",
    "lessons.propose_lesson": DRAFT,
    "lessons.begin_lesson": DRAFT,
    "lessons.write_lesson": DRAFT,
    "consequences.look_for_causes_again": "quality_event",
    "consequences.propose_a_lesson": DRAFT,
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

    No query for whoever signed in: the codes came with the roles (people.models.what_decides).
    """
    scope = getattr(user, "scope", None)
    if scope is None:
        return frozenset()
    if scope.network_wide if ability == "" else scope.where(ability) == EVERYWHERE:
        return None
    held = scope.organizations if ability == "" else scope.where(ability)
    if not held:
        return frozenset()
    known: dict[int, str] = getattr(user, "house_codes", {})
    if missing := held - known.keys():
        known |= dict(Organization.objects.filter(pk__in=missing).values_list("pk", "code"))
    return frozenset(known[pk] for pk in held if pk in known)
