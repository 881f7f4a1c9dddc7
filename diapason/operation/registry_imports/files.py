"""Keep a handed-in file until it has been read: named by its content, never served, then thrown away.

A registry file names contacts and investigators: it is kept no longer than the work on it.
"""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from django.conf import settings

LARGEST: Final = 2 * 1024 * 1024 * 1024
"""How large a file may be that is handed in through the page; the command has no such limit."""
SUFFIXES: Final = (".zip", ".xml", ".json", ".gz")
ROOM: Final = 3
"""How many times its size a file needs: itself, its working copy and what it becomes."""
_PIECE: Final = 1024 * 1024


class TooLarge(ValueError):
    """Say that a file is larger than is taken."""


def folder() -> Path:
    """Return the private folder of handed-in files."""
    path = Path(settings.DIAPASON["files"]) / "registry_imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(digest: str) -> Path:
    """Return where the file of that content lies."""
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a digest")
    return folder() / digest


def keep(stream: IO[bytes], largest: int = LARGEST) -> tuple[str, int]:
    """Store what the stream holds; return its SHA-256 and size. Raises TooLarge, keeping nothing."""
    waiting = folder() / f"waiting-{uuid4().hex}"
    digest, size = sha256(), 0
    try:
        with os.fdopen(os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > largest:
                    raise TooLarge(str(size))
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path_of(digest.hexdigest()))
    finally:
        waiting.unlink(missing_ok=True)
    return digest.hexdigest(), size


def forget(digest: str) -> None:
    """Throw the file of that content away."""
    path_of(digest).unlink(missing_ok=True)


def has_room_for(size: int) -> bool:
    """Tell whether the disk has room for a file of that size and the work on it."""
    return shutil.disk_usage(folder()).free > ROOM * size
