"""Answer some addresses without learning who asks: no session, no account, no address of origin, no line in a log.

The addresses are those below the paths of the setting NAMELESS_PATHS. The middleware stands before all others: what it
takes away, nothing behind it can note. Cookies that name nobody stay: the form's token, language and theme.
"""

import logging
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

OF_ORIGIN: Final = (
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_AUTHORIZATION",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "REMOTE_USER",
)
"""What a web server tells about who asks."""


def is_nameless(request: object) -> bool:
    """Tell whether nobody may note who asks."""
    return bool(getattr(request, "is_nameless", False))


class Nameless:
    """Take away who asks, before anything else looks, and let no cookie but the form's token go back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(tuple(settings.NAMELESS_PATHS)):
            return self.get_response(request)
        forget(request)
        response = self.get_response(request)
        for name in set(response.cookies) - {settings.CSRF_COOKIE_NAME}:
            del response.cookies[name]
        response.headers["Cache-Control"] = "no-store"
        return response


def forget(request: HttpRequest) -> None:
    """Take from the request what tells who asks."""
    request.is_nameless = True  # type: ignore[attr-defined]
    kept = (settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "theme")
    request.COOKIES = {name: value for name, value in request.COOKIES.items() if name in kept}
    request.META["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in request.COOKIES.items())
    request.META["REMOTE_ADDR"] = ""
    for name in OF_ORIGIN:
        request.META.pop(name, None)


class Silence(logging.Filter):
    """Keep lines about nameless requests out of a log; of a failure only its kind stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line is written."""
        if not is_nameless(getattr(record, "request", None)):
            return True
        if record.levelno < logging.ERROR:
            return False
        kind = record.exc_info[0] if record.exc_info else None
        record.msg, record.args = "a nameless page failed: %s", (kind.__name__ if kind else "",)
        record.exc_info = record.exc_text = record.stack_info = None
        return True
