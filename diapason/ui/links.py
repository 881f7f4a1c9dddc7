"""Turn a subject ("kind:key") into a link to its record; each chapter registers its kinds."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext


@dataclass(frozen=True)
class Kind:
    """Hold what one kind of subject is called (message id) and which page shows it."""

    url_name: str
    label: str = ""


_KINDS: dict[str, Kind] = {}


def register(kind: str, url_name: str, label: str = "") -> None:
    """Make subjects of `kind` open the page `url_name`, which takes the key as its only argument."""
    known = _KINDS.get(kind)
    if known and known.url_name != url_name:
        raise ValueError(f"subjects of the kind {kind} open {known.url_name} already, not {url_name}")
    _KINDS[kind] = Kind(url_name, label)


def kinds() -> dict[str, Kind]:
    """Return every registered kind."""
    return dict(_KINDS)


def key_of(subject: str) -> str:
    """Return the key inside "kind:key"."""
    return subject.partition(":")[2] or subject


def kind_label(subject: str) -> str:
    """Return what the kind of a subject is called, in the reader's language ("" when it has no name)."""
    kind = _KINDS.get(subject.partition(":")[0])
    return gettext(kind.label) if kind and kind.label else ""


def url_of(subject: str) -> str:
    """Return the address of the record, "" when its kind has no page."""
    kind, _, key = subject.partition(":")
    known = _KINDS.get(kind)
    if not known or not key:
        return ""
    try:
        return reverse(known.url_name, args=[key])
    except NoReverseMatch:
        return ""
