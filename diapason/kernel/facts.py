"""Say what an act states in the audit trail (ISO 9001 §7.5.3)."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Hold one statement in the past tense; subclasses add plain values.

    `subject` is "kind:key" of the record spoken of, `organization` the code of the organization
    that owns it ("" for the network). SENTENCE is a message id with %(name)s parameters; PERSONAL
    names the values that the trail keeps as salted commitments only, CONFIDENTIAL those that it keeps so
    because they are texts of that organization, which reads them itself.
    """

    SENTENCE: ClassVar[str] = ""
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    CONFIDENTIAL: ClassVar[frozenset[str]] = frozenset()

    subject: str
    organization: str = ""

    def values(self) -> dict[str, Any]:
        """Return the values that the subclass adds, by name."""
        return {
            f.name: getattr(self, f.name) for f in fields(self) if f.name not in {"subject", "organization"}
        }


def every_fact(base: type[Fact] = Fact) -> dict[str, type[Fact]]:
    """Return each fact class that has been imported, by its name; names are unique."""
    found: dict[str, type[Fact]] = {}
    for subclass in base.__subclasses__():
        found[subclass.__name__] = subclass
        found.update(every_fact(subclass))
    return found
