"""Add security headers, choose the language, and turn refusals into pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from diapason.kernel.verdicts import Conflict, Refused
from diapason.ui import links, wording
from diapason.ui.policy import PERMISSIONS_POLICY
from diapason.ui.views import forbidden, page

Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Add the headers that Django does not know; signed-in pages stay out of shared caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-cache"
        return response


class Language:
    """Speak the language of the cookie, else of the account, else of the browser, else French."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        self._speak(request, chosen or translation.get_language_from_request(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "fr")
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Take the account's language when the browser holds no choice of its own."""
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            spoken = _known(getattr(request.user, "language", "") or "")
            if spoken:
                self._speak(request, spoken)

    @staticmethod
    def _speak(request: HttpRequest, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def _known(code: str) -> str:
    """Return the code when the interface speaks it, else ""."""
    return code if code in dict(settings.LANGUAGES) else ""


class Refusals:
    """Turn a refusal into the 403 page with its reason, a stale form into the 409 page; let no NUL through."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL knows no NUL in a text: one in a search or filter is a space, before anybody asks for it.
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "%20")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: dict[str, Any]) -> None:
        """Know nothing under an address that holds a NUL."""
        if any("\x00" in str(value) for value in named.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for the two exceptions of the domain; leave every other to Django."""
        if isinstance(error, Refused):
            return forbidden(request, wording.reason_text(error.verdict))
        if isinstance(error, Conflict):
            return page(
                request,
                "ui/errors/409.html",
                status=409,
                subject=error.subject,
                address=links.url_of(error.subject),
                differences=[(name, now, then) for name, (now, then) in error.differences.items()],
            ).render()
        return None
