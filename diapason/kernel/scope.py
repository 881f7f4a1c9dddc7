"""Say what a signed-in person may do and see; carried by the account, loaded once a request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

EVERYWHERE: Final = frozenset({0})
"""Stand for every organization and the network itself; 0 is no organization's id."""

FORMS: Final = ("none", "aggregated", "coded", "named")


@dataclass(frozen=True)
class Scope:
    """Hold a person's organizations, abilities and share of the visibility charter.

    `abilities` maps an ability to the ids of the organizations where it holds, or EVERYWHERE.
    `charter` maps a kind of object to the form in which OTHER organizations' objects are shown.
    """

    person: str = ""
    organizations: frozenset[int] = frozenset()
    network_wide: bool = False
    audience: str = "nobody"
    abilities: Mapping[str, frozenset[int]] = field(default_factory=dict)
    charter: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()

    def may(self, ability: str, organization_id: int | None = None) -> bool:
        """Tell whether `ability` is held for that organization (None: for the network itself)."""
        held = self.abilities.get(ability, frozenset())
        return held == EVERYWHERE or (organization_id is not None and organization_id in held)

    def may_somewhere(self, ability: str) -> bool:
        """Tell whether `ability` is held for at least one organization."""
        return bool(self.abilities.get(ability))

    def where(self, ability: str) -> frozenset[int]:
        """Return the ids where `ability` is held, or EVERYWHERE."""
        return self.abilities.get(ability, frozenset())

    def form_of(self, object_kind: str) -> str:
        """Return how other organizations' objects of that kind are shown: closed unless a rule opens it."""
        return self.charter.get(object_kind, "none")

    def sees(self, organization_id: int | None, object_kind: str | None = None) -> bool:
        """Tell whether objects of that organization are shown named to this person."""
        if organization_id is None or organization_id in self.organizations:
            return True
        return object_kind is not None and self.form_of(object_kind) == "named"


NOBODY: Final = Scope()


@dataclass(frozen=True)
class Unrestricted(Scope):
    """Be the scope of the program's own routines: nothing is refused to them, everything they do is recorded."""

    network_wide: bool = True
    audience: str = "steering"

    def may(self, ability: str, organization_id: int | None = None) -> bool:
        """Return true."""
        return True

    def may_somewhere(self, ability: str) -> bool:
        """Return true."""
        return True

    def where(self, ability: str) -> frozenset[int]:
        """Return everywhere."""
        return EVERYWHERE

    def form_of(self, object_kind: str) -> str:
        """Return "named": a routine reads what it works on."""
        return "named"
