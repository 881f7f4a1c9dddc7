"""Answer the home pages, the search and the small pages that belong to no chapter."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from diapason.kernel import clock
from diapason.kernel.scope import NOBODY, Scope
from diapason.portal.buckets import sorted_into_buckets
from diapason.portal.guide import guide_in
from diapason.portal.places import NETWORK, SESSION_KEY, places_of
from diapason.ui import navigation, panels
from diapason.ui.search import find
from diapason.ui.views import page, reads, writes


@reads
def home(request: HttpRequest) -> HttpResponse:
    """Open the network for those who steer it, the day for everybody else."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    steers = scope.network_wide and scope.audience != "funder"
    return redirect("portal_network" if steers else "portal_day")


@reads
def network(request: HttpRequest) -> HttpResponse:
    """Show the whole network on one page, made of the panels that chapters give."""
    given = panels.collect("network_home", request)
    return page(
        request,
        "portal/network.html",
        sentences=[panel.sentence for panel in given if panel.sentence],
        tiles=[tile for panel in given for tile in panel.tiles][:6],
        decisions=[task for panel in given for task in panel.tasks],
        halves=[panel for panel in given if panel.template and panel.slot == "half"],
        wides=[panel for panel in given if panel.template and panel.slot != "half"],
    )


@reads
def day(request: HttpRequest) -> HttpResponse:
    """Show what this person has to do, late things first."""
    given = panels.collect("my_day", request)
    tasks = [task for panel in given for task in panel.tasks]
    buckets = sorted_into_buckets(tasks, clock.today())
    counts = {bucket.name: len(bucket.tasks) for bucket in buckets}
    return page(
        request,
        "portal/day.html",
        buckets=buckets,
        late=counts.get("late", 0),
        due_today=counts.get("today", 0),
        total=len(tasks),
        others=[panel for panel in given if panel.template],
        given_name=getattr(getattr(request.user, "person", None), "given_name", ""),
    )


@reads
def search(request: HttpRequest) -> HttpResponse:
    """Look for records and pages by what somebody typed."""
    text = request.GET.get("q", "").strip()[:120]
    return page(
        request, "portal/search.html", q=text, groups=find(request, text), pages=_pages(request, text)
    )


def _pages(request: HttpRequest, text: str) -> list[navigation.Link]:
    """Return the pages of the sidebar whose name holds the text."""
    wanted = text.casefold()
    sections = navigation.shown_to(request) if len(wanted) >= 2 else []
    return [link for _, links in sections for link in links if wanted in link.label.casefold()]


@reads
def guide(request: HttpRequest) -> HttpResponse:
    """Show how to use Diapason, in the reader's language."""
    return page(request, "portal/guide.html", guide=guide_in("fr" if get_language() == "fr" else "en"))


@reads
def administration(request: HttpRequest) -> HttpResponse:
    """Show the pages of the administration section."""
    links = dict(navigation.shown_to(request)).get(navigation.heading("administration"), [])
    own = reverse("portal_administration")
    return page(request, "portal/administration.html", links=[link for link in links if link.url != own])


@writes
def place(request: HttpRequest) -> HttpResponse:
    """Remember for this session where the reader stands, and go there."""
    known: dict[str, Any] = {each.key: each for each in places_of(request)}
    wanted = known.get(request.POST.get("place", ""), known[NETWORK])
    request.session[SESSION_KEY] = wanted.key
    return HttpResponseRedirect(wanted.url)


@reads(public=True)
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the application answers and reaches its database; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        alive = cursor.fetchone() == (1,)
    return JsonResponse({"status": "ok" if alive else "broken"}, headers={"Cache-Control": "no-store"})
