"""Check the whole trail against itself, its keys, its triggers and the records of today (ISO 9001 §7.5.3.2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from diapason.audit_trail import keys, merkle, replay, triggers
from diapason.audit_trail.canonical import NotCanonical, canonical_bytes, parsed
from diapason.audit_trail.entries import instance_identifier
from diapason.audit_trail.models import Entry, EntrySubject, Head, Node, Pending
from diapason.audit_trail.recording import moment
from diapason.audit_trail.signing.models import SigningKey
from diapason.kernel.words import message

CHUNK = 2000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Fault:
    """Hold one thing that is wrong: a message id with its parameters, and the entry when it lies in one.

    A fault that is not `exact` (a node, a head) lies at its entry or later.
    """

    reason: str
    parameters: dict[str, Any] = field(default_factory=dict)
    entry: int | None = None
    exact: bool = True

    def __str__(self) -> str:
        where = "" if self.entry is None else f"entry {self.entry}: "
        return where + (self.reason % self.parameters if self.parameters else self.reason)


@dataclass
class Result:
    """Hold what a verification found."""

    entries: int = 0
    heads: int = 0
    records: int = 0
    root: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def first_wrong(self) -> int | None:
        """Return the number of the first wrong entry, None when none is named."""
        named = [fault for fault in self.faults if fault.entry is not None]
        exact = [fault for fault in named if fault.exact]
        return min((fault.entry for fault in exact or named if fault.entry is not None), default=None)


def quiet(step: str, done: int, total: int) -> None:
    """Report no progress."""


def verify(progress: Progress = quiet, *, records: bool = True) -> Result:
    """Check everything and return what was found; with `records`, also today's rows against the trail.

    Call it in one snapshot. Costs one pass over the trail and one over each recorded table; holds 64 bytes an entry,
    and with `records` the last stated values of each record.
    """
    result = Result(entries=Entry.objects.count())
    state = replay.State() if records else None
    leaves = bytearray()
    result.faults += _entries(leaves, state, progress, result.entries)
    state = None if result.faults else state
    levels = _levels(leaves)
    result.faults += _nodes(levels, progress)
    result.root = merkle.root(len(leaves) // 32, _reader(levels)).hex()
    result.faults += _keys()
    result.heads = Head.objects.count()
    result.faults += _heads(levels, progress, result.heads)
    result.faults += [
        Fault(message("trigger missing or altered: %(name)s"), {"name": name}) for name in triggers.missing()
    ]
    if Pending.objects.exists():
        result.faults.append(Fault(message("changes wait that no act has stated")))
    if state is not None:
        result.records, found = replay.compare(state, progress)
        result.faults += [Fault(reason, parameters, entry) for reason, parameters, entry in found]
    return result


def _entries(
    leaves: bytearray, state: "replay.State | None", progress: Progress, total: int
) -> Iterator[Fault]:
    """Yield what is wrong with each entry and its index; fill the leaves, and the state of the records."""
    instance, number, index = instance_identifier(), 0, _Index()
    for entry in Entry.objects.order_by("number").iterator(chunk_size=CHUNK):
        raw = entry.statement.encode()
        leaf = merkle.leaf_hash(raw)
        leaves += leaf
        statement, reason = _statement(entry, raw, number, instance)
        if reason is None and entry.leaf != leaf.hex():
            reason = message("the stored hash is not that of the statement")
        rows = index.rows_of(entry.number)
        if reason is None and statement and rows != _subjects(number, statement["facts"]):
            reason = message("the index of subjects does not agree with the statement")
        if reason:
            yield Fault(reason, {}, number)
        if state is not None and statement is not None:
            state.apply(number, statement["changes"])
        number += 1
        if number % CHUNK == 0:
            progress("entries", number, total)
    if index.has_more():
        yield Fault(message("the index of subjects speaks of entries that do not exist"))
    progress("entries", number, total)


def _subjects(number: int, facts: list[dict[str, Any]]) -> list[tuple[int, int, str, str, str]]:
    return [
        (number, at, fact["name"], fact["subject"], fact["organization"]) for at, fact in enumerate(facts)
    ]


class _Index:
    """Read the index rows of the entries in step with the entries."""

    def __init__(self) -> None:
        rows = EntrySubject.objects.order_by("entry_number", "position", "pk")
        columns = rows.values_list("entry_number", "position", "fact", "subject", "organization")
        self.rows = iter(columns.iterator(chunk_size=CHUNK))
        self.row = next(self.rows, None)

    def rows_of(self, number: int) -> list[tuple[int, int, str, str, str]]:
        """Return the rows up to that entry that have not been read yet."""
        found = []
        while self.row is not None and self.row[0] <= number:
            found.append(self.row)
            self.row = next(self.rows, None)
        return found

    def has_more(self) -> bool:
        """Tell whether rows are left after the last entry."""
        return self.row is not None


def _statement(
    entry: Entry, raw: bytes, number: int, instance: str
) -> tuple[dict[str, Any] | None, str | None]:
    """Return the statement of an entry and what is wrong with it, if anything."""
    try:
        statement = parsed(raw)
        stated = (statement["act"], statement["at"], statement["recorded_at"], statement["by"])
        rest = (statement["on_behalf"], statement["caused_by"], statement["facts"][0]["organization"])
        numbered = (entry.number, statement["index"], statement["instance"]) == (number, number, instance)
    except (NotCanonical, KeyError, TypeError, IndexError):
        return None, message("the statement is damaged")
    if not numbered:
        return statement, message("an entry was removed, added or moved here")
    columns = (entry.act, moment(entry.at), moment(entry.recorded_at), entry.by)
    if columns != stated or (entry.on_behalf, entry.caused_by, entry.organization) != rest:
        return statement, message("the columns beside the statement say something else")
    return statement, None


def _levels(leaves: bytearray) -> list[bytearray]:
    """Return the complete nodes of each level, 32 bytes each, computed from the leaves."""
    levels = [leaves]
    while len(levels[-1]) >= 64:
        below = levels[-1]
        above = bytearray()
        for at in range(0, len(below) - 63, 64):
            above += merkle.node_hash(bytes(below[at : at + 32]), bytes(below[at + 32 : at + 64]))
        levels.append(above)
    return levels


def _reader(levels: list[bytearray]) -> merkle.NodeAt:
    return lambda level, position: bytes(levels[level][position * 32 : position * 32 + 32])


def _nodes(levels: list[bytearray], progress: Progress) -> Iterator[Fault]:
    """Yield a fault for the first stored node that is wrong, missing or too many."""
    stored = iter(
        Node.objects.order_by("level", "position", "pk")
        .values_list("level", "position", "hash")
        .iterator(chunk_size=CHUNK)
    )
    total = sum(len(level) for level in levels[1:]) // 32
    for level, digests in enumerate(levels[1:], start=1):
        for position in range(len(digests) // 32):
            wanted = (level, position, bytes(digests[position * 32 : position * 32 + 32]).hex())
            if next(stored, None) != wanted:
                place = {"level": level, "position": position}
                yield Fault(
                    message("node %(position)s of level %(level)s of the tree is wrong"),
                    place,
                    position << level,
                    exact=False,
                )
                return
    if next(islice(stored, 1), None) is not None:
        yield Fault(message("the tree has nodes too many"))
    progress("nodes", total, total)


def _keys() -> Iterator[Fault]:
    """Yield a fault for each public key that the one before it did not introduce, and for a missing private key."""
    before: SigningKey | None = None
    instance = instance_identifier()
    for key in SigningKey.objects.order_by("pk"):
        text = keys.introduction_text(instance, before.key_id if before else None, key.public_key)
        introduced = keys.is_signed(before, text, key.introduction) if before else not key.introduction
        if key.previous_id != (before.pk if before else None) or not introduced or not _is_named_right(key):
            yield Fault(message("key %(key)s was not introduced by the one before"), {"key": str(key)})
        before = key
    if before is not None:
        path = keys.path_of(before.key_id)
        try:
            keys.load(before)
        except keys.KeyMissing:
            yield Fault(
                message("the private key %(key)s is missing: heads cannot be signed"), {"key": str(before)}
            )
        else:
            if path.stat().st_mode & 0o077:
                yield Fault(message("the private key %(key)s can be read by others"), {"key": str(before)})


def _is_named_right(key: SigningKey) -> bool:
    try:
        return keys.fingerprint(bytes.fromhex(key.public_key)) == key.key_id
    except ValueError:
        return False


def _heads(levels: list[bytearray], progress: Progress, total: int) -> Iterator[Fault]:
    """Yield a fault for each head that no key signed, or whose root is not that of the first entries."""
    known = {key.key_id: key for key in SigningKey.objects.all()}
    instance, size_now, agreed, root = instance_identifier(), len(levels[0]) // 32, 0, _reader(levels)
    newest = 0
    for done, head in enumerate(Head.objects.order_by("size", "pk").iterator(chunk_size=CHUNK), start=1):
        stated = {
            "v": 1, "instance": instance, "size": head.size, "root": head.root,
            "signed_at": moment(head.signed_at), "key_id": head.key_id,
        }  # fmt: skip
        at = {"at": moment(head.signed_at)}
        key = known.get(head.key_id)
        text = head.statement.encode()
        if key is None or canonical_bytes(stated) != text or not keys.is_signed(key, text, head.signature):
            yield Fault(message("the signature of the head of %(at)s is wrong"), at)
        elif key.pk < newest:
            yield Fault(message("the head of %(at)s was signed with a key that had been replaced"), at)
        elif head.size > size_now:
            yield Fault(message("the head of %(at)s speaks of entries that are gone"), at, size_now)
        elif merkle.root(head.size, root).hex() != head.root:
            yield Fault(message("an entry changed that the head of %(at)s covers"), at, agreed, exact=False)
        else:
            agreed, newest = head.size, key.pk
        if done % 200 == 0:
            progress("heads", done, total)
    progress("heads", total, total)
