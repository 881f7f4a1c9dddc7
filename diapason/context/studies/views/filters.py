"""Narrow the portfolio by what the address says."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from diapason.context.network.models import Organization
from diapason.context.studies.models import InvestigatorSite
from diapason.context.studies.queries import in_status
from diapason.context.studies.rules.countries import country_code
from diapason.context.studies.rules.vocabulary import ACTIVE, RECRUITING
from diapason.kernel.dates import Period

Studies = QuerySet[Any]


def text(studies: Studies, value: str) -> Studies:
    """Keep the studies whose names or numbers match."""
    return studies.matching(value)  # type: ignore[attr-defined]


def sponsor(studies: Studies, value: str) -> Studies:
    """Keep those of any member, of the central functions, of nobody in the network, or of one member."""
    if value == "members":
        return studies.filter(sponsor__isnull=False)
    if value == "others":
        return studies.filter(sponsor__isnull=True)
    if value == "central":
        return studies.filter(sponsor__kind=Organization.Kind.CENTRAL_FUNCTION)
    return studies.filter(sponsor=Organization.objects.filter(code=value).values("pk")[:1])


def organization(studies: Studies, value: str) -> Studies:
    """Keep those in which that member takes part."""
    sites = InvestigatorSite.objects.filter(organization__code=value, is_listed=True)
    return studies.filter(pk__in=sites.values("study"))


def country(studies: Studies, value: str) -> Studies:
    """Keep those with a site in that country, named in either language or by its code."""
    code = country_code(value.upper() if len(value) == 2 else value)
    sites = InvestigatorSite.objects.filter(country=code, is_listed=True)
    return studies.filter(pk__in=sites.values("study")) if code else studies.none()


def active_on(studies: Studies, value: str) -> Studies:
    """Keep those in inclusion or follow-up on that day."""
    return _on(studies, value, ACTIVE)


def recruiting_on(studies: Studies, value: str) -> Studies:
    """Keep those recruiting on that day."""
    return _on(studies, value, RECRUITING)


def _on(studies: Studies, value: str, statuses: frozenset[Any]) -> Studies:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return studies.none()
    return studies.filter(in_status(statuses, Period(day, day)))
