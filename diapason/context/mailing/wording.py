"""Name the kinds of messages; each chapter registers its own at start-up."""

from django.utils.translation import gettext

_KINDS: dict[str, str] = {}


def register(kind: str, label: str) -> None:
    """Give a kind of message its name (a message id)."""
    _KINDS[kind] = label


def label_of(kind: str) -> str:
    """Return the name of a kind in the reader's language, the code itself when nobody named it."""
    return gettext(_KINDS[kind]) if kind in _KINDS else kind
