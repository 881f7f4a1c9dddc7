"""State where an action comes from that nobody planned here: the invented data of the demonstration."""

from dataclasses import dataclass
from typing import ClassVar

from diapason.kernel.facts import Fact
from diapason.kernel.words import message


@dataclass(frozen=True, kw_only=True)
class ActionSeeded(Fact):
    """State that an action was entered with its past already behind it: what led there was never acted here."""

    SENTENCE: ClassVar[str] = message(
        "Taken over from the invented data of the demonstration, as it stood: %(to_state)s. "
        "What happened before was not done in this tool."
    )
    to_state: str
