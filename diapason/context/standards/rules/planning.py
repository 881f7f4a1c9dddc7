"""Compare what the catalogue declares with what is stored: what a loading would add, change, withdraw, restore."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Stored:
    """Hold the values of a stored record and whether it is withdrawn."""

    values: Values
    withdrawn: bool = False


@dataclass(frozen=True)
class Section:
    """Hold what a loading does to one kind of record; each item is named by its key."""

    kind: str
    added: dict[str, Values] = field(default_factory=dict)
    changed: dict[str, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn or self.restored)

    def touched(self) -> frozenset[str]:
        """Return the keys of all records that the loading writes."""
        return frozenset([*self.added, *self.changed, *self.withdrawn, *self.restored])


@dataclass(frozen=True)
class Plan:
    """Hold the sections of a loading and the hash of the catalogue that it was made from."""

    sections: tuple[Section, ...]
    catalogue_hash: str

    def __bool__(self) -> bool:
        return any(self.sections)

    def section(self, kind: str) -> Section:
        """Return the section of that kind."""
        return next(section for section in self.sections if section.kind == kind)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many records are added, changed, withdrawn, restored and left as they are."""
        return {
            "added": sum(len(section.added) for section in self.sections),
            "changed": sum(len(section.changed) for section in self.sections),
            "withdrawn": sum(len(section.withdrawn) for section in self.sections),
            "restored": sum(len(section.restored) for section in self.sections),
            "unchanged": sum(section.unchanged for section in self.sections),
        }


def section_of(kind: str, wanted: Mapping[str, Values], stored: Mapping[str, Stored]) -> Section:
    """Return what separates the wanted records from the stored ones; nothing is ever deleted."""
    added = {key: values for key, values in wanted.items() if key not in stored}
    changed: dict[str, dict[str, tuple[Any, Any]]] = {}
    restored = []
    unchanged = 0
    for key in wanted.keys() & stored.keys():
        old = stored[key]
        differences = {
            name: (old.values.get(name), value)
            for name, value in wanted[key].items()
            if old.values.get(name) != value
        }
        if old.withdrawn:
            restored.append(key)
        if differences:
            changed[key] = differences
        elif not old.withdrawn:
            unchanged += 1
    withdrawn = [key for key in stored if key not in wanted and not stored[key].withdrawn]
    return Section(kind, added, changed, tuple(sorted(withdrawn)), tuple(sorted(restored)), unchanged)


def content_hash(content: Any) -> str:
    """Return the SHA-256 of plain values, the same for the same content whatever the order of the keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
