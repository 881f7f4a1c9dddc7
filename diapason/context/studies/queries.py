"""Answer questions about studies; what indicators count, and what the screens show.

The questions for indicators count every study, the confidential ones too: only `visible_to` decides what a
person may see listed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from diapason.context.network.models import Organization
from diapason.context.studies.models import InvestigatorSite, Study, StudyQuerySet, StudyStatus
from diapason.context.studies.rules.countries import country_name
from diapason.context.studies.rules.vocabulary import ACTIVE, RECRUITING
from diapason.kernel.dates import Period
from diapason.ui.asking import Asking, asks, load_related
from diapason.ui.search import Hit

SHOWN_SITES = 100


def in_status(statuses: frozenset[Any], period: Period) -> Exists:
    """Return the condition that a study was in one of the statuses on at least one day of the period."""
    rows = StudyStatus.objects.filter(study=OuterRef("pk"), status__in=list(statuses))
    rows = rows.filter(Q(until_on=None) | Q(until_on__gt=period.start))
    if period.end is not None:
        rows = rows.filter(Q(since_on=None) | Q(since_on__lte=period.end))
    return Exists(rows)


def sponsored(sponsor: Organization | None = None) -> StudyQuerySet:
    """Return the studies sponsored by that member, or by any member."""
    return Study.objects.filter(sponsor=sponsor) if sponsor else Study.objects.filter(sponsor__isnull=False)


def sponsored_active(period: Period, sponsor: Organization | None = None) -> StudyQuerySet:
    """Return the members' studies in inclusion or follow-up on at least one day of the period."""
    return sponsored(sponsor).filter(in_status(ACTIVE, period))


def sponsored_in(year: int, sponsor: Organization | None = None) -> StudyQuerySet:
    """Return the members' studies in inclusion or follow-up at any time of a calendar year."""
    return sponsored_active(Period.year(year), sponsor)


def recruiting(on: date, sponsor: Organization | None = None) -> StudyQuerySet:
    """Return the members' studies that were recruiting on that day."""
    return sponsored(sponsor).filter(in_status(RECRUITING, Period(on, on)))


def recruiting_sites(period: Period, sponsor: Organization | None = None) -> QuerySet[InvestigatorSite]:
    """Return the investigator sites that could include in a member's study on a day of the period.

    A site counts as open as long as its study recruits, unless its own dates or status say otherwise.
    """
    studies = sponsored(sponsor).filter(in_status(RECRUITING, period))
    sites = InvestigatorSite.objects.filter(study__in=studies, is_listed=True)
    sites = sites.filter(Q(closed_on=None) | Q(closed_on__gte=period.start))
    if period.end is not None:
        sites = sites.filter(Q(opened_on=None) | Q(opened_on__lte=period.end))
    return sites.filter(Q(status="") | Q(status__in=list(RECRUITING)) | Q(opened_on__isnull=False))


def distinct_places(sites: QuerySet[InvestigatorSite]) -> int:
    """Return how many different places these investigator sites are (one query)."""
    return sites.order_by().values("organization_id", "site_id", "place_id").distinct().count()


def taking_part(organization: Organization, on: date) -> StudyQuerySet:
    """Return the studies of other sponsors that were active on that day and in which the organization takes part."""
    sites = InvestigatorSite.objects.filter(organization=organization, is_listed=True)
    there = sites.filter(Q(opened_on=None) | Q(opened_on__lte=on)).values("study")
    active = Study.objects.filter(pk__in=there).filter(in_status(ACTIVE, Period(on, on)))
    return active.exclude(sponsor=organization)


def counts_by_status(studies: StudyQuerySet) -> dict[str, int]:
    """Return status → number of studies (one query)."""
    rows = studies.order_by().values_list("status").annotate(Count("pk"))
    return dict(sorted(rows, key=lambda row: -row[1]))


@dataclass(frozen=True)
class Country:
    """Hold how many investigator sites of a study lie in a country."""

    code: str
    name: str
    sites: int
    is_abroad: bool


@asks
def parts_of(
    study: Study, limit: int | None = SHOWN_SITES
) -> Asking[tuple[list[InvestigatorSite], list[Country]]]:
    """Return the sites and the countries of a study, with all that its page tells of it loaded (one round)."""
    listed = InvestigatorSite.objects.filter(study=study, is_listed=True).order_by()
    sites, countries = yield from load_related.asking(
        study,
        "identifiers",
        "statuses",
        "sources",
        "revisions",
        also=(
            sites_of(study, limit),
            listed.values_list("country", "is_abroad").annotate(sites=Count("pk")),
        ),
    )
    return sites, countries_told(countries)


def countries_told(found: Iterable[tuple[str, bool, int]]) -> list[Country]:
    """Return countries with their listed sites by name, the most frequent first."""
    language = get_language() or "fr"
    countries = [
        Country(code, country_name(code, language), number, abroad) for code, abroad, number in found
    ]
    return sorted(countries, key=lambda country: (-country.sites, country.name))


def sites_of(study: Study, limit: int | None = SHOWN_SITES) -> QuerySet[InvestigatorSite]:
    """Return the sites of a study: the members' first, then France, then abroad."""
    rows = InvestigatorSite.objects.filter(study=study).select_related("organization", "site", "place")
    members_first = F("organization_id").asc(nulls_last=True)
    rows = rows.order_by("-is_listed", "is_abroad", members_first, "country", "place__city", "pk")
    return rows[:limit] if limit else rows


def shown_study(user: Any, key: str) -> StudyQuerySet:
    """Return the study of that key, if this person may know of it, with whom it names."""
    studies = Study.objects.visible_to(user).select_related("sponsor", "lead", "holder", "partner")
    return studies.filter(key=key)


def studies_matching(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Return the studies that the reader may know of and that match what was typed (one query)."""
    found = Study.objects.visible_to(request.user).matching(text).select_related("sponsor")[:limit]
    return [Hit(study.short_title, study.get_absolute_url(), study.sponsor_said) for study in found]
