"""Ask the chapter of a record who may read the files kept with it, and in which words that is told."""

from collections.abc import Callable
from typing import Any

Reader = Callable[[Any, str], bool]
_READERS: dict[str, Reader] = {}
_WORDS: dict[str, str] = {}


def register(kind: str, may_read: Reader, who: str = "") -> None:
    """Let `may_read(user, key)` decide for the records of `kind`; call it in AppConfig.ready(). One function a kind.

    `who` (message id) says who they are, so that whoever adds or prints a file knows who sees it.
    """
    if _READERS.setdefault(kind, may_read) is not may_read:
        raise ValueError(f"the readers of {kind} are registered already")
    _WORDS[kind] = who


def is_known(kind: str) -> bool:
    """Tell whether somebody decides for records of `kind`."""
    return kind in _READERS


def may_read(user: Any, kind: str, key: str) -> bool:
    """Tell whether this user may read the files of a record; nobody may where no chapter decides."""
    return kind in _READERS and bool(_READERS[kind](user, key))


def who_reads(kind: str) -> str:
    """Return in words (message id) who reads the files of records of `kind`, "" where their chapter does not say."""
    return _WORDS.get(kind, "")
