"""Write sign-ins, failures and refusals as JSON lines, apart from the trail (OWASP ASVS 5.0 16.2, 16.3).

What is refused changes nothing, so it has no act; what happens at the door is no record of quality. Lines are only
ever appended, name persons by identifier, and never hold an address, a password, a body or a query string.
"""

import json
import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from diapason.kernel.clock import wall_clock
from diapason.ui.nameless import is_nameless

LOGGER = logging.getLogger("diapason.security")


class AppendedLines(logging.Handler):
    """Append each line in one write, flushed, to a file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = Path(path)

    def emit(self, record: logging.LogRecord) -> None:
        """Append the message; a failure is shouted by logging's own last resort."""
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, (record.getMessage() + "\n").encode("utf-8"))
            finally:
                os.close(descriptor)
        except OSError:
            self.handleError(record)


def connect() -> None:
    """Send the logger's lines to the file of the settings, once a process."""
    if not any(isinstance(handler, AppendedLines) for handler in LOGGER.handlers):
        LOGGER.addHandler(AppendedLines(settings.DIAPASON["security_log"]))
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False


def line(event: str, request: HttpRequest | None, **details: Any) -> str:
    """Return the JSON line of an event; JSON escapes line ends, so that nobody can forge a second line."""
    entry: dict[str, Any] = {"at": wall_clock().isoformat(timespec="milliseconds"), "event": event}
    if request is not None:
        match = request.resolver_match
        entry |= {
            "person": person_of(request),
            "from": request.META.get("REMOTE_ADDR", ""),
            "method": request.method,
            "page": (match.view_name if match else "") or request.path[:200],
        }
        if match and match.kwargs and "token" not in match.kwargs:
            entry["of"] = {name: str(value)[:120] for name, value in match.kwargs.items()}
    return json.dumps(entry | details, ensure_ascii=True, default=str)


def note(event: str, request: HttpRequest | None, **details: Any) -> None:
    """Write the event now, unless the address is nameless: call it after any transaction has ended."""
    if is_nameless(request):
        return
    LOGGER.info("%s", line(event, request, **details))


def person_of(request: HttpRequest) -> str:
    """Return the identifier of who is signed in, "" for nobody."""
    user = getattr(request, "user", None)
    return user.trail_name if user is not None and user.is_authenticated else ""
