"""State how a lesson is written, agreed and offered: a move carries where it came from and where it leads."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class LessonProposed(Fact):
    """State that a house began a lesson; nobody else sees it yet."""

    SENTENCE: ClassVar[str] = message("Lesson begun")
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class LessonWritten(Fact):
    """State that the text of a lesson was changed."""

    SENTENCE: ClassVar[str] = message("Text of the lesson changed")


@dataclass(frozen=True, kw_only=True)
class LessonMoved(Fact):
    """State that a lesson went from one state to another; the base of every move."""

    SENTENCE: ClassVar[str] = message("State: %(to_state)s")
    from_state: str
    to_state: str


@dataclass(frozen=True, kw_only=True)
class LessonSent(LessonMoved):
    """State that a house sent its lesson to the coordination."""

    SENTENCE: ClassVar[str] = message("Sent to the coordination")


@dataclass(frozen=True, kw_only=True)
class LessonSubmitted(LessonMoved):
    """State that the house was asked to agree with the edited text."""

    SENTENCE: ClassVar[str] = message("Edited; its house is asked to agree")


@dataclass(frozen=True, kw_only=True)
class LessonAgreed(LessonMoved):
    """State that the house agreed with the text, and whether it may be named."""

    SENTENCE: ClassVar[str] = message("Its house agrees with the text; may be named: %(may_be_named)s")
    may_be_named: bool


@dataclass(frozen=True, kw_only=True)
class LessonSentBack(LessonMoved):
    """State that the house or the coordination asked for another text, and why."""

    SENTENCE: ClassVar[str] = message("Text taken up again: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class LessonOffered(LessonMoved):
    """State that a lesson was offered to every organization open that day."""

    SENTENCE: ClassVar[str] = message("Offered to %(asked)s organizations; answers until %(answer_by)s")
    asked: int
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class LessonClosed(LessonMoved):
    """State that the gathering of answers ended."""

    SENTENCE: ClassVar[str] = message("Answers gathered: %(conclusion)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"conclusion"})
    conclusion: str


@dataclass(frozen=True, kw_only=True)
class LessonWithdrawn(LessonMoved):
    """State that the house took its lesson back, and why."""

    SENTENCE: ClassVar[str] = message("Taken back: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class LessonDeclined(LessonMoved):
    """State that the coordination did not take a lesson up, and why."""

    SENTENCE: ClassVar[str] = message("Not taken up: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
