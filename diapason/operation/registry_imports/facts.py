"""State what happens to imports."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class RegistryImportOpened(Fact):
    """State that a file of a register was handed in."""

    SENTENCE: ClassVar[str] = message("Registry file “%(file)s” handed in")
    file: str
    digest: str
    data_on: str


@dataclass(frozen=True, kw_only=True)
class RegistryImportConfirmed(Fact):
    """State that a person saw the preview of a file and had it carried out."""

    SENTENCE: ClassVar[str] = message(
        "Import confirmed after preview: %(created)s to create, %(updated)s to update, %(refused)s refused"
    )
    digest: str
    created: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class RegistryImportEnded(Fact):
    """State how an import ended, with its counts."""

    SENTENCE: ClassVar[str] = message(
        "Counts of the import: %(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused"
    )
    state: str
    created: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class RegistryRecordsTakenOver(Fact):
    """State that one batch of an import went in."""

    SENTENCE: ClassVar[str] = message("%(count)s records taken over, up to line %(line)s")
    count: int
    line: int


@dataclass(frozen=True, kw_only=True)
class PlaceNameDecided(Fact):
    """State that a person decided which member a registry name stands for, or that it is none."""

    SENTENCE: ClassVar[str] = message("“%(name)s” (%(city)s) recognised as: %(member)s")
    name: str
    city: str
    member: str
