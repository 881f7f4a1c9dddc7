"""State what an organization answers to a lesson; the organization of the fact is the one that answers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class LessonAnswered(Fact):
    """State that an organization answered; the base of every answer."""

    SENTENCE: ClassVar[str] = message("Answered: %(to_state)s")
    from_state: str
    to_state: str


@dataclass(frozen=True, kw_only=True)
class LessonAdopted(LessonAnswered):
    """State that an organization adopts a lesson, how and by when."""

    SENTENCE: ClassVar[str] = message("Adopted, by %(until)s: %(how)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"how"})
    how: str
    until: date
    action: str = ""


@dataclass(frozen=True, kw_only=True)
class LessonRecognized(LessonAnswered):
    """State that an organization already works so."""

    SENTENCE: ClassVar[str] = message("Already in place: %(how)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"how"})
    how: str


@dataclass(frozen=True, kw_only=True)
class LessonExcluded(LessonAnswered):
    """State that a lesson does not apply to an organization, and why."""

    SENTENCE: ClassVar[str] = message("Not applicable: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class LessonPostponed(LessonAnswered):
    """State that an organization decides later, until when and why."""

    SENTENCE: ClassVar[str] = message("Later, until %(until)s: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
    until: date


@dataclass(frozen=True, kw_only=True)
class LessonCarriedOut(LessonAnswered):
    """State that what an organization adopted is done."""

    SENTENCE: ClassVar[str] = message("Carried out on %(done_on)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"note"})
    done_on: date
    note: str = ""
