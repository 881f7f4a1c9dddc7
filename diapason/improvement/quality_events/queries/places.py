"""Guess where somebody may be speaking of: the house, its sites, the studies under way there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from diapason.context.network.models import Organization, Site
from diapason.context.studies.models import InvestigatorSite, Study
from diapason.context.studies.queries import in_status
from diapason.context.studies.rules.vocabulary import ACTIVE
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.dates import Period
from diapason.kernel.scope import EVERYWHERE, Scope
from diapason.ui.together import ask_together

MOST_STUDIES = 120


@dataclass(frozen=True)
class Place:
    """Hold one answer to "where": a house, a site of it, or a study there."""

    value: str
    label: str
    organization: Organization
    site: Site | None = None
    study: Study | None = None


def houses_of(scope: Scope) -> "list[Organization]":
    """Return the organizations where this person may report; for network-wide roles, the network itself."""
    held = scope.where("report_event")
    if held == EVERYWHERE:
        return list(Organization.objects.filter(kind="network"))
    return list(Organization.objects.filter(pk__in=held))


def places_of(user: Any, *, on: date) -> dict[str, list[Place]]:
    """Return the possible places in groups: houses, sites, studies; two statements."""
    houses = {house.pk: house for house in houses_of(user.scope)}
    sites, studies = ask_together(
        Site.objects.filter(organization__in=houses, closed_on=None).order_by("organization", "code"),
        _studies_of(user, houses, on),
    )
    return {
        "houses": [Place(house.code, house.short_name, house) for house in houses.values()],
        "sites": [
            Place(f"{house.code}/site/{site.code}", site.name, house, site)
            for site in sites
            for house in (houses[site.organization_id],)
        ],
        "studies": _places_of(studies, houses),
    }


def _studies_of(user: Any, houses: dict[int, Organization], on: date) -> QuerySet[Study]:
    there = InvestigatorSite.objects.filter(study=OuterRef("pk"), organization__in=houses, is_listed=True)
    active = Study.objects.visible_to(user).filter(in_status(ACTIVE, Period(on, on)))
    return active.filter(Q(sponsor__in=houses) | Exists(there)).order_by("sort_key")[:MOST_STUDIES]


def _places_of(studies: list[Study], houses: dict[int, Organization]) -> list[Place]:
    house = next(iter(houses.values()), None)
    if house is None:
        return []
    found = []
    for study in studies:
        own = houses.get(study.sponsor_id, house) if study.sponsor_id else house
        found.append(Place(f"{own.code}/study/{study.key}", str(study), own, None, study))
    return found


def likely_place(user: Any, places: dict[str, Place], *, page: dict[str, str]) -> str:
    """Return which of the places is likely meant: the study of the page one came from, else where one reported last."""
    if page.get("view") == "studies:study":
        for place in places.values():
            if place.study is not None and place.study.key == page.get("key"):
                return place.value
    last = (
        QualityEvent.objects.declared_by(user)
        .order_by("-reported_on", "-number")
        .values_list("place", "site")
        .first()
    )
    for place in places.values() if last else ():
        if place.study is None and last == (place.organization.pk, place.site.pk if place.site else None):
            return place.value
    return next(iter(places), "")
