"""Show the view by clause and the board of a change of edition."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from diapason.certification.readiness import queries
from diapason.certification.readiness.models import KIND
from diapason.certification.readiness.permissions import scope_of
from diapason.certification.readiness.queries.heat import MOST_ROWS, coded_names, naming_decision
from diapason.context.standards.models import Edition
from diapason.context.standards.queries import current_edition, editions_in_use
from diapason.kernel import clock
from diapason.kernel.scope import Scope
from diapason.kernel.words import message
from diapason.statistics.spreads import spread_of
from diapason.ui.exports import Column
from diapason.ui.listing import Listing
from diapason.ui.views import page, reads

COLUMNS = (
    Column(message("Organization"), "name"),
    Column(message("Assessed"), "readiness.assessed"),
    Column(message("Requirements"), "readiness.total"),
    Column(message("To close"), "readiness.open_gaps"),
    Column(message("Blocking"), lambda row: len(row.readiness.blocking)),
    Column(message("Late actions"), "readiness.late_actions"),
    Column(message("Share ready"), "readiness.share_ready"),
)


@reads
def heat(request: HttpRequest) -> HttpResponse:
    """Show clause × organization: own organization named, the others as the visibility charter says."""
    edition = _chosen_edition(request)
    if edition is None:
        return page(request, "readiness/heat.html", edition=None)
    scope = scope_of(request.user)
    listing = Listing(
        request,
        queries.named_organizations(scope),
        order=("sort_key",),
        size=MOST_ROWS,
        columns=COLUMNS,
        prepare=lambda named: queries.heat_map(edition, scope, clock.today(), named=named).rows,
    )
    opened = [number for number in request.GET.get("open", "").split(",") if number]
    shown = queries.heat_map(edition, scope, clock.today(), named=listing.rows, opened=opened)
    return page(
        request,
        "readiness/heat.html",
        edition=edition,
        editions=editions_in_use(),
        map=shown,
        listing=listing,
        opened_text=",".join(opened),
        own_count=sum(row.own for row in shown.rows),
    )


def _chosen_edition(request: HttpRequest) -> Edition | None:
    code = request.GET.get("edition", "")
    if code:
        return get_object_or_404(editions_in_use().select_related("transition_from"), code=code)
    return current_edition()


@reads
def transition(request: HttpRequest, code: str) -> HttpResponse:
    """Show who has closed which gaps of a change of edition, and who would miss the date."""
    edition = get_object_or_404(editions_in_use().select_related("transition_from"), code=code)
    if edition.transition_from is None:
        raise Http404
    scope = scope_of(request.user)
    board = queries.transition_board(edition.transition_from, edition, clock.today())
    return page(
        request,
        "readiness/transition.html",
        edition=edition,
        form=scope.form_of(KIND),
        decision=naming_decision(scope),
        deadline=board.deadline,
        changes=board.changes,
        clauses=board.clauses,
        **_lines(board, scope),
    )


def _lines(board: queries.TransitionBoard, scope: Scope) -> dict[str, Any]:
    """Return the lines that the reader may see: own, then the others named, coded or summed up."""
    form = scope.form_of(KIND)
    own = [line for line in board.lines if line.organization.pk in scope.organizations]
    others = [line for line in board.lines if line.organization.pk not in scope.organizations]
    lines = [_line(line.organization.short_name, line, named=True) for line in own]
    if form == "named":
        lines += [_line(line.organization.short_name, line, named=True) for line in others[:MOST_ROWS]]
    elif form == "coded":
        codes = coded_names()
        coded = sorted(others, key=lambda line: codes[line.organization.code])[:MOST_ROWS]
        lines += [_line(codes[line.organization.code], line, named=False) for line in coded]
    seen = board.lines if form == "named" else own
    return {
        "lines": lines,
        "closed": sum(line.forecast.closed for line in seen),
        "total": sum(line.forecast.total for line in seen),
        "missing": [line for line in seen if line.forecast.misses],
        "unforeseen": sum(line.forecast.basis == "unknown" for line in seen),
        "seen": len(seen),
        "spread": spread_of(line.forecast.closed for line in others) if form == "aggregated" else None,
    }


def _line(name: str, line: queries.TransitionLine, *, named: bool) -> dict[str, Any]:
    left = set(line.forecast.open)
    asked = {answer.clause for answer in line.sheet.answers if not answer.aside}
    return {
        "name": name,
        "organization": line.organization if named else None,
        "forecast": line.forecast,
        "cells": [
            (answer.clause, answer.clause in asked, answer.clause not in left)
            for answer in line.sheet.answers
        ],
    }
