"""Compute what the portfolio says: studies sponsored, studies taken part in, investigator sites open."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from diapason.context.indicators.rules.computation import Completeness, Measure, Part, RecordsLink, computes
from diapason.context.network.models import Organization
from diapason.context.studies.models import InvestigatorSite, Study, StudyStatus
from diapason.context.studies.rules.vocabulary import ACTIVE, RECRUITING
from diapason.kernel.dates import Period
from diapason.kernel.words import message

PORTFOLIO = "studies:studies"


def last_day(period: Period) -> date:
    """Return the day as of which statuses are read."""
    return period.end or period.start


def standing(statuses: Collection[str], day: date) -> QuerySet[StudyStatus]:
    """Return the statuses, among those named, that hold on that day."""
    return StudyStatus.objects.filter(
        Q(since_on=None) | Q(since_on__lte=day), Q(until_on=None) | Q(until_on__gt=day), status__in=statuses
    )


def sponsored(statuses: Collection[str], sponsors: Mapping[int, str], day: date) -> Measure:
    """Return the studies of these sponsors (id → code) in one of these statuses on that day; two queries.

    A sponsor without a single study on record is missing: its zero would not be known.
    """
    known = set(Study.objects.filter(sponsor__in=sponsors).values_list("sponsor_id", flat=True).distinct())
    if not known:
        return Measure(completeness=Completeness(len(sponsors), 0, tuple(sorted(sponsors.values()))))
    rows = (
        standing(statuses, day)
        .filter(study__sponsor__in=sponsors)
        .order_by()
        .values_list("study__sponsor_id")
    )
    counts = dict(rows.annotate(studies=Count("study", distinct=True)))
    missing = tuple(sorted(code for key, code in sponsors.items() if key not in known))
    return Measure(
        numerator=sum(counts.values()),
        completeness=Completeness(len(sponsors), len(known), missing),
        parts=tuple(Part(key, counts.get(key, 0)) for key in sorted(known)),
    )


def codes(organizations: QuerySet[Organization]) -> dict[int, str]:
    """Return id → code."""
    return dict(organizations.order_by().values_list("pk", "code"))


def sponsors_on(day: date) -> dict[int, str]:
    """Return the members that sponsor studies."""
    return codes(Organization.objects.members().open_on(day).filter(is_sponsor=True))


def central_on(day: date) -> dict[int, str]:
    """Return the central functions."""
    return codes(Organization.objects.open_on(day).filter(kind=Organization.Kind.CENTRAL_FUNCTION))


def sponsored_records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the portfolio, narrowed to the sponsor and the day."""
    query = {"active_on": last_day(period).isoformat(), "sponsor": organization or "members"}
    return [RecordsLink(message("The studies counted"), PORTFOLIO, query)]


def taken_part_records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the portfolio of studies sponsored by others."""
    query = {"active_on": last_day(period).isoformat(), "sponsor": "others"}
    if organization:
        query["organization"] = organization
    return [RecordsLink(message("The studies counted"), PORTFOLIO, query)]


def central_records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the portfolio of the central functions."""
    query = {"active_on": last_day(period).isoformat(), "sponsor": organization or "central"}
    return [RecordsLink(message("The studies counted"), PORTFOLIO, query)]


def recruiting_records(period: Period, organization: str) -> list[RecordsLink]:
    """Return the portfolio of the central functions, recruiting on the day."""
    query = {"recruiting_on": last_day(period).isoformat(), "sponsor": organization or "central"}
    return [RecordsLink(message("The studies counted"), PORTFOLIO, query)]


@computes("studies_sponsored_active", records=sponsored_records)
def studies_sponsored_active(period: Period) -> Measure:
    """Return the studies sponsored by members, in inclusion or in follow-up on the last day."""
    day = last_day(period)
    return sponsored(ACTIVE, sponsors_on(day), day)


@computes("central_studies_active", records=central_records)
def central_studies_active(period: Period) -> Measure:
    """Return the active studies sponsored by the central functions on the last day."""
    day = last_day(period)
    return sponsored(ACTIVE, central_on(day), day)


