"""Read the maturity scale of the self-assessment from the catalogue."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from diapason.kernel.declarations import read_yaml
from diapason.kernel.languages import Bilingual


class BadScale(ValueError):
    """Say what is wrong in the file of the scale."""


@dataclass(frozen=True)
class Level:
    """Hold one level: its number, its name and the words in which a team recognises itself."""

    level: int
    name: Bilingual
    words: Bilingual


@dataclass(frozen=True)
class Scale:
    """Hold the levels and the three numbers that give them consequences.

    A clause is ready from level `ready_from`; below `blocking_below`, a clause of weight `blocking_weight` or
    more can by itself block a certificate.
    """

    levels: tuple[Level, ...]
    ready_from: int
    blocking_below: int
    blocking_weight: int

    def level(self, number: int) -> Level:
        """Return one level."""
        return self.levels[number]

    @property
    def highest(self) -> int:
        """Return the highest level."""
        return self.levels[-1].level


@lru_cache(maxsize=4)
def read_scale(path: Path) -> Scale:
    """Return the scale declared in the file; raises BadScale naming file and field."""
    data = read_yaml(path.read_text(encoding="utf-8"))
    levels = tuple(_level(row, path) for row in _field(data, "levels", list, path))
    if [level.level for level in levels] != list(range(len(levels))) or len(levels) < 2:
        raise BadScale(f"{path.name}, levels: levels must be numbered 0, 1, 2 … in order")
    scale = Scale(
        levels,
        _field(data, "ready_from", int, path),
        _field(data, "blocking_below", int, path),
        _field(data, "blocking_weight", int, path),
    )
    if not 0 < scale.blocking_below <= scale.ready_from <= scale.highest:
        raise BadScale(f"{path.name}: 0 < blocking_below ≤ ready_from ≤ {scale.highest} is expected")
    return scale


def _level(row: Any, path: Path) -> Level:
    texts = {name: _field(row, name, dict, path) for name in ("name", "words")}
    both = {
        name: Bilingual(*(_field(text, lang, str, path) for lang in ("fr", "en")))
        for name, text in texts.items()
    }
    return Level(_field(row, "level", int, path), both["name"], both["words"])


def _field(data: Any, name: str, kind: type, path: Path) -> Any:
    value = data.get(name) if isinstance(data, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadScale(f"{path.name}, {name}: a value of kind {kind.__name__} is expected")
    return value
