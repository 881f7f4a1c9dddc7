"""Answer what belongs to the interface itself: pictures of charts, preferences, the gallery, error pages."""

import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from diapason.ui import chart_store, components, examples
from diapason.ui.context import THEMES
from diapason.ui.views import page, reads, writes

A_YEAR = 365 * 24 * 3600


@reads
def chart_picture(request: HttpRequest, key: str) -> HttpResponse:
    """Answer the picture of a chart; htmx asks again while it is being drawn, an <img> waits (`?wait=1`)."""
    if not chart_store.is_known(key):
        raise Http404
    svg = chart_store.picture(key)
    if not svg and not chart_store.has_failed(key):
        chart_store.start_drawing()
        svg = _soon(key, 15.0 if request.GET.get("wait") else 0.0)
    if svg:
        headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable"}
        return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8", headers=headers)
    context = {"key": key, "failed": chart_store.has_failed(key)}
    return HttpResponse(render_to_string("ui/chart_waits.html", context, request), status=200)


def _soon(key: str, seconds: float) -> str:
    """Return the picture as soon as it is there, "" when the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not chart_store.has_failed(key):
        if svg := chart_store.picture(key):
            return svg
        time.sleep(0.1)
    return chart_store.picture(key)


@writes(public=True)
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember in this browser the language to speak."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(_back(request))
    if code in dict(settings.LANGUAGES):
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, code, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@writes(public=True)
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember in this browser whether pages are light or dark."""
    theme = request.POST.get("theme", "")
    response = HttpResponseRedirect(_back(request))
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response


def _back(request: HttpRequest) -> str:
    """Return the page to go back to, when it is ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else "/"


@reads
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with its arguments and examples, made from the headers of their files."""
    return page(request, "ui/gallery.html", components=components.every(), given=examples.every(request))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 404: nothing here, or nothing that the reader may see."""
    return page(request, "ui/errors/404.html", status=404).render()


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 403 when Django itself refuses."""
    reason = str(exception) if exception and str(exception) else _("You may not open this page.")
    return page(request, "ui/errors/403.html", status=403, reason=reason).render()


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 400 when a request cannot be understood."""
    return page(request, "ui/errors/400.html", status=400).render()


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when the form's own token is missing or too old."""
    return page(request, "ui/errors/expired.html", status=403).render()


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database for anything."""
    return HttpResponse(render_to_string("ui/errors/500.html", {}), status=500)
