"""Open a file or an archive of files member by member, and refuse what would fill memory or disk."""

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from diapason.operation.registry_imports.readers.record import Reading, Unreadable

MB: Final = 1024 * 1024
_PACKED: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"(\xb5/\xfd",
)
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)


@dataclass(frozen=True)
class Limits:
    """Hold how much is taken: bytes of one record, growth when unpacked, bytes in all, members."""

    record: int = 32 * MB
    growth: int = 200
    growth_from: int = 8 * MB
    total: int = 60 * 1024 * MB
    members: int = 1_500_000


class Member:
    """Read one member, never more of it than the limits allow."""

    def __init__(self, name: str, stream: IO[bytes], packed: int, limits: Limits, budget: "Budget") -> None:
        self.name = name
        self._stream = stream
        self._packed = max(packed, 1)
        self._limits = limits
        self._budget = budget
        self._taken = 0

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes more, b"" at the end; raise Unreadable beyond a limit or when damaged."""
        try:
            data = self._stream.read(size)
        except _DAMAGED:
            raise Unreadable("damaged") from None
        except RuntimeError:
            raise Unreadable("encrypted") from None
        self._taken += len(data)
        self._budget.spend(len(data))
        if self._taken > self._limits.growth_from and self._taken > self._packed * self._limits.growth:
            raise Unreadable("bomb", limit=self._limits.growth)
        return data

    def whole(self, head: bytes) -> bytes:
        """Return the rest of the member behind `head`; raise Unreadable when it is too large for a record."""
        parts, size = [head], len(head)
        while data := self.read(MB):
            size += len(data)
            if size > self._limits.record:
                raise Unreadable("too_large", limit=self._limits.record // MB)
            parts.append(data)
        return b"".join(parts)


class Budget:
    """Count the bytes unpacked out of one file."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.left = total

    def spend(self, size: int) -> None:
        """Take away `size`; raise Unreadable when nothing is left."""
        self.left -= size
        if self.left < 0:
            raise Unreadable("total", limit=self.total // (1024 * MB))


def is_packed(head: bytes) -> bool:
    """Tell whether the bytes begin like an archive or a compressed file."""
    return head.startswith(_PACKED)


def members(path: Path, limits: Limits) -> Iterator[Member | Reading]:
    """Return each member of the file in order, or the refusal that stands for it; folders are no members."""
    budget = Budget(limits.total)
    with path.open("rb") as file:
        head = file.read(6)
        file.seek(0)
        if head.startswith(_PACKED[:2]):
            yield from _zipped(file, path.name, limits, budget)
        elif head.startswith(b"\x1f\x8b"):
            with gzip.open(file) as stream:
                name, size = path.name.removesuffix(".gz"), path.stat().st_size
                yield Member(name, stream, size, limits, budget)  # type: ignore[arg-type]
        elif is_packed(head):
            yield Reading(path.name, code="method")
        else:
            yield Member(path.name, file, path.stat().st_size, limits, budget)


def _zipped(file: IO[bytes], name: str, limits: Limits, budget: Budget) -> Iterator[Member | Reading]:
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED:
        yield Reading(name, code="damaged")
        return
    entries = archive.infolist()
    if len(entries) > limits.members:
        yield Reading(name, code="members", parameters={"limit": limits.members})
        return
    if _overlap(entries):
        yield Reading(name, code="overlap")
        return
    for entry in entries:
        if not entry.is_dir():
            yield from _member(archive, entry, limits, budget)


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two members share bytes: how a small archive is made to hold endless copies of itself."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + 30 + entry.compress_size
    return False


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, budget: Budget
) -> Iterator[Member | Reading]:
    code = _fault(entry)
    if code:
        yield Reading(entry.filename, code=code)
        return
    try:
        stream = archive.open(entry)
    except _DAMAGED:
        yield Reading(entry.filename, code="damaged")
        return
    except RuntimeError:
        yield Reading(entry.filename, code="encrypted")
        return
    with stream:
        yield Member(entry.filename, stream, entry.compress_size, limits, budget)


def _fault(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & 0x1:
        return "encrypted"
    return "" if entry.compress_type in _METHODS else "method"
