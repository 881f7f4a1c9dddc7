"""State what happens to indicators, figures, claims and frozen editions."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class DefinitionLoaded(Fact):
    """State that a version of an indicator's definition came into force."""

    SENTENCE: ClassVar[str] = message("Version %(revision)s of the definition loaded")
    revision: int
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class DefinitionChecked(Fact):
    """State that somebody checked a definition, and until when that holds."""

    SENTENCE: ClassVar[str] = message("Definition checked (version %(revision)s), next on %(next_review)s")
    revision: int
    next_review: str


@dataclass(frozen=True, kw_only=True)
class FiguresComputed(Fact):
    """State that the figures of a year were computed from the records."""

    SENTENCE: ClassVar[str] = message("Figures of %(year)s computed: %(created)s new, %(changed)s changed")
    year: int
    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True, kw_only=True)
class FigureDeclared(Fact):
    """State that a value was declared, with its source."""

    SENTENCE: ClassVar[str] = message("Value declared: %(indicator)s = %(value)s (%(source)s)")
    indicator: str
    value: str
    source: str


@dataclass(frozen=True, kw_only=True)
class FiguresTakenOver(Fact):
    """State that published values were taken over from a source in one go."""

    SENTENCE: ClassVar[str] = message("%(rows)s published values taken over")
    rows: int


@dataclass(frozen=True, kw_only=True)
class DeclaredValueWithdrawn(Fact):
    """State that a declared value no longer counts, and why."""

    SENTENCE: ClassVar[str] = message("Declared value withdrawn: %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class FigureSigned(Fact):
    """State that a figure was signed off as it stood."""

    SENTENCE: ClassVar[str] = message("Figure signed off: %(indicator)s = %(value)s")
    indicator: str
    value: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class EditionFrozen(Fact):
    """State that the figures of a year were frozen for publication."""

    SENTENCE: ClassVar[str] = message("Edition of %(year)s frozen: %(figures)s figures")
    year: int
    figures: int
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class ClaimRecorded(Fact):
    """State that a claim was recorded, with what stands behind it."""

    SENTENCE: ClassVar[str] = message("Claim recorded, to be reviewed by %(review_by)s")
    review_by: str


@dataclass(frozen=True, kw_only=True)
class ClaimReviewed(Fact):
    """State what a claim's review decided."""

    SENTENCE: ClassVar[str] = message("Claim reviewed: %(verdict)s. %(reason)s")
    verdict: str
    reason: str
