"""Give the figures to the pages made from many chapters."""

from typing import Any

from django.db.models import Subquery
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.indicators import queries
from diapason.context.indicators.models import Figure
from diapason.context.indicators.permissions import may_read_live_figures
from diapason.context.indicators.rules.themes import STRIP
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task, Tile

MOST_TO_SIGN = 8
SHOWN = (
    "key", "period_start", "value", "value_on", "qualifier", "denominator", "definition__kind", "indicator__code",
    "indicator__name_fr", "indicator__name_en",
)  # fmt: skip
"""What a line of the panel says."""


@asks
def network_strip(request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """Return the six figures of the network, each a door to where it comes from; one question."""
    if not may_read_live_figures(by=request.user):
        return None
    found = yield from queries.strip_figures.asking()
    figures = {one.indicator.code: one for one in found}
    abroad = figures.get("central_recruiting_centres_abroad")
    tiles = [tile_of(figures[code], abroad) for code in STRIP if code in figures]
    if not tiles:
        return None
    return Panel(slot="figures", tiles=tiles, link=reverse("indicators:figures"), link_label=_("All figures"))


def tile_of(figure: Figure, abroad: Figure | None) -> Tile:
    """Return a number of the strip, with its year; what is not whole or not signed off says so."""
    label = f"{figure.definition.short_name}, {figure.year}"
    if figure.indicator.code == "central_recruiting_centres" and abroad and abroad.year == figure.year:
        label = _("%(label)s, of which %(count)s abroad") % {
            "label": figure.definition.short_name,
            "count": abroad.said,
        }
    return Tile(
        value=figure.said, label=label, url=figure.get_absolute_url(), of=figure.of, doubt=doubt_of(figure)
    )


def doubt_of(figure: Figure) -> str:
    """Return why a figure is not complete, "" when it is."""
    if figure.status != "incomplete":
        return ""
    return _("%(received)s of %(expected)s answered") % {
        "received": figure.received,
        "expected": figure.expected,
    }


@asks
def organization_figures(request: HttpRequest, organization: Any) -> Asking[Panel | None]:
    """Return the organization's own figures of the last computed year, when they may be named; one question."""
    user: Any = request.user
    if not may_read_live_figures(by=user) or not user.scope.sees(organization.pk, "figure"):
        return None
    own = Figure.objects.filter(organization=organization)
    last = ExtractYear(Subquery(own.order_by("-period_start").values("period_start")[:1]))
    found = own.current().of_year(last).select_related("definition", "indicator")
    (figures,) = yield [found.order_by("indicator__order", "indicator__code").only(*SHOWN)]
    if not figures:
        return None
    year = figures[0].year
    return Panel(
        title=_("Figures of %(year)s") % {"year": year},
        template="indicators/panel.html",
        context={"figures": figures},
        link=f"{reverse('indicators:figures')}?year={year}",
        link_label=_("All figures"),
    )


@asks
def figures_to_sign(request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """Return the declared figures that wait for this person's sign-off; one question."""
    user: Any = request.user
    scope = user.scope
    if not scope.may_somewhere("sign_figure"):
        return None
    waiting = (
        Figure.objects.current()
        .filter(status="declared", signed_on=None)
        .select_related("definition", "indicator", "declared")
        .only(*SHOWN, "source", "declared__declared_by")
    )
    if scope.may("sign_figure"):
        waiting = waiting.of_network()
    else:
        waiting = waiting.filter(organization__in=scope.where("sign_figure"))
    (found,) = yield [waiting.order_by("-period_start", "indicator__order")[:MOST_TO_SIGN]]
    tasks = [
        Task(
            title=_("Sign off “%(name)s”, %(year)s") % {"name": one.indicator.name, "year": one.year},
            url=reverse("indicators:sign", args=[one.key]),
            detail=f"{one.said} · {one.source}",
            state="run",
            state_label=_("to sign off"),
        )
        for one in found
        if one.declared is None or one.declared.declared_by != user.trail_name
    ]
    return Panel(tasks=tasks) if tasks else None
