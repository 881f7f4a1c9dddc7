"""List the events of the houses where this person reads them."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.views.filters import filters_for
from diapason.improvement.quality_events.views.tabs import tabs
from diapason.kernel.words import message
from diapason.ui.listing import Column, Listing
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
    rows: Any = QualityEvent.objects.select_related("organization", "place", "study").only(*READ)
    return Listing(
        request,
        rows,
        order=("-reported_on", "-number"),
        filters=filters_for(request),
        columns=COLUMNS,
        ways=QualityEvent.objects.all().ways_to_read(scope),
    )
