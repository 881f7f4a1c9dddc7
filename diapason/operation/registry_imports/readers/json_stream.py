"""Cut a stream of JSON into its records without holding the whole in memory.

Understands one object, several objects after each other, an array of objects, and an object that
wraps such an array as "studies". What is broken inside a list costs only itself.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

import orjson

Read = Callable[[int], bytes]
CHUNK: Final = 256 * 1024
_RUN: Final = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_BETWEEN: Final = re.compile(rb"[\s,]*")
_SCALAR: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[^\s,\[\]{}"]++', re.DOTALL)
_WRAPPED: Final = re.compile(
    rb'\s*\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-+.\w]+)\s*,\s*){0,50}"studies"\s*:\s*\['
)
_START: Final = re.compile(rb'\{\s*"protocolSection"')


class Piece:
    """Hold the bytes of one element, and whether the stream ended or grew too large inside it."""

    __slots__ = ("flaw", "raw")

    def __init__(self, raw: bytes, flaw: str = "") -> None:
        self.raw = raw
        self.flaw = flaw


class _Buffer:
    """Hold what was read and not yet handed out."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.data = bytearray()
        self.ended = False

    @classmethod
    def of(cls, raw: bytes) -> "_Buffer":
        """Return a buffer over bytes that are all there."""
        buffer = cls(lambda size: b"")
        buffer.data = bytearray(raw)
        return buffer

    def grow(self) -> bool:
        """Read on; tell whether there was more."""
        more = b"" if self.ended else self.read(max(CHUNK, len(self.data) // 2))
        self.ended = not more
        self.data += more
        return bool(more)

    def drop(self, count: int) -> None:
        """Forget the first bytes."""
        del self.data[:count]


def pieces(read: Read, largest: int) -> Iterator[Piece]:
    """Return each element in order; `largest` is the most bytes that one may have."""
    buffer = _Buffer(read)
    buffer.grow()
    if buffer.data.startswith(b"\xef\xbb\xbf"):
        buffer.drop(3)
    inside, flaw = _open(buffer), ""
    while True:
        buffer.drop(_BETWEEN.match(buffer.data).end())  # type: ignore[union-attr]
        if not buffer.data:
            if buffer.grow():
                continue
            if inside and not flaw:
                yield Piece(b"", "truncated")
            return
        if inside and buffer.data[:1] == b"]":
            return
        for piece in _element(buffer, largest):
            flaw = piece.flaw
            yield piece


def _open(buffer: _Buffer) -> bool:
    """Step into the list, bare or wrapped; tell whether there is one."""
    bare = re.match(rb"\s*\[", buffer.data)
    match = bare or _WRAPPED.match(buffer.data)
    if match:
        buffer.drop(match.end())
    return bool(match)


def _element(buffer: _Buffer, largest: int) -> Iterator[Piece]:
    if bytes(buffer.data[:1]) in {b"{", b"["}:
        end, flaw = _closing(buffer, largest)
    else:
        end, flaw = _scalar(buffer)
    raw = bytes(buffer.data[:end])
    again = _START.search(raw, 1) if flaw or len(raw) > CHUNK else None
    if again and (flaw or not _is_whole(raw)):
        buffer.drop(again.start())
        yield Piece(raw[: again.start()], "truncated")
        return
    buffer.drop(end)
    if flaw == "too_large":
        while buffer.grow():
            buffer.drop(max(0, len(buffer.data) - 64))
    yield Piece(raw, flaw)


def _is_whole(raw: bytes) -> bool:
    try:
        orjson.loads(raw)
    except orjson.JSONDecodeError:
        return False
    return True


def _scalar(buffer: _Buffer) -> tuple[int, str]:
    match = _SCALAR.match(buffer.data)
    return (match.end() if match else 1), ""


def _closing(buffer: _Buffer, largest: int) -> tuple[int, str]:
    """Return where the element that begins here ends, and its flaw."""
    depth, position = 0, 0
    while True:
        position = _RUN.match(buffer.data, position).end()  # type: ignore[union-attr]
        sign = buffer.data[position : position + 1]
        if not sign or sign == b'"':
            if len(buffer.data) > largest:
                return len(buffer.data), "too_large"
            if not buffer.grow():
                return len(buffer.data), "truncated"
            continue
        depth += 1 if bytes(sign) in {b"{", b"["} else -1
        position += 1
        if not depth:
            return position, ""


_MEMBER: Final = re.compile(rb'[\s,]*"((?:[^"\\]++|\\.)*+)"\s*:\s*', re.DOTALL)
KEPT: Final = frozenset({b"protocolSection", b"derivedSection", b"hasResults"})


def without_results(raw: bytes) -> bytes:
    """Return the object with only the sections that are read, so that results never fill the memory."""
    parts, position = [], 1
    while match := _MEMBER.match(raw, position):
        start = match.end()
        end = (
            start + _closing(_Buffer.of(raw[start:]), len(raw))[0]
            if raw[start : start + 1] in {b"{", b"["}
            else 0
        )
        if not end:
            scalar = _SCALAR.match(raw, start)
            end = scalar.end() if scalar else start + 1
        if match[1] in KEPT:
            parts.append(raw[match.start() : end].lstrip(b" \t\r\n,"))
        position = end
    return b"{" + b",".join(parts) + b"}"
