"""Say whether an act is allowed, and why not."""

from dataclasses import dataclass, field
from typing import Any


class Refused(Exception):
    """Stop an act that its verdict does not allow; carries the verdict."""

    def __init__(self, verdict: "Verdict") -> None:
        super().__init__(verdict.reason % verdict.parameters if verdict.parameters else verdict.reason)
        self.verdict = verdict


class Conflict(Exception):
    """Stop an act whose record was changed by somebody else since its form was shown.

    `differences` maps a field name to (the value now stored, the value when the form was shown or None).
    """

    def __init__(self, subject: str, differences: dict[str, tuple[Any, Any]] | None = None) -> None:
        super().__init__(f"{subject} was changed meanwhile")
        self.subject = subject
        self.differences = differences or {}


@dataclass(frozen=True)
class Verdict:
    """Be true, or false with a reason: a message id and its parameters, translated when shown."""

    allowed: bool
    reason: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def yes(cls) -> "Verdict":
        """Return the verdict that allows."""
        return cls(allowed=True)

    @classmethod
    def no(cls, reason: str, **parameters: Any) -> "Verdict":
        """Return a verdict that refuses for `reason` (a message id with %(name)s parameters)."""
        return cls(allowed=False, reason=reason, parameters=parameters)

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self.allowed else self

    def require(self) -> None:
        """Return nothing when allowed; raise Refused otherwise."""
        if not self.allowed:
            raise Refused(self)
