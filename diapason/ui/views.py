"""Make the two kinds of view: one that can only read, one that answers POST only."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from diapason.kernel.clock import today
from diapason.ui.listing import Listing
from diapason.ui.readings import kept
from diapason.ui.snapshot import read_only

View = Callable[..., HttpResponseBase]


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> TemplateResponse:
    """Answer with a whole page; htmx takes its piece out of it with `hx-select`."""
    return TemplateResponse(request, template, context, status=status)


def reads(view: View | None = None, *, public: bool = False) -> Any:
    """Make a view that answers GET and HEAD from one snapshot in which nothing can be written.

    Sign-in is required unless `public`. The template is rendered inside the snapshot, so that
    every figure of a page comes from the same state of the database.
    """

    def decorate(function: View) -> View:
        @wraps(function)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            if not public and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            with read_only(), kept(request):
                response = function(request, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response = _exported(request, response) or response.render()
            return response

        answer.reads_only = True  # type: ignore[attr-defined]
        answer.is_public = public  # type: ignore[attr-defined]
        return answer

    return decorate(view) if view else decorate


def _exported(request: HttpRequest, response: TemplateResponse) -> HttpResponseBase | None:
    """Answer `?export=csv` with the whole list of a page: whoever may see the page may have its rows."""
    if request.GET.get("export") != "csv" or response.status_code != 200:
        return None
    listing = (response.context_data or {}).get("listing")
    if not isinstance(listing, Listing) or not listing.columns:
        return None
    place = request.resolver_match.url_name if request.resolver_match else ""
    return listing.exported(f"diapason-{place or 'list'}-{today().isoformat()}.csv")


def writes(view: View | None = None, *, public: bool = False) -> Any:
    """Make a view that answers POST only and opens no transaction: the act it calls does.

    Sign-in is required unless `public`. Refusals (`Refused`) and stale forms (`Conflict`) become pages
    by themselves.
    """

    def decorate(function: View) -> View:
        @wraps(function)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            if not public and not request.user.is_authenticated:
                return redirect_to_login(_page_of_form(request))
            return function(request, *args, **kwargs)

        answer.reads_only = False  # type: ignore[attr-defined]
        answer.is_public = public  # type: ignore[attr-defined]
        return answer

    return decorate(view) if view else decorate


def is_page_of_ours(address: str) -> bool:
    """Tell whether an address without host ("/events/?kind=incident") is that of a page here."""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return url_has_allowed_host_and_scheme(address, None)


def _page_of_form(request: HttpRequest) -> str:
    """Return the page that a form came from, to go back to it after signing in; the home page when it is not known."""
    came_from = request.META.get("HTTP_REFERER", "")
    page_before = urlsplit(came_from)
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    if not ours or page_before.path in {"", request.path}:
        return "/"
    return page_before._replace(scheme="", netloc="", fragment="").geturl()


def forbidden(request: HttpRequest, reason: str) -> HttpResponse:
    """Answer 403 with the reason, in the page's own shell."""
    return page(request, "ui/errors/403.html", status=403, reason=reason).render()
