"""Gather the names that must not leave a house: its own, its sites, its people, its confidential studies."""

from dataclasses import dataclass

from django.db.models import Q

from diapason.context.network.models import Organization, Site
from diapason.context.people.models import RoleAssignment
from diapason.context.studies.models import Study
from diapason.improvement.lessons.models import Lesson
from diapason.improvement.lessons.rules import telltales
from diapason.improvement.lessons.rules.needs import Standing
from diapason.ui.together import ask_together


@dataclass(frozen=True)
class Names:
    """Hold what tells whose a lesson is: the house's own names apart, since it may agree to be named."""

    house: tuple[str, ...]
    never: tuple[str, ...]

    def hidden(self, *, may_be_named: bool) -> tuple[str, ...]:
        """Return the names that must not stand in the text."""
        return self.never if may_be_named else (*self.house, *self.never)


def names_of(organization: Organization) -> Names:
    """Return the names of a house, of everybody who ever held a role there, and of its confidential studies.

    One statement; persons by their full name and by title and family name: a family name alone is too often a word.
    """
    sites, people, studies = ask_together(
        Site.objects.filter(organization=organization).values_list("name", "city"),
        RoleAssignment.objects.filter(organization=organization)
        .values_list("person__given_name", "person__family_name")
        .order_by()
        .distinct(),
        Study.objects.filter(is_confidential=True)
        .filter(Q(holder=organization) | Q(sponsor=organization))
        .values_list("acronym", "title_fr", "title_en", "key"),
    )
    house = {organization.name, organization.short_name, organization.city}
    if not organization.is_network:
        house |= {name for site in sites for name in site}
    never = {name for given, family in people for name in telltales.names_of_person(given, family)}
    never |= {name for study in studies for name in study}
    return Names(tuple(filter(None, house)), tuple(filter(None, never)))


def texts_of(lesson: Lesson) -> str:
    """Return everything written in a lesson, as one text."""
    parts = (lesson.title, lesson.what_happened, lesson.what_learnt, lesson.recommended, lesson.documents)
    return "\n".join(parts)


def standing_of(lesson: Lesson, *, may_be_named: bool | None = None) -> Standing:
    """Return what stands in a lesson; `may_be_named` is what its house is about to say. One statement."""
    named = lesson.may_be_named if may_be_named is None else may_be_named
    hidden = names_of(lesson.organization).hidden(may_be_named=named)
    return Standing(lesson.is_whole, tuple(telltales.found(texts_of(lesson), hidden)))
