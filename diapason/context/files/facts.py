"""State what happens to kept files; the subject is the record that a file belongs to."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class FileKept(Fact):
    """A file was added to a record; the digest (SHA-256) says which bytes."""

    SENTENCE: ClassVar[str] = message("File %(file)s was added (%(media_type)s, %(size)s bytes)")
    file: str
    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Fact):
    """A file was taken off a record; its line stays, its bytes go when no other record needs them."""

    SENTENCE: ClassVar[str] = message("File %(file)s was removed: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    file: str
    digest: str
    reason: str
