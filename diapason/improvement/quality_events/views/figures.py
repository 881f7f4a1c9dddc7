"""Show figures of events: how many, how long, from what causes, against which clauses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.charts import ageing, counts, durations
from diapason.improvement.quality_events.charts import clauses as by_clause
from diapason.improvement.quality_events.charts import figures as drawing
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.models.events import said
from diapason.improvement.quality_events.queries import causes
from diapason.improvement.quality_events.queries.figures import Asked, figures_of
from diapason.improvement.quality_events.queries.lookalikes import causes_shared
from diapason.improvement.quality_events.queries.sights import (
    FEWEST_HOUSES,
    NETWORK,
    Sight,
    counts_all,
    sight_of,
)
from diapason.improvement.quality_events.rules.durations import whole_months
from diapason.improvement.quality_events.views.tabs import tabs
from diapason.kernel.clock import today
from diapason.kernel.dates import months_after
from diapason.kernel.scope import EVERYWHERE
from diapason.ui import panels
from diapason.ui.views import page, reads

PERIODS = (12, 24, 36)
USUAL = 24
FEWEST_TO_STEER = 3
"""In how many organizations a cause is met before the network's coordination is told of it."""


@dataclass(frozen=True)
class Choice:
    """Hold one select of the form above the figures."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


def asked_of(request: HttpRequest) -> tuple[Sight, Asked, list[Choice]]:
    """Return whose events, which period and what narrows them, with the form that says so."""
    permissions.may_see_figures(by=request.user).require()
    on, given = today(), request.GET
    months = next((each for each in PERIODS if str(each) == given.get("months")), USUAL)
    first, last = whole_months(months, on)
    category = given.get("category", "") if given.get("category") in words().categories else ""
    kind = given.get("kind", "") if given.get("kind") in words().kinds else ""
    sight = sight_of(request, given.get("organization", ""))
    return sight, Asked(first, last, on, category, kind), _choices(request, sight, months, category, kind)


def _choices(request: HttpRequest, sight: Sight, months: int, category: str, kind: str) -> list[Choice]:
    periods = [
        (str(each), ngettext("%(n)s month", "%(n)s months", each) % {"n": each}, each == months)
        for each in PERIODS
    ]
    whose = [("", _("all mine"))] if len(sight.choices) > 1 else []
    whose += list(sight.choices)
    if counts_all(permissions.scope_of(request.user)):
        whose.append((NETWORK, _("the network, counts only")))
    found = [Choice("months", _("Period"), periods)]
    if len(whose) > 1:
        found.append(Choice("organization", _("Organization"), [(c, n, c == sight.chosen) for c, n in whose]))
    for name, label, known, chosen in (
        ("category", _("Category"), words().categories, category),
        ("kind", _("Kind"), words().kinds, kind),
    ):
        options = [("", _("all"), not chosen)] + [
            (c, said(one.name), c == chosen) for c, one in known.items()
        ]
        found.append(Choice(name, label, options))
    return found


def links_of(sight: Sight, asked: Asked) -> drawing.Links:
    """Return what gives the list behind a mark; nothing where no record opens."""
    base = reverse("quality_events:events")
    chosen = sight.chosen if sight.chosen != NETWORK else ""
    kept = {"organization": chosen, "category": asked.category, "kind": asked.kind}

    def link(**where: str) -> str:
        wanted = {name: value for name, value in {**kept, **where}.items() if value}
        return "" if sight.counts_only else f"{base}?{urlencode(wanted)}"

    return link


def period_links(sight: Sight, asked: Asked) -> drawing.Links:
    """Return what gives the list of the whole period behind a mark."""
    link = links_of(sight, asked)
    period = {"since": asked.first.isoformat(), "until": asked.last.isoformat()}
    return lambda **where: link(**{**period, **where})


@reads
def figures(request: HttpRequest) -> HttpResponse:
    """Show how many events come, how long sorting and closing take, how old the open ones are."""
    sight, asked, choices = asked_of(request)
    found, links, rules = figures_of(sight, asked), links_of(sight, asked), words().sorting
    closed = sight.counts_only and found.houses < FEWEST_HOUSES
    shown = [] if closed else [
        *drawing.monthly(found, sight, asked, links),
        ageing.ages(found, asked, links),
        *durations.sorting_charts(found, sight, asked, rules, links),
        *durations.closing_charts(found, sight, asked, rules, links),
    ]  # fmt: skip
    return _page(request, "figures", sight, asked, choices, shown, closed=closed)


@reads
def pareto(request: HttpRequest) -> HttpResponse:
    """Show the few causes and categories that make most of the events."""
    sight, asked, choices = asked_of(request)
    roots, categories, houses = causes.causes_of(sight, asked)
    closed, links = sight.counts_only and houses < FEWEST_HOUSES, period_links(sight, asked)
    shown = [] if closed else [
        counts.pareto_chart(_("Root causes"), "events-causes", roots, causes.name_of_cause, "cause", links),
        counts.pareto_chart(
            _("Categories"), "events-categories", categories, causes.name_of_category, "category", links
        ),
    ]  # fmt: skip
    return _page(request, "pareto", sight, asked, choices, shown, closed=closed)


@reads
def clauses(request: HttpRequest) -> HttpResponse:
    """Show which clauses the events touch."""
    sight, asked, choices = asked_of(request)
    found = causes.clauses_of(sight, asked)
    shown = [by_clause.clause_chart(found, sight, period_links(sight, asked))]
    return _page(request, "clauses", sight, asked, choices, shown, closed=False)


def _page(
    request: HttpRequest,
    name: str,
    sight: Sight,
    asked: Asked,
    choices: list[Choice],
    shown: list[Any],
    *,
    closed: bool,
) -> HttpResponse:
    return page(
        request, "quality_events/figures.html", tabs=tabs(name), name=name, sight=sight, asked=asked,
        choices=choices, shown=shown, closed=closed, fewest=FEWEST_HOUSES,
    )  # fmt: skip


@reads
def shared_causes(request: HttpRequest) -> HttpResponse:
    """Show the causes that several organizations met: counts, no names."""
    permissions.may_see_figures(by=request.user).require()
    scope = permissions.scope_of(request.user)
    may_see = counts_all(scope)
    fewest = FEWEST_TO_STEER if scope.where("read_events") == EVERYWHERE else FEWEST_HOUSES
    since = months_after(today(), -12)
    found = causes_shared(since=since, fewest=fewest) if may_see else []
    rows = [(one, causes.name_of_cause(one.cause), causes.name_of_category(one.category)) for one in found]
    return page(
        request, "quality_events/shared_causes.html", tabs=tabs("shared_causes"), rows=rows, since=since,
        fewest=fewest, may_see=may_see, panels=panels.collect("shared_causes", request, found) if may_see else [],
        may_offer=scope.may_somewhere("offer_lesson"),
    )  # fmt: skip
