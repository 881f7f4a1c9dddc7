"""State what people did to their own sign-in."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    """The person chose another password."""

    SENTENCE: ClassVar[str] = message("The password was changed")


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(Fact):
    """The person added a second factor."""

    SENTENCE: ClassVar[str] = message("A second factor was added (%(kind)s)")
    kind: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Fact):
    """A second factor was removed."""

    SENTENCE: ClassVar[str] = message("A second factor was removed (%(kind)s)")
    kind: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesRenewed(Fact):
    """The person made new recovery codes."""

    SENTENCE: ClassVar[str] = message("New recovery codes were made")
