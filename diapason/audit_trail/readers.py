"""Ask who reads and who is named, without knowing people or organizations: chapters above register the answers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext

Names = Callable[[Iterable[str]], dict[str, str]]
Codes = Callable[[Any, str], frozenset[str] | None]

_closed: dict[str, str] = {}
_names: list[Names] = []
_codes: list[Codes] = []


def register(*, names: Names, codes: Codes) -> None:
    """Set both answers.

    `names(identifiers)` returns identifier → name to show. `codes(user, ability)` returns the codes of the
    organizations for which the person holds the ability ("" stands for belonging to them), None for everywhere.
    """
    _names[:], _codes[:] = [names], [codes]


def names_of(identifiers: Iterable[str]) -> dict[str, str]:
    """Return identifier → name to show; an automaton is called by what it does, an unknown person stays a number."""
    wanted = {identifier for identifier in identifiers if identifier}
    persons = {identifier for identifier in wanted if not identifier.startswith("automaton:")}
    found = {identifier: identifier for identifier in persons}
    for function in _names if persons else []:
        found |= function(persons)
    for identifier in wanted - persons:
        # A phrase of the program, told in the reader's language where it has one.
        name = identifier.partition(":")[2]
        found[identifier] = gettext("automatically (%(name)s)") % {"name": gettext(name) if name else ""}
    return found


def codes_of(user: Any, ability: str) -> frozenset[str] | None:
    """Return the codes of the organizations where `user` holds `ability` ("": belongs), None for everywhere."""
    for function in _codes:
        return function(user, ability)
    return frozenset()


def reaches(codes: frozenset[str] | None, organization: str) -> bool:
    """Tell whether these codes (None: everywhere) hold that organization."""
    return codes is None or (organization != "" and organization in codes)


def close(act_prefix: str, object_kind: str) -> None:
    """Say that acts so named are a house's own affair, shown beyond it only when the charter names that kind."""
    _closed[act_prefix] = object_kind


def closed_to(user: Any) -> list[str]:
    """Return the beginnings of the acts of other houses that this person does not read in any trail."""
    scope = getattr(user, "scope", None)
    return [prefix for prefix, kind in _closed.items() if scope is None or scope.form_of(kind) != "named"]
