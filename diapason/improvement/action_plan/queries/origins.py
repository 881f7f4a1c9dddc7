"""Ask the chapters above what a record is that asks for an action: its house and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from diapason.context.network.models import Organization


@dataclass(frozen=True)
class Origin:
    """Hold what asked for an action, as this reader may know it."""

    organization: Organization
    label: str


_FINDERS: dict[str, Callable[[str, Any], Origin | None]] = {}


def register(kind: str, finder: Callable[[str, Any], Origin | None]) -> None:
    """Say how a kind of record is found: function(key, user) answers None for what that person may not see."""
    _FINDERS[kind] = finder


def origin_of(subject: str, user: Any) -> Origin | None:
    """Return what asked for an action, None when it is unknown or hidden from this person."""
    kind, _, key = subject.partition(":")
    finder = _FINDERS.get(kind)
    return finder(key, user) if finder else None


def organization_of(subject: str, user: Any) -> Organization | None:
    """Return the house of what asked for an action."""
    found = origin_of(subject, user)
    return found.organization if found else None


def label_of(subject: str, user: Any) -> str:
    """Return what asked for an action in words, "" when there is nothing to tell."""
    found = origin_of(subject, user) if subject else None
    return found.label[:200] if found else ""
