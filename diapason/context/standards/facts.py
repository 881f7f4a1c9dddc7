"""State what is loaded of the catalogue of standards."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class EditionLoaded(Fact):
    """State that an edition was loaded from the catalogue, and what that changed in it."""

    SENTENCE: ClassVar[str] = message(
        "%(label)s loaded, version %(content_version)s: %(added)s added, %(changed)s changed, "
        "%(withdrawn)s withdrawn, %(restored)s restored"
    )
    label: str
    content_version: int
    content_hash: str
    added: int
    changed: int
    withdrawn: int
    restored: int


@dataclass(frozen=True, kw_only=True)
class StandardDescribed(Fact):
    """State that the description of a standard changed, none of its editions with it."""

    SENTENCE: ClassVar[str] = message("Description of %(name)s changed")
    name: str
