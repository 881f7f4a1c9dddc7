"""List the events of the houses where this person reads them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.clock import today
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.words import message
from diapason.ui.listing import Column, Filter, Listing
from diapason.ui.views import page, reads

COLUMNS = [
    Column(message("Number"), "number"),
    Column(message("Title"), "title"),
    Column(message("Organization"), "organization.short_name"),
    Column(message("Kind"), "kind_name"),
    Column(message("Category"), "category_name"),
    Column(message("Severity"), "severity_name"),
    Column(message("Reported on"), "reported_on"),
    Column(message("State"), "state_name"),
]


@reads
def events(request: HttpRequest) -> HttpResponse:
    """List events, newest first; those of other houses only as the visibility charter says."""
    scope = permissions.scope_of(request.user)
    rows: Any = QualityEvent.objects.read_by(scope).select_related("organization", "study")
    listing = Listing(
        request, rows, order=("-reported_on", "-number"), filters=filters_for(scope), columns=COLUMNS
    )
    return page(
        request, "quality_events/list.html", listing=listing, may_report=scope.may_somewhere("report_event")
    )


def filters_for(scope: Any) -> list[Filter]:
    """Return the filters of the list; that of organizations only for whoever sees several."""
    known = words()
    filters = [
        Filter("open", message("To be dealt with"), choices=[("yes", _("yes")), ("no", _("no"))], apply=_open),
        Filter("state", message("State"), "state", [(code, _(name)) for code, name in moves.STATES.items()]),
        Filter("kind", message("Kind"), "kind", [(code, said(one.name)) for code, one in known.kinds.items()]),
        Filter(
            "category", message("Category"), "category",
            [(code, said(one.name)) for code, one in known.categories.items()],
        ),
        Filter("severity", message("Severity"), "severity", [(s.code, said(s.name)) for s in known.sorting.severities]),
        Filter("study", message("Study"), "study__key"),
        Filter("text", message("Words"), apply=_with_words),
        Filter("since", message("Reported since"), apply=_since),
    ]  # fmt: skip
    held = scope.where("read_events")
    if held != EVERYWHERE and len(held) > 1:
        houses = [(house.code, house.short_name) for house in Organization.objects.filter(pk__in=held)]
        filters.insert(0, Filter("organization", message("Organization"), "organization__code", houses))
    return filters


def _open(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(state__in=moves.OPEN if value == "yes" else moves.ENDED)


def _with_words(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(Q(number__iexact=value) | Q(title__icontains=value) | Q(description__icontains=value))


def _since(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return rows.none()
    return rows.filter(reported_on__gte=day, reported_on__lte=today())
