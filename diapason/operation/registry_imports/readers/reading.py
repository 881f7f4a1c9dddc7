"""Read a file, an archive or a folder as a stream of records and refusals, in order and in bounded memory."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from diapason.operation.registry_imports.readers import api_json, classic_xml, json_stream
from diapason.operation.registry_imports.readers.archives import MB, Limits, Member, is_packed, members
from diapason.operation.registry_imports.readers.record import Reading, RegistryRecord, Unreadable

WHOLE: Final = 2 * MB
"""JSON up to this size is decoded at once; larger JSON is cut into its elements first."""
PRUNED_FROM: Final = 1 * MB
_SPACE: Final = b" \t\r\n"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def readings(path: Path, limits: Limits | None = None) -> Iterator[Reading]:
    """Return what stands at each place of a file, or of every file of a folder, in order.

    Never raises for what a file holds: whatever cannot be read is one Reading with its reason.
    """
    limits = limits or Limits()
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        prefix = f"{file.relative_to(path)} › " if path.is_dir() and file.suffix == ".zip" else ""
        for member in members(file, limits):
            if isinstance(member, Reading):
                yield Reading(prefix + member.place, code=member.code, parameters=member.parameters)
            else:
                yield from _of_member(member, prefix, limits)


def _of_member(member: Member, prefix: str, limits: Limits) -> Iterator[Reading]:
    place = prefix + member.name
    try:
        yield from _by_format(member, place, limits)
    except Unreadable as error:
        yield Reading(place, code=error.code, parameters=error.parameters)


def _by_format(member: Member, place: str, limits: Limits) -> Iterator[Reading]:
    head = member.read(WHOLE)
    if not head.strip():
        raise Unreadable("empty")
    if is_packed(head):
        raise Unreadable("nested")
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)[:1]
    if head[:2] in _WIDE and b"<" not in head[2:4]:
        raise Unreadable("encoding")
    if head[:2] in _WIDE or first == b"<":
        yield Reading(place, record=classic_xml.record_from(member.whole(head)))
    elif first in {b"{", b"["}:
        yield from _json(member, head, place, limits)
    else:
        raise Unreadable("foreign")


def _json(member: Member, head: bytes, place: str, limits: Limits) -> Iterator[Reading]:
    rest = member.read(1) if len(head) == WHOLE else b""
    if not rest:
        try:
            value = api_json.decoded(head)
        except Unreadable as error:
            if error.code == "encoding" or b"protocolSection" not in head:
                raise
        else:
            yield from _values(value, place)
            return
    yield from _pieces(member, head + rest, place, limits)


def _values(value: object, place: str) -> Iterator[Reading]:
    wrapped = value.get("studies") if isinstance(value, dict) else value
    if not isinstance(wrapped, list):
        yield _reading(place, value)
        return
    if not wrapped:
        raise Unreadable("empty")
    for number, element in enumerate(wrapped, start=1):
        yield _reading(f"{place} #{number}", element)


def _reading(place: str, value: object) -> Reading:
    try:
        return Reading(place, record=api_json.record_from(value))
    except Unreadable as error:
        return Reading(place, code=error.code, parameters=error.parameters)


def _pieces(member: Member, head: bytes, place: str, limits: Limits) -> Iterator[Reading]:
    waiting = [head]
    number, alone = 0, head.lstrip(b"\xef\xbb\xbf" + _SPACE)[:1] == b"{" and b'"studies"' not in head[:4096]

    def read(size: int) -> bytes:
        return waiting.pop() if waiting else member.read(size)

    for number, piece in enumerate(json_stream.pieces(read, limits.record), start=1):
        where = place if alone and number == 1 else f"{place} #{number}"
        yield _of_piece(piece, where, limits)


def _of_piece(piece: json_stream.Piece, place: str, limits: Limits) -> Reading:
    if piece.flaw:
        parameters = {"limit": limits.record // MB} if piece.flaw == "too_large" else {}
        return Reading(place, code=piece.flaw, parameters=parameters)
    try:
        raw = json_stream.without_results(piece.raw) if len(piece.raw) > PRUNED_FROM else piece.raw
        record: RegistryRecord = api_json.record_from(api_json.decoded(raw))
    except Unreadable as error:
        return Reading(place, code=error.code, parameters=error.parameters)
    return Reading(place, record=record)
