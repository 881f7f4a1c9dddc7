"""Keep what one page has read, so that its panels ask the same question once.

What is kept lives exactly as long as the read snapshot of one request: inside it a second answer would be the same.
Outside (a request that writes, a command) nothing is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.http import HttpRequest

Answer = TypeVar("Answer")
_NAME = "kept_readings"


@contextmanager
def kept(request: HttpRequest) -> Iterator[None]:
    """Keep readings for this request within the block."""
    setattr(request, _NAME, {})
    try:
        yield
    finally:
        delattr(request, _NAME)


def once(request: HttpRequest, question: Callable[..., Answer], *args: Any) -> Answer:
    """Return `question(*args)`, asked once within a snapshot; `args` must be hashable."""
    readings: dict[Any, Any] | None = getattr(request, _NAME, None)
    if readings is None:
        return question(*args)
    key = (question, args)
    if key not in readings:
        readings[key] = question(*args)
    return readings[key]
