"""Show the portfolio and the page of a study."""

from collections.abc import Mapping
from functools import lru_cache, partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext

from diapason.context.network.models import Organization
from diapason.context.network.queries import members_of, organizations_of
from diapason.context.studies import charts, permissions, queries
from diapason.context.studies.models import Study
from diapason.context.studies.rules.vocabulary import CATEGORY_LABELS, PHASE_LABELS, STATUS_LABELS
from diapason.context.studies.views.filters import (
    active_on,
    country,
    organization,
    recruiting_on,
    sponsor,
    text,
)
from diapason.context.studies.views.rows import Rows, site_row
from diapason.kernel.words import message
from diapason.ui import panels
from diapason.ui.asking import answered, side_by_side
from diapason.ui.exports import Column
from diapason.ui.listing import Filter, Listing
from diapason.ui.pieces import put_together
from diapason.ui.views import page, reads

COLUMNS = (
    Column(message("Study"), "short_title"),
    Column(message("Number"), "key"),
    Column(message("Sponsor"), "sponsor_said"),
    Column(message("Status"), "get_status_display"),
    Column(message("Phase"), "get_phase_display"),
    Column(message("Category"), "category"),
    Column(
        message("Inclusions"),
        lambda row: row.planned_enrolment if row.actual_enrolment is None else row.actual_enrolment,
    ),
    Column(message("Sites"), "site_count"),
    Column(message("Sites abroad"), "site_count_abroad"),
)

SHOWN_FIELDS = (
    "key", "title_fr", "title_en", "acronym", "sponsor", "sponsor_name", "sponsor_kind",
    "category", "phase", "planned_enrolment", "actual_enrolment", "is_confidential", "status", "site_count",
    "site_count_abroad", "sort_key",
)  # fmt: skip
"""What the portfolio and its export read of a study: a row has more than twice as many columns."""


LABELS = {"status": STATUS_LABELS, "phase": PHASE_LABELS, "category": CATEGORY_LABELS}


@lru_cache(maxsize=16)
def _choices(name: str, _language: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), gettext(label)) for code, label in LABELS[name].items() if code)


def _filters(request: HttpRequest) -> list[Filter]:
    language = get_language() or ""
    members = [(o.code, o.short_name) for o in members_of(request)]
    groups = [
        ("members", gettext("any member")),
        ("central", gettext("a central function")),
        ("others", gettext("outside the network")),
    ]
    shown = [
        Filter("q", message("Title, acronym or number"), apply=text),
        Filter("status", message("Status"), "status", _choices("status", language)),
        Filter("phase", message("Phase"), "phase", _choices("phase", language)),
        Filter("category", message("Category"), "category", _choices("category", language)),
        Filter("sponsor", message("Sponsor"), choices=[*groups, *members], apply=sponsor),
        Filter("organization", message("Taking part"), choices=members, apply=organization),
        Filter("country", message("Country"), apply=country),
    ]
    if request.GET.get("active_on"):
        shown.append(Filter("active_on", message("Active on"), apply=active_on))
    if request.GET.get("recruiting_on"):
        shown.append(Filter("recruiting_on", message("Recruiting on"), apply=recruiting_on))
    return shown


def _with_sponsors(known: Mapping[int | None, Organization], rows: list[Study]) -> list[Study]:
    """Give each study its sponsor, out of the organizations that the page has asked for already."""
    for row in rows:
        if row.sponsor_id in known:
            row.sponsor = known[row.sponsor_id]
    return rows


WHOLE = 1_000_000
"""How far the studies behind a figure are counted: to the last one, so that page and figure say the same."""


@reads
def studies(request: HttpRequest) -> HttpResponse:
    """Show the studies that this person may know of."""
    visible = Study.objects.visible_to(request.user).only(*SHOWN_FIELDS)
    known: dict[int | None, Organization] = {one.pk: one for one in organizations_of(request)}
    of_figure = bool({"active_on", "recruiting_on"} & request.GET.keys())
    listing = Listing(
        request,
        visible,
        filters=_filters(request),
        columns=COLUMNS,
        prepare=partial(_with_sponsors, known),
        draw=Rows({key: one.short_name for key, one in known.items()}),
        cap=WHOLE if of_figure else 0,
    )
    may_register = permissions.may_register_somewhere(by=request.user)
    return page(request, "studies/studies.html", listing=listing, may_register=may_register)


@reads
def study(request: HttpRequest, key: str) -> HttpResponse:
    """Show one study: facts, numbers, statuses, sites, sources and what changed."""
    found = get_object_or_404(queries.shown_study(request.user, key))
    everything = "all" if request.GET.get("sites") == "all" else ""
    parts = queries.parts_of.asking(found, limit=None if everything else queries.SHOWN_SITES)
    (sites, countries), given = answered(side_by_side(parts, panels.collecting("study", request, found)))
    return page(
        request,
        "studies/study.html",
        study=found,
        sites=sites,
        site_rows=put_together(map(site_row, sites)),
        more_sites=not everything and len(sites) == queries.SHOWN_SITES,
        chart=charts.sites_by_country(countries) if countries else None,
        panels=given,
        may_correct=permissions.may_correct_study(found, by=request.user),
        may_hide=permissions.may_set_confidentiality(found, found.holder or found.sponsor, by=request.user),
    )
