"""State how an action is carried out and judged: each move says where it came from and where it leads."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class ActionMoved(Fact):
    """State that an action went from one state to another; the base of every move."""

    SENTENCE: ClassVar[str] = message("State: %(to_state)s")
    from_state: str
    to_state: str
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionStarted(ActionMoved):
    """State that an action was started."""

    SENTENCE: ClassVar[str] = message("Action started")


@dataclass(frozen=True, kw_only=True)
class ActionFinished(ActionMoved):
    """State that an action was carried out, and what was done."""

    SENTENCE: ClassVar[str] = message("Action done: %(result)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"result"})
    result: str


@dataclass(frozen=True, kw_only=True)
class ActionResumed(ActionMoved):
    """State that an action said to be done was taken up again, and why."""

    SENTENCE: ClassVar[str] = message("Action taken up again: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class ActionCancelled(ActionMoved):
    """State that an action was given up, and why."""

    SENTENCE: ClassVar[str] = message("Action given up: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class ActionFoundEffective(ActionMoved):
    """State that an action was found effective by somebody else, and on what."""

    SENTENCE: ClassVar[str] = message("Effectiveness checked: effective. %(comment)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"comment"})
    comment: str


@dataclass(frozen=True, kw_only=True)
class ActionFoundNotEffective(ActionMoved):
    """State that an action was found not effective by somebody else, and on what."""

    SENTENCE: ClassVar[str] = message("Effectiveness checked: not effective. %(comment)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"comment"})
    comment: str


@dataclass(frozen=True, kw_only=True)
class CheckerInvited(Fact):
    """State that somebody of another house was asked to check."""

    SENTENCE: ClassVar[str] = message("Somebody of another organization is asked to check it")


@dataclass(frozen=True, kw_only=True)
class CheckerReleased(Fact):
    """State that the invitation to check was ended by the house, and why."""

    SENTENCE: ClassVar[str] = message("The invitation to check has ended: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


@dataclass(frozen=True, kw_only=True)
class CheckDeclined(Fact):
    """State that the one who was asked to check declined, and why."""

    SENTENCE: ClassVar[str] = message("The invitation to check was declined: %(reason)s")
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
