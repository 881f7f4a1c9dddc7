"""Ask the chapter of a record who may read the files kept with it."""

from collections.abc import Callable
from typing import Any

Reader = Callable[[Any, str], bool]
_READERS: dict[str, Reader] = {}


def register(kind: str, may_read: Reader) -> None:
    """Let `may_read(user, key)` decide for the records of `kind`; call it in AppConfig.ready(). One function a kind."""
    if _READERS.setdefault(kind, may_read) is not may_read:
        raise ValueError(f"the readers of {kind} are registered already")


def is_known(kind: str) -> bool:
    """Tell whether somebody decides for records of `kind`."""
    return kind in _READERS


def may_read(user: Any, kind: str, key: str) -> bool:
    """Tell whether this user may read the files of a record; nobody may where no chapter decides."""
    return kind in _READERS and bool(_READERS[kind](user, key))
