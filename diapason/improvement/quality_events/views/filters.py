"""Offer the filters of the list of events: those of the form, and those by which charts lead here."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.models import CauseFound, EventClause, words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries.lateness import late
from diapason.improvement.quality_events.queries.sights import houses_of
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.durations import month_named
from diapason.kernel.clock import today
from diapason.kernel.words import message
from diapason.ui.listing import Filter


def filters_for(request: HttpRequest) -> list[Filter]:
    """Return the filters of the list: of organizations for who sees several, of charts when one leads here."""
    filters = [*_of_standing(request), *_of_nature()]
    filters += [one for one in _of_charts() if request.GET.get(one.name)]
    houses = houses_of(request)
    if len(houses) > 1:
        choices = [(house.code, house.short_name) for house in houses]
        filters.insert(0, Filter("organization", message("Organization"), "organization__code", choices))
    return filters


def _of_standing(request: HttpRequest) -> list[Filter]:
    own = permissions.scope_of(request.user).organizations

    def of_teams(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(organization__in=own) if value == "ours" else rows.exclude(organization__in=own)

    opened = [("yes", _("yes")), ("late", _("late")), ("no", _("no"))]
    states = [(code, _(name)) for code, name in moves.STATES.items()]
    teams = [("ours", _("dealt with by us")), ("others", _("by others"))]
    return [
        Filter("open", message("To be dealt with"), choices=opened, apply=_open),
        Filter("state", message("State"), "state", states),
        Filter("teams", message("My teams"), choices=teams, apply=of_teams),
    ]


def _of_nature() -> list[Filter]:
    known = words()
    kinds = [(code, said(one.name)) for code, one in known.kinds.items()]
    categories = [(code, said(one.name)) for code, one in known.categories.items()]
    severities = [(one.code, said(one.name)) for one in known.sorting.severities]
    return [
        Filter("kind", message("Kind"), "kind", kinds),
        Filter("category", message("Category"), "category", categories),
        Filter("severity", message("Severity"), "severity", severities),
        Filter("text", message("Words"), apply=_with_words),
    ]


def _of_charts() -> list[Filter]:
    causes = [(code, said(one.name)) for code, one in words().causes.items()]
    return [
        Filter("cause", message("Root cause"), choices=causes, apply=_with_cause),
        Filter("study", message("Study"), "study__key"),
        Filter("clause", message("Clause"), apply=_with_clause),
        Filter("since", message("Reported since"), apply=_since),
        Filter("until", message("Reported until"), apply=_until),
        Filter("closed", message("Closed in"), apply=_closed),
    ]


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
    month = month_named(value)
    if month is None:
        return rows.none()
    return rows.filter(closed_on__gte=month[0], closed_on__lte=month[1], state=moves.CLOSED)
