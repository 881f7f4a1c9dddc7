"""Write bytes under their own digest, durably, before any act names them; sweep what no record needs any more.

Bytes are staged outside the transaction: an act that fails leaves a file that the sweep removes later. A lock keeps
staging and sweeping apart, so that a file staged again while it is being swept is written again. Files carry the day,
not the hour, at which they were handed in: it could tell who sent an anonymous report.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from django.conf import settings

from diapason.context.files import images
from diapason.context.files.rules import LARGEST, PICTURES, BadFile, Box, media_type_of, safe_name

DAY: Final = 24 * 3600
GRACE: Final = 2 * DAY
"""How long (seconds) staged bytes wait for an act, counted from midnight of their day."""


@dataclass(frozen=True)
class Staged:
    """Hold what is known of bytes that lie in the store."""

    digest: str
    size: int
    media_type: str
    name: str


def folder() -> Path:
    """Return the private folder of kept files."""
    path = Path(settings.DIAPASON["files"]) / "kept"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(digest: str) -> Path:
    """Return where the bytes of that digest lie (64 lower-case hexadecimal digits, else ValueError)."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a digest")
    return folder() / digest[:2] / digest


def holds(digest: str) -> bool:
    """Tell whether the bytes of that digest lie in the store."""
    return path_of(digest).is_file()


def is_intact(digest: str) -> bool:
    """Tell whether the bytes are there and still are what their name says (reads all of them)."""
    try:
        with path_of(digest).open("rb") as file:
            return _digest_of(file) == digest
    except FileNotFoundError:
        return False


def content_of(digest: str) -> bytes | None:
    """Return the bytes of that digest, None when they are gone or are no longer what their name says."""
    try:
        data = path_of(digest).read_bytes()
    except FileNotFoundError:
        return None
    return data if sha256(data).hexdigest() == digest else None


def stage(stream: IO[bytes], name: str, masks: Iterable[Box] = ()) -> Staged:
    """Check and store what a person hands in, call it before the act; BadFile with the reason when it is not taken.

    Pictures are drawn anew without metadata, `masks` blackened. At most 20 MB.
    """
    data = stream.read(LARGEST + 1)
    media_type = media_type_of(data, name)
    if media_type in PICTURES:
        data = images.cleaned(data, masks)
    digest = sha256(data).hexdigest()
    with _locked():
        _put(digest, data)
    return Staged(digest, len(data), media_type, safe_name(name, media_type))


def discard(digest: str, is_needed: Callable[[str], bool]) -> None:
    """Remove the bytes of that digest at once, unless `is_needed(digest)`; call it after the commit."""
    with _locked():
        if not is_needed(digest):
            path = path_of(digest)
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync_folder(path.parent)


def sweep(is_needed: Callable[[str], bool], *, grace: float = GRACE) -> int:
    """Remove the bytes older than `grace` seconds that `is_needed(digest)` denies; return how many files went."""
    gone = 0
    for path in sorted(folder().glob("*/*")):
        with _locked():
            if not _is_old(path, grace) or (len(path.name) == 64 and is_needed(path.name)):
                continue
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _put(digest: str, data: bytes) -> None:
    path = path_of(digest)
    if path.is_file() and path.stat().st_size == len(data) and is_intact(digest):
        _date(path)
        return
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent.parent)
    waiting = path.parent / f"waiting-{uuid4().hex}"
    try:
        with os.fdopen(os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _date(waiting)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _date(path: Path) -> None:
    midnight = int(time.time()) // DAY * DAY
    os.utime(path, (midnight, midnight))


def _digest_of(file: IO[bytes]) -> str:
    digest = sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return digest.hexdigest()


def _is_old(path: Path, grace: float) -> bool:
    try:
        return path.stat().st_mtime <= time.time() - grace
    except FileNotFoundError:
        return False


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked() -> Iterator[None]:
    with (folder() / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


__all__ = [
    "BadFile",
    "Box",
    "Staged",
    "content_of",
    "discard",
    "folder",
    "holds",
    "is_intact",
    "path_of",
    "stage",
    "sweep",
]
