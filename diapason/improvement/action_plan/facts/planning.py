"""State what is planned."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class ActionOpened(Fact):
    """State that an action was planned."""

    SENTENCE: ClassVar[str] = message("Action planned: %(title)s, due on %(due_on)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"title"})
    title: str
    due_on: date
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionsTakenOver(Fact):
    """State that actions kept elsewhere until now were taken over."""

    SENTENCE: ClassVar[str] = message("%(count)s actions taken over")
    count: int


@dataclass(frozen=True, kw_only=True)
class ActionTakenOver(Fact):
    """State that one action kept elsewhere until now was taken over, and under which number it was kept."""

    SENTENCE: ClassVar[str] = message("Taken over from another list: %(code)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"code"})
    code: str


@dataclass(frozen=True, kw_only=True)
class ActionRectified(Fact):
    """State that what is written of an action was corrected, and why."""

    SENTENCE: ClassVar[str] = message("Action corrected: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class CriterionFixed(Fact):
    """State by what the effectiveness will be judged, before the action starts."""

    SENTENCE: ClassVar[str] = message(
        "Criterion of effectiveness fixed: %(criterion)s, checked on %(check_due_on)s"
    )
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"criterion"})
    criterion: str
    check_due_on: date


@dataclass(frozen=True, kw_only=True)
class ActionDelegated(Fact):
    """State that an action was handed over until a day."""

    SENTENCE: ClassVar[str] = message("Handed over until %(until)s")
    until: str


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Fact):
    """State that more time was asked for, and why."""

    SENTENCE: ClassVar[str] = message("More time asked for, until %(to_day)s: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    to_day: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(Fact):
    """State that more time was granted."""

    SENTENCE: ClassVar[str] = message("More time granted, until %(to_day)s")
    to_day: date


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(Fact):
    """State that more time was refused, and why."""

    SENTENCE: ClassVar[str] = message("More time refused: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class ActionReminded(Fact):
    """State that somebody was reminded of an action; who, is in the row of the reminder."""

    SENTENCE: ClassVar[str] = message("A reminder was sent: due on %(due_on)s")
    due_on: date