@computes("central_studies_recruiting", records=recruiting_records)
def central_studies_recruiting(period: Period) -> Measure:
    """Return the recruiting studies of the central functions, out of their active ones, on the last day."""
    day = last_day(period)
    active = sponsored(ACTIVE, central_on(day), day)
    recruiting = sponsored(RECRUITING, central_on(day), day)
    totals = {part.organization_id: part.numerator for part in active.parts}
    parts = tuple(
        Part(one.organization_id, one.numerator, totals[one.organization_id]) for one in recruiting.parts
    )
    return Measure(recruiting.numerator, active.numerator, completeness=recruiting.completeness, parts=parts)


@computes("studies_of_others_active", records=taken_part_records)
def studies_of_others_active(period: Period) -> Measure:
    """Return the studies that no member sponsors, active at a member on the last day, each once; three queries."""
    day = last_day(period)
    centres = codes(Organization.objects.centres().open_on(day))
    listed = InvestigatorSite.objects.filter(organization__in=centres, is_listed=True)
    known = set(listed.order_by().values_list("organization_id", flat=True).distinct())
    if not known:
        return Measure(completeness=Completeness(len(centres), 0, tuple(sorted(centres.values()))))
    active = Exists(standing(ACTIVE, day).filter(study=OuterRef("study")))
    others = open_on(listed, day).filter(active, study__sponsor=None).order_by()
    pairs = set(others.values_list("organization_id", "study_id"))
    counts = Counter(organization for organization, _ in pairs)
    missing = tuple(sorted(code for key, code in centres.items() if key not in known))
    return Measure(
        numerator=len({study for _, study in pairs}),
        completeness=Completeness(len(centres), len(known), missing),
        parts=tuple(Part(key, counts[key]) for key in sorted(known)),
    )


def open_on(sites: QuerySet[InvestigatorSite], day: date) -> QuerySet[InvestigatorSite]:
    """Return the investigator sites open on that day; without dates the last known status speaks."""
    undated = Q(opened_on=None) & (Q(status="") | Q(status__in=ACTIVE))
    return sites.filter(undated | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))


def recruiting_places(day: date) -> dict[str, bool]:
    """Return the distinct places open to inclusions in a recruiting study of a central function → is it abroad."""
    recruiting = Exists(standing(RECRUITING, day).filter(study=OuterRef("study")))
    sites = InvestigatorSite.objects.filter(study__sponsor__in=central_on(day), is_listed=True).filter(
        recruiting
    )
    rows = (
        open_on(sites, day)
        .order_by()
        .values_list("place_id", "site_id", "organization_id", "is_abroad")
        .distinct()
    )
    return {place_key(place, site, organization): abroad for place, site, organization, abroad in rows}


def place_key(place: int | None, site: int | None, organization: int | None) -> str:
    """Return one key for a place, whether it is a member's site, a member or a place outside."""
    return f"place {place}" if place else f"site {site}" if site else f"organization {organization}"


def places_measure(counted: Iterable[bool], total: int | None, day: date) -> Measure:
    """Return a number of places; not known while the central functions have no study on record."""
    central = central_on(day)
    if not central or not Study.objects.filter(sponsor__in=central).exists():
        return Measure(completeness=Completeness(len(central), 0, tuple(sorted(central.values()))))
    number = sum(counted)
    parts = (Part(next(iter(central)), number, total),) if len(central) == 1 else ()
    return Measure(number, total, completeness=Completeness(len(central), len(central)), parts=parts)


@computes("central_recruiting_centres", records=recruiting_records)
def central_recruiting_centres(period: Period) -> Measure:
    """Return the distinct places open to inclusions in the studies of the central functions on the last day."""
    day = last_day(period)
    return places_measure((True for _ in recruiting_places(day)), None, day)


@computes("central_recruiting_centres_abroad", records=recruiting_records)
def central_recruiting_centres_abroad(period: Period) -> Measure:
    """Return those of these places that lie abroad, out of all of them."""
    day = last_day(period)
    places = recruiting_places(day)
    return places_measure(places.values(), len(places), day)
