"""List the events of the houses where this person reads them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.models import CauseFound, EventClause, QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.lateness import late
from diapason.improvement.quality_events.queries.sights import houses_of
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.views.tabs import tabs
from diapason.kernel.clock import today
from diapason.kernel.dates import months_after
from diapason.kernel.words import message
from diapason.ui.listing import Column, Filter, Listing
from diapason.ui.views import page, reads

COLUMNS = [
    Column(message("Number"), "number"),
    Column(message("Title"), "title"),
    Column(message("Organization"), "organization.short_name"),
    Column(message("Happened at"), "place.short_name"),
    Column(message("Study"), "study"),
    Column(message("Kind"), "kind_name"),
    Column(message("Category"), "category_name"),
    Column(message("Severity"), "severity_name"),
    Column(message("Occurred on"), "occurred"),
    Column(message("Aware on"), "aware_on"),
    Column(message("Reported on"), "reported_on"),
    Column(message("Sorted on"), "triaged_on"),
    Column(message("Closed on"), "closed_on"),
    Column(message("State"), "state_name"),
]

READ = (
    *("number", "title", "kind", "category", "severity", "state", "reported_on", "aware_on"),
    *("occurred_earliest", "occurred_latest", "occurred_wording", "triaged_on", "closed_on"),
    *("organization__short_name", "organization__code", "place__short_name"),
    *("study__key", "study__acronym", "study__title_fr", "study__title_en"),
)
"""What a line of the list reads; descriptions stay in the database."""


@reads
def events(request: HttpRequest) -> HttpResponse:
    """List events, newest first; those of other houses only as the visibility charter says."""
    return page(
        request,
        "quality_events/list.html",
        listing=listing_of(request),
        query=request.GET.urlencode(),
        may_take_over=permissions.scope_of(request.user).may_somewhere("triage_event"),
        tabs=tabs("events") if permissions.may_see_figures(by=request.user) else [],
    )


def listing_of(request: HttpRequest) -> Listing:
    """Return the list as it is filtered: the page and the workbook show the same."""
    scope = permissions.scope_of(request.user)
    rows: Any = (
        QualityEvent.objects.read_by(scope).select_related("organization", "place", "study").only(*READ)
    )
    return Listing(
        request, rows, order=("-reported_on", "-number"), filters=filters_for(request), columns=COLUMNS
    )


def filters_for(request: HttpRequest) -> list[Filter]:
    """Return the filters of the list: of organizations for who sees several, of charts when one leads here."""
    known, scope = words(), permissions.scope_of(request.user)

    def of_teams(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        own = scope.organizations
        return rows.filter(organization__in=own) if value == "ours" else rows.exclude(organization__in=own)

    filters = [
        Filter("open", message("To be dealt with"),
               choices=[("yes", _("yes")), ("late", _("late")), ("no", _("no"))], apply=_open),
        Filter("state", message("State"), "state", [(code, _(name)) for code, name in moves.STATES.items()]),
        Filter("teams", message("My teams"), choices=[("ours", _("dealt with by us")), ("others", _("by others"))],
               apply=of_teams),
        Filter("kind", message("Kind"), "kind", [(code, said(one.name)) for code, one in known.kinds.items()]),
        Filter("category", message("Category"), "category",
               [(code, said(one.name)) for code, one in known.categories.items()]),
        Filter("severity", message("Severity"), "severity",
               [(s.code, said(s.name)) for s in known.sorting.severities]),
        Filter("text", message("Words"), apply=_with_words),
    ]  # fmt: skip
    linked = [
        Filter("cause", message("Root cause"), choices=[(c, said(one.name)) for c, one in known.causes.items()],
               apply=_with_cause),
        Filter("study", message("Study"), "study__key"),
        Filter("clause", message("Clause"), apply=_with_clause),
        Filter("since", message("Reported since"), apply=_since),
        Filter("until", message("Reported until"), apply=_until),
        Filter("closed", message("Closed in"), apply=_closed),
    ]  # fmt: skip
    filters += [one for one in linked if request.GET.get(one.name)]
    houses = houses_of(request)
    if len(houses) > 1:
        choices = [(house.code, house.short_name) for house in houses]
        filters.insert(0, Filter("organization", message("Organization"), "organization__code", choices))
    return filters


def _open(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "late":
        return rows.filter(late(today()))
    return rows.filter(state__in=moves.OPEN if value == "yes" else moves.ENDED)


def _with_words(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(Q(number__iexact=value) | Q(title__icontains=value) | Q(description__icontains=value))


def _with_cause(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep what is counted under that root cause."""
    found = CauseFound.objects.filter(event=OuterRef("pk"), cause=value, is_root=True, removed_on=None)
    return rows.filter(Exists(found))


def _with_clause(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep those that touch a clause, written "10.2" or "iso-9001-2015/10.2"."""
    edition, _slash, number = value.rpartition("/")
    touched = EventClause.objects.filter(event=OuterRef("pk"), clause__number=number)
    return rows.filter(Exists(touched.filter(clause__edition__code=edition) if edition else touched))


def day_of(value: str) -> date | None:
    """Return a day written YYYY-MM-DD, None for anything else."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _since(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    day = day_of(value)
    return rows.filter(reported_on__gte=day) if day else rows.none()


def _until(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    day = day_of(value)
    return rows.filter(reported_on__lte=day) if day else rows.none()


def _closed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep those closed in a month written YYYY-MM."""
    first = day_of(f"{value}-01")
    last = months_after(first, 1) - timedelta(days=1) if first else None
    return rows.filter(closed_on__gte=first, closed_on__lte=last, state=moves.CLOSED) if last else rows.none()
